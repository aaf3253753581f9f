import { addResume } from "@intake/client/add-resume";
import { readFailure } from "@intake/client/failure";
import { trpc, useSession } from "@intake/client/react";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";

/** Adds a better copy to a lead, with its progress and a way to stop it. */
export function useAddVersion(leadId: string) {
  const session = useSession();
  const utils = trpc.useUtils();
  const [percent, setPercent] = useState(0);
  const stopper = useRef<AbortController>(undefined);
  const sending = useMutation({
    // What is wrong with the file is said beside the button.
    meta: { showsItsErrors: true },
    mutationFn(file: File) {
      setPercent(0);
      stopper.current = new AbortController();
      return addResume(session, {
        ...{ leadId, resume: { name: file.name, bytes: file } },
        onProgress: ({ sentBytes, totalBytes }) => setPercent(Math.floor((sentBytes / totalBytes) * 100)),
        signal: stopper.current.signal,
      });
    },
    onSuccess: () =>
      Promise.all([
        utils.resumes.versions.invalidate({ leadId }),
        utils.leads.byId.invalidate({ leadId }),
        utils.leads.events.invalidate({ leadId }),
        utils.leads.list.invalidate(),
      ]),
  });
  const failure = sending.isError ? readFailure(sending.error) : null;
  return {
    send: sending.mutate,
    cancel: () => stopper.current?.abort(),
    percent,
    isSending: sending.isPending,
    fileName: sending.variables?.name ?? "",
    added: sending.data,
    /** Null as well when the person stopped it. */
    error:
      failure && failure.code !== "ABORTED" ? (failure.fieldErrors[0]?.message ?? failure.message) : null,
  };
}
