import { AlertIcon } from "./icons";

/** The sentence between hint and field; `id` is what the field's `aria-describedby` names. */
export function FieldErrorText({ id, message }: { id: string; message: string }) {
  return (
    <p className="err" id={id}>
      <AlertIcon />
      <span>
        <span className="sr">Error: </span>
        {message}
      </span>
    </p>
  );
}
