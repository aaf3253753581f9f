import { trpc } from "@intake/client/react";
import { beatSeconds } from "@intake/core/presence/schema";
import { useEffect } from "react";

/** Says that this lead is open while it is in view, and follows who else has it open and who holds it. */
export function useCompany(leadId: string) {
  const utils = trpc.useUtils();
  const company = trpc.presence.company.useQuery({ leadId }, { staleTime: Number.POSITIVE_INFINITY });
  const quiet = { meta: { showsItsErrors: true } } as const;
  const { mutate: stay } = trpc.presence.stay.useMutation({
    ...quiet,
    onSuccess: (now) => utils.presence.company.setData({ leadId }, now),
  });
  const { mutate: leave } = trpc.presence.leave.useMutation(quiet);

  useEffect(() => {
    const beat = () => {
      if (document.visibilityState === "visible") stay({ leadId });
    };
    const look = () => (document.visibilityState === "visible" ? stay({ leadId }) : leave({ leadId }));
    beat();
    const timer = setInterval(beat, beatSeconds * 1000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      leave({ leadId });
    };
  }, [leadId, stay, leave]);

  // Whoever vanished without a word, and a claim that ends by itself, are gone on time, although nobody tells.
  const { data } = company;
  useEffect(() => {
    if (!data) return;
    const seconds = data.people.map(({ goneInSeconds }) => goneInSeconds);
    if (data.claim) seconds.push((Date.parse(data.claim.expiresAt) - Date.now()) / 1000);
    if (seconds.length === 0) return;
    const wait = Math.max(1, Math.min(...seconds)) * 1000;
    const timer = setTimeout(() => void utils.presence.company.invalidate({ leadId }), wait);
    return () => clearTimeout(timer);
  }, [data, leadId, utils]);

  return data;
}
