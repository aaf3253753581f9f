import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

/**
 * The token of this page's link, from the fragment, which browsers never send and servers never log, and what the server says about it.
 * It is asked by a POST that changes nothing: a token in an address would end in logs.
 */
export function useLink<State>(name: string, ask: (input: { token: string }) => Promise<State>) {
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const state = useQuery({
    queryKey: [name],
    queryFn: () => ask({ token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { token, state };
}
