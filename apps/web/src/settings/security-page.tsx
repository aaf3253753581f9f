import { FactorSections } from "../second-factor/factor-sections";
import { usePageTitle } from "../shell/page-title";
import { SessionsCard } from "./sessions-card";

/** How a person proves who they are. */
export function SecurityPage() {
  usePageTitle("Security");
  return (
    <div className="max-w-200">
      <FactorSections />
      <SessionsCard />
    </div>
  );
}
