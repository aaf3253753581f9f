import { trpc } from "@intake/client/react";
import { describeType, isAlarming } from "@intake/core/audit/policy";
import type { MySession, SignInEvent } from "@intake/core/sessions/schema";
import { Monitor } from "lucide-react";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { showToast } from "../shell/toast-store";
import { Moment } from "../time/moment";
import { Section } from "./section";

/** Where the person is signed in, with a way to end each, and what has happened around their account. */
export function SessionsCard() {
  return (
    <>
      <Sessions />
      <History />
    </>
  );
}

function Sessions() {
  const sessions = trpc.sessions.mine.useQuery();
  const utils = trpc.useUtils();
  const refresh = async () => {
    await utils.sessions.invalidate();
  };
  const end = trpc.sessions.end.useMutation({ onSettled: refresh });
  const endOthers = trpc.sessions.endOthers.useMutation({
    onSuccess: ({ ended }) =>
      showToast({
        tone: "done",
        text: ended === 1 ? "Signed out of 1 other session" : `Signed out of ${ended} other sessions`,
      }),
    onSettled: refresh,
  });
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  return (
    <Section
      title="Where you are signed in"
      about="Each ends after 30 minutes without use, and after eight hours in any case."
      actions={
        hasOthers ? (
          <Button isDisabled={endOthers.isPending} onPress={() => endOthers.mutate({})}>
            Sign out everywhere else
          </Button>
        ) : null
      }
    >
      {sessions.data ? (
        <ul className="divide-y divide-line rounded-3 border border-line">
          {sessions.data.map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              isEnding={end.isPending && end.variables.sessionId === session.id}
              onEnd={() => end.mutate({ sessionId: session.id })}
            />
          ))}
        </ul>
      ) : (
        <Waiting query={sessions} what="Your sessions" />
      )}
    </Section>
  );
}

const methods: Record<MySession["method"], string> = {
  PASSWORD: "by password",
  PASSKEY: "by passkey",
  SINGLE_SIGN_ON: "by single sign-on",
};

interface SessionLineProps {
  session: MySession;
  isEnding: boolean;
  onEnd: () => void;
}

function SessionLine({ session, isEnding, onEnd }: SessionLineProps) {
  const device = session.device ?? "Unknown device";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Monitor size={16} strokeWidth={1.75} aria-hidden className="flex-none text-fg-3" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium wrap-anywhere">
          {device}
          {session.isThisOne ? (
            <span className="ms-2 rounded-1 bg-ink-soft px-1.5 py-0.5 text-xs font-medium text-ink">
              This one
            </span>
          ) : null}
        </p>
        <p className="text-fg-2 wrap-anywhere">
          Signed in <Moment at={session.signedInAt} /> {methods[session.method]}
          {session.network ? ` from ${session.network}` : ""}
          {session.isThisOne ? null : (
            <>
              {" · last used "}
              <Moment at={session.lastActiveAt} />
            </>
          )}
        </p>
      </div>
      {session.isThisOne ? null : (
        <Button isDisabled={isEnding} aria-label={`Sign out ${device}`} onPress={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}

function History() {
  const history = trpc.sessions.history.useQuery();
  return (
    <Section
      title="Sign-in history"
      about="If something here was not you, change your password and sign out everywhere else."
    >
      {history.data ? (
        <ul className="divide-y divide-line rounded-3 border border-line">
          {history.data.map((event) => (
            <HistoryLine key={event.id} event={event} />
          ))}
        </ul>
      ) : (
        <Waiting query={history} what="Your history" />
      )}
    </Section>
  );
}

function HistoryLine({ event }: { event: SignInEvent }) {
  return (
    <li className="flex flex-wrap gap-x-4 px-4 py-2">
      <span className={`min-w-0 flex-1 basis-40 ${isAlarming(event.type) ? "text-danger" : ""}`}>
        {describeType(event.type)}
      </span>
      <span className="text-fg-2 wrap-anywhere">
        {event.network ? `${event.network} · ` : ""}
        <Moment at={event.at} />
      </span>
    </li>
  );
}

interface WaitingProps {
  query: { isError: boolean; refetch: () => unknown };
  what: string;
}

function Waiting({ query, what }: WaitingProps) {
  if (!query.isError) return <div aria-hidden className="h-16 rounded-3 border border-line bg-sunken" />;
  return (
    <Notice tone="bad" announce>
      <p>{what} could not be loaded.</p>
      <Button className="mt-2" onPress={() => void query.refetch()}>
        Try again
      </Button>
    </Notice>
  );
}
