import { Notice } from "../parts/notice";
import { describeFormFailure } from "./form-errors";

/** Why a form could not be sent, above its fields; nothing while every complaint has a field. */
export function FormFailure({ error }: { error: unknown }) {
  const failure = error ? describeFormFailure(error, new Date()) : null;
  if (!failure) return null;
  return (
    <Notice tone="bad" announce>
      <p>{failure.message}</p>
      {failure.requestId ? <p className="text-xs text-fg-2">Request {failure.requestId}</p> : null}
    </Notice>
  );
}
