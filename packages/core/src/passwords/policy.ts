/** How good a new password is: the strength meter and the server ask the same function (security rule 20). Browser-safe. */
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** What stands around a password that must not be its substance. */
export interface PasswordSurroundings {
  /** Names, addresses and the office's name, whole. */
  about: string[];
  /** The office's choice: upper case, lower case, digits and signs must all be there. */
  requiresCharacterClasses: boolean;
}

export interface PasswordVerdict {
  /** 0 (guessed at once) to 4 (very strong); 3 is enough. */
  score: 0 | 1 | 2 | 3 | 4;
  /** Why it cannot be used, and the way on; null when it can. */
  problem: string | null;
}

const enoughScore = 3;
/** What follows is neither stronger nor cheaper to judge. */
const maxJudgedCharacters = 128;
const shortestTellingWord = 4;
const alwaysGuessed = ["intake", "password"];

let estimator: Promise<ZxcvbnFactory> | undefined;

/** The dictionaries (1.5 MB) hold the known passwords; they come with the product and are loaded when first needed. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: maxJudgedCharacters,
  });
}

/** Judges a password of allowed length by known-password lists, the words around it, and how many guesses it would take. */
export async function judgePassword(
  password: string,
  { about, requiresCharacterClasses }: PasswordSurroundings,
): Promise<PasswordVerdict> {
  estimator ??= loadEstimator().catch((error: unknown) => {
    estimator = undefined;
    throw error;
  });
  const words = [...alwaysGuessed, ...about.flatMap(tellingWords)];
  const { score, feedback } = (await estimator).check(password.slice(0, maxJudgedCharacters), words);
  const lower = password.toLowerCase();
  const told = words.find((word) => lower.includes(word));
  if (told)
    return { score: lesser(score, 1), problem: `Leave out “${told}”: words like that are guessed first.` };
  if (score < enoughScore) {
    const why = feedback.warning ? withStop(feedback.warning) : "This password is easy to guess.";
    return { score, problem: `${why} Use a few words that do not belong together.` };
  }
  if (requiresCharacterClasses && !hasAllClasses(password))
    return {
      score: lesser(score, 2),
      problem: "Mix upper case, lower case, digits and signs: this office asks for all four.",
    };
  return { score, problem: null };
}

/** `Ruth Okafor`, `ruth.okafor@firm.com`: the words in it that say whose password it is. */
function tellingWords(text: string): string[] {
  // The top of a domain tells nothing.
  const named = text.toLowerCase().replace(/\.\p{L}+$/u, "");
  return named.split(/[^\p{L}\p{N}]+/u).filter((word) => [...word].length >= shortestTellingWord);
}

function hasAllClasses(password: string): boolean {
  return [/\p{Lu}/u, /\p{Ll}/u, /\p{N}/u, /[^\p{L}\p{N}\s]/u].every((kind) => kind.test(password));
}

function lesser<Score extends PasswordVerdict["score"]>(score: PasswordVerdict["score"], most: Score) {
  return score < most ? score : most;
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
