import { readFailure } from "@intake/client/failure";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { Button, buttonClass } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { usePageTitle } from "./page-title";

/** An address of ours that leads nowhere. */
export function NotFoundPage() {
  usePageTitle("Nothing here");
  return (
    <main className="grid min-h-screen bg-surface">
      <MessagePage
        level={1}
        title="There is nothing at this address"
        actions={
          <Link to="/leads" className={buttonClass("primary")}>
            Open the leads
          </Link>
        }
      >
        <p>The link may be old or cut off.</p>
      </MessagePage>
    </main>
  );
}

/** Not an answer of the server, nor a file of ours that did not arrive; each browser says the latter in its own words. */
function isDefect({ name, message }: Error): boolean {
  const isAnswer = name === "TRPCClientError" || name === "CallFailed";
  return (
    !isAnswer &&
    !/dynamically imported module|module script|Unable to preload|Load failed|fetch/i.test(message)
  );
}

/** The app itself or the session could not be loaded, or a page broke. */
export function UnreachablePage({ error, reset }: ErrorComponentProps) {
  usePageTitle("No answer");
  const router = useRouter();
  const { message, requestId } = readFailure(error);
  const hasBroken = error instanceof Error && isDefect(error);
  return (
    <main className="grid min-h-screen bg-surface">
      <MessagePage
        level={1}
        title={hasBroken ? "Something broke on this page" : "This page could not be loaded"}
        actions={
          <Button
            look="primary"
            onPress={() => {
              reset();
              router.invalidate();
            }}
          >
            <RotateCw size={16} strokeWidth={1.75} aria-hidden />
            Try again
          </Button>
        }
      >
        <p>
          {hasBroken
            ? "It is a mistake of ours and was reported. What you saved is safe; try again, or open another page."
            : message}
        </p>
        {requestId ? <p>Request {requestId}. Quote it to whoever runs Intake.</p> : null}
      </MessagePage>
    </main>
  );
}
