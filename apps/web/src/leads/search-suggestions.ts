import type { ActiveColleague } from "@intake/core/assignment/schema";
import { searchOperators } from "@intake/core/search/schema";

/** One way to go on with the word that is being typed. */
export interface Suggestion {
  /** What the word becomes. */
  word: string;
  label: string;
  words: string;
  /** Whether it is a whole filter now, or waits for its value. */
  isWhole: boolean;
}

const maxSuggestions = 8;
const lastWord = /(?:^|\s)(?<word>[^\s"]*)$/u;

/** What the last word can become: an operator, or a value of the one it names. */
export function suggest(
  text: string,
  colleagues: Pick<ActiveColleague, "id" | "name" | "takesPart">[],
): Suggestion[] {
  const word = lastWord.exec(text)?.groups?.word?.toLowerCase() ?? "";
  if (word === "") return [];
  const [name = "", value] = word.split(":", 2);
  if (value === undefined) {
    return searchOperators
      .filter((operator) => operator.name.startsWith(name))
      .map((operator) => ({
        word: `${operator.name}:`,
        label: `${operator.name}:`,
        words: operator.words,
        isWhole: false,
      }))
      .slice(0, maxSuggestions);
  }
  const operator = searchOperators.find((each) => each.name === name);
  if (!operator) return [];
  const people = operator.kind === "person" ? colleagues.filter(({ takesPart }) => takesPart) : [];
  const choices = [
    ...operator.values.map((each) => ({ value: each.value, typed: each.value, words: each.words })),
    ...people.map((person) => ({ value: person.id, typed: person.name, words: "" })),
  ];
  return choices
    .filter((choice) => choice.typed.toLowerCase().startsWith(value))
    .map((choice) => ({
      word: `${name}:${choice.value}`,
      label: `${name}:${choice.typed}`,
      words: choice.words,
      isWhole: true,
    }))
    .slice(0, maxSuggestions);
}

/** The text with its last word replaced. */
export function complete(text: string, { word }: Suggestion): string {
  return text.replace(lastWord, (whole) => `${/^\s/.test(whole) ? " " : ""}${word}`);
}

/** Whether an operator is still being typed: searching for half of it would only flicker. */
export function isUnfinished(text: string): boolean {
  const word = lastWord.exec(text)?.groups?.word ?? "";
  const [name, value] = word.toLowerCase().split(":", 2);
  return value !== undefined && searchOperators.some((operator) => operator.name === name);
}
