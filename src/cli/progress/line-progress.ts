import type { HeldRun } from '../../engine/held-run.ts';
import { oneLine } from '../output/table.ts';
import { endLines, eventLine, startLine } from './event-line.ts';
import type { Progress } from './progress.ts';

/** One line an event: for logs, and for programs that read along. */
export class LineProgress implements Progress {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  follow(run: HeldRun, verb: string): void {
    const say = (text: string): void => {
      this.#write(oneLine(`[${run.state.plan.groupId}] ${text}`));
    };
    say(startLine(run.state, verb));
    run.onEvent((event) => {
      const text = eventLine(event, run.state);
      if (text !== null) say(text);
      if (event.type === 'run.ended') endLines(run.state).forEach(say);
    });
  }

  line(text: string): void {
    this.#write(text);
  }

  dispose(): void {
    // Every line was written at once.
  }
}
