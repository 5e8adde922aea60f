/** What a person said of a task. */
export interface Judgement {
  readonly proven: boolean;
  readonly by: string;
}
