import { useEffect, useRef } from "react";
import { countErrors, type FieldErrors, fieldIds, fieldNames } from "./fields";

interface ErrorSummaryProps {
  errors: FieldErrors;
  /** Rises with every refused attempt: each time the summary takes the focus. */
  turn: number;
}

/** What is wrong, on top, with a link to each field. */
export function ErrorSummary({ errors, turn }: ErrorSummaryProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), [turn]);
  return (
    // biome-ignore lint/a11y/noAutofocus: without JavaScript this is how the summary takes the focus after a refused post.
    <section className="summary" tabIndex={-1} ref={box} aria-labelledby="summary-title" autoFocus>
      <h2 id="summary-title">{countErrors(errors)}</h2>
      <ul>
        {fieldNames.map((name) => {
          const message = errors[name];
          return (
            message && (
              <li key={name}>
                <a
                  href={`#${fieldIds[name]}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(fieldIds[name])?.focus();
                  }}
                >
                  {message}
                </a>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
