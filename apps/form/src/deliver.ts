/** One delivery from the first attempt to the receipt: attempts, waits and the verdict at the end. Knows no screen and no clock. */
import type { UploadProgress } from "@intake/client/post-form";
import { SubmitLeadError } from "@intake/client/submit-lead";
import type { LeadReceipt } from "@intake/core/leads/schema";
import type { FieldErrors } from "./fields";
import type { Trouble, Verdict } from "./verdict";

export type DeliveryStep =
  /** `trouble` is why the attempt before failed; null on the first. */
  | { phase: "sending"; progress: UploadProgress | null; trouble: Trouble | null }
  | { phase: "waiting"; secondsLeft: number; trouble: Trouble };

export type DeliveryResult =
  | { outcome: "received"; receipt: LeadReceipt }
  | { outcome: "stopped"; trouble: Trouble }
  | { outcome: "mend"; errors: FieldErrors }
  | { outcome: "cancelled" };

interface Delivery {
  /** One attempt; a `SubmitLeadError` is judged, anything else is a defect and passes through. */
  send(onProgress: (progress: UploadProgress) => void): Promise<LeadReceipt>;
  judge(error: SubmitLeadError, attempt: { attempt: number; percent?: number }): Verdict;
  /** The key belongs to other content; called at most once before the next attempt. */
  renewKey(): void;
  /** Resolves after a second, or earlier when the person decides. */
  waitASecond(): Promise<"elapsed" | "now" | "cancelled">;
  onStep(step: DeliveryStep): void;
}

/** Sends until there is a receipt, a verdict that only the person can act on, or a cancel. */
export async function deliver(delivery: Delivery): Promise<DeliveryResult> {
  let trouble: Trouble | null = null;
  let isKeyRenewed = false;
  for (let attempt = 0; ; attempt += 1) {
    let progress: UploadProgress | null = null;
    delivery.onStep({ phase: "sending", progress, trouble });
    try {
      const before = trouble;
      const receipt = await delivery.send((now) => {
        progress = now;
        delivery.onStep({ phase: "sending", progress: now, trouble: before });
      });
      return { outcome: "received", receipt };
    } catch (error) {
      if (!(error instanceof SubmitLeadError)) throw error;
      const verdict = delivery.judge(error, { attempt, ...percentOf(progress) });
      if (verdict.next === "cancelled") return { outcome: "cancelled" };
      if (verdict.next === "mend") return { outcome: "mend", errors: verdict.errors };
      if (verdict.next === "stop") return { outcome: "stopped", trouble: verdict.trouble };
      if (verdict.next === "new-key") {
        if (isKeyRenewed) return { outcome: "stopped", trouble: { kind: "refused", message: error.message } };
        isKeyRenewed = true;
        delivery.renewKey();
        continue;
      }
      trouble = verdict.trouble;
      if (!(await countDown(delivery, verdict.afterSeconds, trouble))) return { outcome: "cancelled" };
    }
  }
}

async function countDown(delivery: Delivery, seconds: number, trouble: Trouble): Promise<boolean> {
  for (let secondsLeft = seconds; secondsLeft > 0; secondsLeft -= 1) {
    delivery.onStep({ phase: "waiting", secondsLeft, trouble });
    const decision = await delivery.waitASecond();
    if (decision === "cancelled") return false;
    if (decision === "now") return true;
  }
  return true;
}

function percentOf(progress: UploadProgress | null): { percent?: number } {
  return progress && progress.totalBytes > 0
    ? { percent: Math.floor((progress.sentBytes / progress.totalBytes) * 100) }
    : {};
}
