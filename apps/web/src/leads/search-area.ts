import type { SearchArea } from "@intake/core/leads/schema";

const areaWords: Record<string, SearchArea> = {
  all: "everything",
  everywhere: "everything",
  name: "person",
  email: "person",
  person: "person",
  resume: "resume",
  cv: "resume",
};

const token = new RegExp(`(?:^|\\s)in:(${Object.keys(areaWords).join("|")})(?=\\s|$)`, "gi");

/** Takes `in:resume`, `in:name` and `in:all` out of what was typed; the last one counts. */
export function readTyped(text: string): { q: string; area: SearchArea | undefined } {
  const word = [...text.matchAll(token)].at(-1)?.[1]?.toLowerCase() ?? "";
  return { q: text.replaceAll(token, "").trim(), area: areaWords[word] };
}

/** What stands in an empty search box. */
export const areaPlaceholders: Record<SearchArea, string> = {
  everything: "Name, email, or words of a resume",
  person: "Name or email",
  resume: "Words of a resume",
};

/** Where a search looked, for the sentence that it found nothing. */
export const areaPhrases: Record<SearchArea, string> = {
  everything: "names, emails and resumes",
  person: "names and emails",
  resume: "resumes",
};
