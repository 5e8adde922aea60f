/** What a person said of a task. */
export interface PersonsWord {
  readonly proven: boolean;
  readonly by: string;
}
