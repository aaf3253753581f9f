import { Notice } from "../parts/notice";
import { usePageTitle } from "../shell/page-title";
import { FactorSections } from "./factor-sections";

/** In the place of every page while the person's role needs a second factor that they do not have. */
export function SetupRequiredPage() {
  usePageTitle("Second factor needed");
  return (
    <div className="max-w-180 px-4 pb-12 md:px-6">
      <h1 className="pt-5 pb-3 font-display text-[1.375rem] leading-7 font-medium tracking-[-0.01em]">
        Set up a second factor
      </h1>
      <div className="mb-6">
        <Notice tone="info">
          <p>
            Your office asks people of your role for a second factor. Set up an authenticator app or a passkey
            to go on; you will return to where you were.
          </p>
        </Notice>
      </div>
      <FactorSections />
    </div>
  );
}
