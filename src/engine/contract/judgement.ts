/** The user's judgement of a task. */
export interface Judgement {
  readonly proven: boolean;
  readonly by: string;
}
