import { trpc } from "@intake/client/react";
import type { DeadJobEntry } from "@intake/core/operations/schema";
import { useState } from "react";
import { Button } from "../parts/button";
import { Section } from "../settings/section";
import { showToast } from "../shell/toast-store";
import { Moment } from "../time/moment";
import { DiscardDialog } from "./discard-dialog";

/** Jobs that failed as often as they are tried: each is tried once more or given up, by a person. */
export function DeadJobs({ jobs }: { jobs: readonly DeadJobEntry[] }) {
  const [discarding, setDiscarding] = useState<DeadJobEntry | null>(null);
  const utils = trpc.useUtils();
  const retry = trpc.operations.retryJob.useMutation({
    onSuccess: () => showToast({ tone: "done", text: "It is tried again." }),
    onSettled: () => utils.operations.get.invalidate(),
  });
  if (jobs.length === 0) return null;
  return (
    <Section
      title="Failed jobs"
      about="Each was tried several times. They are kept for a day; the sweeps bring back mails and scans by themselves."
    >
      <ul className="border-t border-line">
        {jobs.map((job) => (
          <li key={job.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
            <p className="min-w-0 flex-1 basis-48 wrap-anywhere">
              {job.name}
              <span className="block text-xs text-fg-3">
                {job.tries} {job.tries === 1 ? "try" : "tries"}, last <Moment at={job.failedAt} />
              </span>
            </p>
            <div className="flex gap-2">
              <Button
                aria-label={`Try ${job.name} again`}
                isDisabled={retry.isPending && retry.variables.jobId === job.id}
                onPress={() => retry.mutate({ jobId: job.id })}
              >
                Try again
              </Button>
              <Button look="quiet" aria-label={`Give up ${job.name}`} onPress={() => setDiscarding(job)}>
                Give up
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {discarding ? <DiscardDialog job={discarding} onClose={() => setDiscarding(null)} /> : null}
    </Section>
  );
}
