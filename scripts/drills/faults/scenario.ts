/** What every scenario gets. */
export interface ScenarioInput {
  /** A folder of its own. */
  directory: string;
  say(line: string): void;
  /** Says that nothing is left but to wait and to judge, beside which the next scenario may begin. */
  rest(): void;
}

/** Plays one thing that may go wrong; resolves to the promises that were broken, in words. */
export type Scenario = (input: ScenarioInput) => Promise<string[]>;
