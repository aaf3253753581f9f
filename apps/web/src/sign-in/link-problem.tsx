import { readFailure } from "@intake/client/failure";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "../parts/button";
import { Ended } from "./ended";

/** Why a link's page cannot go on: cut off, or not to be checked now. Nothing while all is well. */
export function LinkProblem({ token, state }: { token: string; state: UseQueryResult }) {
  if (token === "") {
    return (
      <Ended title="This link is not complete">
        <p>Open it from the mail again, or copy the whole line, up to its last character.</p>
      </Ended>
    );
  }
  if (!state.isError) return null;
  return (
    <Ended title="This page could not be loaded">
      <p>{readFailure(state.error).message}</p>
      <Button look="primary" className="justify-self-start" onPress={() => state.refetch()}>
        Try again
      </Button>
    </Ended>
  );
}
