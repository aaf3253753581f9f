import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { can, explainDenial } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import { useCallback } from "react";
import { Button } from "../parts/button";
import { AddVersion } from "./add-version";
import { VersionList } from "./version-list";

interface VersionsSectionProps {
  leadId: string;
  /** The file that is shown. */
  shownId: string;
  user: SignedInUser;
  /** Null for the newest, whichever that is. */
  onShow: (resumeId: string | null) => void;
}

/** All files of a lead, and the way to add a better one. */
export function VersionsSection({ leadId, shownId, user, onShow }: VersionsSectionProps) {
  const versions = trpc.resumes.versions.useQuery({ leadId });
  const showNewest = useCallback(() => onShow(null), [onShow]);
  const mayAdd = can(user, "resumes.add");
  return (
    <section
      aria-labelledby="versions"
      className="grid gap-3 border-t border-line px-6 py-5 print:hidden max-md:px-4"
    >
      <h2 id="versions" className="text-md font-semibold">
        Files
      </h2>
      {versions.data ? (
        <VersionList
          versions={versions.data}
          shownId={shownId}
          onShow={(version) => onShow(version.isNewest ? null : version.id)}
        />
      ) : null}
      {versions.isPending ? (
        <div aria-hidden className="appear-late grid gap-2 py-1">
          <span className="skeleton w-3/5" />
          <span className="skeleton w-2/5" />
        </div>
      ) : null}
      {versions.isError && !versions.data ? (
        <div className="grid justify-items-start gap-2 text-fg-2">
          <p>The list of files could not be loaded. {readFailure(versions.error).message}</p>
          <Button onPress={() => void versions.refetch()}>Try again</Button>
        </div>
      ) : null}
      {mayAdd ? (
        <AddVersion leadId={leadId} onAdded={showNewest} />
      ) : (
        <p className="text-xs text-fg-3">{explainDenial("resumes.add")}</p>
      )}
    </section>
  );
}
