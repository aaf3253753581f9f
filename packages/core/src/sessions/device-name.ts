import Bowser from "bowser";

const longest = 60;

/** `Firefox on Windows` from a User-Agent, so that people know their sessions apart; null when it does not say. The header itself is not kept. */
export function deviceName(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500));
  const name = [browser.name, os.name].filter((part) => part).join(" on ");
  return name === "" ? null : name.slice(0, longest);
}
