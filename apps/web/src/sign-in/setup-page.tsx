import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button, buttonClass } from "../parts/button";
import { usePageTitle } from "../shell/page-title";
import { AuthFrame } from "./auth-frame";
import { Ended } from "./ended";
import { FirstAdminForm } from "./first-admin-form";

/** Creates the first admin. The token stands in the fragment, which browsers never send and servers never log. */
export function SetupPage() {
  usePageTitle("Set up");
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const { client } = trpc.useUtils();
  // A POST although it changes nothing: the token must not stand in an address, which logs keep.
  const setup = useQuery({
    queryKey: ["set-up link"],
    queryFn: () => client.auth.setupState.mutate({ token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });

  return (
    <AuthFrame footer="This page works once, for the first person.">
      {token === "" ? (
        <Ended title="This link is not complete">
          <p>Copy the whole line that Intake printed when it started, up to its last character.</p>
        </Ended>
      ) : null}
      {setup.isError ? (
        <Ended title="This page could not be loaded">
          <p>{readFailure(setup.error).message}</p>
          <Button look="primary" className="justify-self-start" onPress={() => setup.refetch()}>
            Try again
          </Button>
        </Ended>
      ) : null}
      {setup.data?.tokenValid ? <FirstAdminForm token={token} rules={setup.data.rules} /> : null}
      {setup.data && !setup.data.tokenValid ? (
        <DeadLink needsFirstAdmin={setup.data.needsFirstAdmin} />
      ) : null}
    </AuthFrame>
  );
}

function DeadLink({ needsFirstAdmin }: { needsFirstAdmin: boolean }) {
  if (needsFirstAdmin) {
    return (
      <Ended title="This link is too old">
        <p>Nobody can sign in yet. Start Intake again: it prints a new link.</p>
      </Ended>
    );
  }
  return (
    <Ended title="This link has been used">
      <p>The first admin exists already. Sign in, or ask that person to let you in.</p>
      <Link to="/login" className={`${buttonClass("primary")} justify-self-start`}>
        Sign in
      </Link>
    </Ended>
  );
}
