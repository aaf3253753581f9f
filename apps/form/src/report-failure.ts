import type { PageFailure } from "@intake/core/upload-failures/schema";

/**
 * Tells the office that a resume could not be sent: why and how large, nothing of the file or the person. Nobody waits for it; without a
 * connection it is told once when there is one again.
 */
export function reportFailure(reason: PageFailure, sizeBytes?: number): void {
  const tell = () =>
    fetch("/api/upload-failures", {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ reason, sizeBytes }),
    });
  tell().catch(() =>
    window.addEventListener("online", () => void tell().catch(() => undefined), { once: true }),
  );
}
