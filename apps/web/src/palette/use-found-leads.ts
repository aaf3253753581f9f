import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { LeadItem } from "@intake/core/leads/schema";
import { useEffect, useRef, useState } from "react";
import { fullName } from "../leads/lead-link";
import { readAddress, toAddress, toQuery } from "../leads/leads-address";
import { describeTotal } from "../leads/leads-footer";
import { placeOf } from "../leads/leads-search";
import { holdsAll } from "../leads/matches";
import { useZone } from "../time/clock";
import { isCalled } from "./command";

const debounceMilliseconds = 120;
const maxLeads = 6;
const minCharacters = 2;
const none: LeadItem[] = [];

/** Leads for what is typed. Only an answer to exactly this text is shown; until it comes, what still matches of the last one. */
export function useFoundLeads(text: string) {
  const typed = text.trim();
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), debounceMilliseconds);
    return () => clearTimeout(timer);
  }, [typed]);

  const address = toAddress(placeOf(typed, useZone()));
  const { place } = readAddress(address);
  const isAsked = typed.length >= minCharacters && asked === typed;
  const question = { ...toQuery(place), limit: maxLeads };
  const people = trpc.leads.list.useQuery({ ...question, in: "person" }, { enabled: isAsked });
  // Whoever is called so comes before all those whose resume says so.
  const all = trpc.leads.list.useQuery(question, { enabled: isAsked && place.in !== "person" });
  const answer = isAsked ? people.data : undefined;
  const byResume = isAsked ? (all.data?.items ?? none) : none;
  const items = answer && [
    ...answer.items.toSorted(byName(typed)),
    ...byResume.filter(isNotIn(answer.items)),
  ];
  const last = useRef(none);
  useEffect(() => {
    if (items) last.current = items;
  });
  const stillMatching = last.current.filter((lead) =>
    holdsAll(`${fullName(lead)} ${lead.email} ${lead.reference}`, typed),
  );
  const failure = isAsked ? (people.error ?? all.error) : null;
  return {
    leads: typed.length < minCharacters ? none : (items ?? stillMatching).slice(0, maxLeads),
    total: isAsked && all.data ? describeTotal(all.data) : null,
    isSearching: typed.length >= minCharacters && !answer && !failure,
    problem: failure ? readFailure(failure).message : null,
    address,
  };
}

/** Those whose name begins as typed before those whose address holds it. */
function byName(typed: string) {
  const rank = (lead: LeadItem) => (isCalled(fullName(lead), typed) ? 0 : 1);
  return (left: LeadItem, right: LeadItem) => rank(left) - rank(right);
}

function isNotIn(others: LeadItem[]) {
  return ({ id }: LeadItem) => !others.some((other) => other.id === id);
}
