import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { ActiveRun } from '../../engine/run/active-run.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import { visibleLine } from '../output/table.ts';
import { escalationReporter } from './escalation-lines.ts';
import { endLines, eventLine, startedLines, startLine } from './event-line.ts';
import type { Progress } from './progress.ts';

/** Prints one line per event, for logs and for programs that read the output. */
export class LineProgress implements Progress {
  readonly #bus: CoordinatorBus;
  readonly #write: (text: string) => void;
  readonly #subscriptions: Disposable[] = [];

  constructor(bus: CoordinatorBus, write: (text: string) => void) {
    this.#bus = bus;
    this.#write = write;
  }

  follow(run: ActiveRun, verb: string): void {
    const print = (text: string): void => {
      this.#write(visibleLine(`[${run.state.plan.groupId}] ${text}`));
    };
    print(startLine(run.state, verb));
    startedLines(run.state, verb).forEach(print);
    const escalations = escalationReporter(run.state);
    this.#subscriptions.push(
      this.#bus.subscribe('run.event', 'progress', ({ run: id, event }) => {
        if (id !== run.state.plan.run) {
          return;
        }
        const text = eventLine(event, run.state);
        if (text !== null) {
          print(text);
        }
        escalations(event).forEach(print);
        if (event.type === 'run.ended') {
          endLines(run.state).forEach(print);
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
