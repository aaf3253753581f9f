/** What every scenario gets. */
export interface ScenarioInput {
  /** A folder of its own. */
  directory: string;
  say(line: string): void;
}

/** Plays one thing that may go wrong; resolves to the promises that were broken, in words. */
export type Scenario = (input: ScenarioInput) => Promise<string[]>;
