import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { ActiveRun } from '../../engine/run/active-run.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import { visibleLine } from '../output/table.ts';
import { escalationReporter } from './escalation-lines.ts';
import { endLines, eventLine, startedLines, startLine } from './event-line.ts';
import type { Progress } from './progress.ts';

/** One line an event: for logs, and for programs that read along. */
export class LineProgress implements Progress {
  readonly #bus: CoordinatorBus;
  readonly #write: (text: string) => void;
  readonly #subscriptions: Disposable[] = [];

  constructor(bus: CoordinatorBus, write: (text: string) => void) {
    this.#bus = bus;
    this.#write = write;
  }

  follow(run: ActiveRun, verb: string): void {
    const say = (text: string): void => {
      this.#write(visibleLine(`[${run.state.plan.groupId}] ${text}`));
    };
    say(startLine(run.state, verb));
    startedLines(run.state, verb).forEach(say);
    const escalations = escalationReporter(run.state);
    this.#subscriptions.push(
      this.#bus.subscribe('run.event', 'progress', ({ run: id, event }) => {
        if (id !== run.state.plan.run) {
          return;
        }
        const text = eventLine(event, run.state);
        if (text !== null) {
          say(text);
        }
        escalations(event).forEach(say);
        if (event.type === 'run.ended') {
          endLines(run.state).forEach(say);
        }
      }),
    );
  }

  line(text: string): void {
    this.#write(text);
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
  }
}
