import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { ActiveRun } from '../../engine/run/active-run.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import { fit, textWidth } from '../../runner/terminal/text-width.ts';
import { visible } from '../../runner/terminal/visible.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { PHASE_TITLES } from '../../shared/status.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { describeClock } from '../../shared/words/durations.ts';
import { escalationReporter } from './escalation-lines.ts';
import { endLines, eventLine, startLine } from './event-line.ts';
import type { Progress } from './progress.ts';

/** The terminal to draw on. */
export interface Terminal {
  write(text: string): unknown;
  readonly columns: number;
  readonly rows: number;
}

const ESCAPE = String.fromCharCode(27);
const REDRAW_MS = 100;
const TICK_MS = 1000;
const MOST_TASKS = 12;

/**
 * Redraws a few lines at the bottom of the terminal: the progress of each run, and its active tasks. Lines about final
 * events, such as the end of a task, stay above them.
 */
export class LiveProgress implements Progress {
  readonly #workspace: Workspace;
  readonly #terminal: Terminal;
  readonly #runs = new Map<GroupKey, ActiveRun>();
  readonly #ticking: NodeJS.Timeout;
  readonly #subscriptions: Disposable[] = [];
  #drawn: readonly string[] = [];
  #redraw: NodeJS.Timeout | undefined;

  constructor(workspace: Workspace, terminal: Terminal) {
    this.#workspace = workspace;
    this.#terminal = terminal;
    this.#ticking = setInterval(() => this.#drawSoon(), TICK_MS);
  }

  follow(run: ActiveRun, verb: string): void {
    const { group, groupId } = run.state.plan;
    this.#runs.set(group, run);
    this.line(`${groupId}  ${startLine(run.state, verb)}`);
    const followed = run.state.plan.run;
    const escalations = escalationReporter(run.state);
    const events = this.#workspace.bus.subscribe('run.event', 'progress', ({ run: id, event }) => {
      if (id !== followed) {
        return;
      }
      // A question follows; the display must not draw over it.
      if (event.type === 'approval.requested') {
        this.#put(this.#erasing());
      }
      if (isFinal(event)) {
        const text = eventLine(event, run.state);
        const lines = event.type === 'run.ended' ? endLines(run.state) : [];
        for (const each of text === null ? lines : [text, ...lines]) {
          this.line(`${groupId}  ${each}`);
        }
      }
      for (const each of escalations(event)) {
        this.line(`${groupId}  ${each}`);
      }
      if (event.type === 'run.ended') {
        this.#runs.delete(group);
      }
      this.#drawSoon();
    });
    this.#subscriptions.push(events);
    this.#drawSoon();
  }

  line(text: string): void {
    this.#put(`${this.#erasing()}${visible(text)}\n`);
    this.#drawSoon();
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    clearInterval(this.#ticking);
    clearTimeout(this.#redraw);
    this.#put(this.#erasing());
  }

  #drawSoon(): void {
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      this.#draw();
    }, REDRAW_MS);
  }

  #draw(): void {
    if ([...this.#runs.values()].some(({ state }) => state.policy.asked.size > 0)) {
      return;
    }
    // Read each time, because a terminal may be resized. One column stays free: some terminals wrap in the last one.
    const columns = Math.max(20, this.#terminal.columns - 1);
    const erasing = this.#erasing();
    const now = Date.now();
    const groups = this.#workspace.groups().filter(({ key }) => this.#runs.has(key));
    const most = Math.max(1, Math.min(MOST_TASKS, this.#terminal.rows - 3));
    this.#drawn = groups
      .flatMap((group) => groupLines(group, most, now))
      .map((line) => fit(visible(line), columns));
    this.#put(`${erasing}${this.#drawn.map((line) => `${line}\n`).join('')}`);
  }

  /** Moves to the first drawn line and erases. Counts the rows at the terminal's current width. */
  #erasing(): string {
    const columns = Math.max(1, this.#terminal.columns);
    const rows = this.#drawn
      .map((line) => Math.max(1, Math.ceil(textWidth(line) / columns)))
      .reduce((sum, each) => sum + each, 0);
    this.#drawn = [];
    return rows === 0 ? '' : `${ESCAPE}[${rows}A\r${ESCAPE}[J`;
  }

  #put(text: string): void {
    if (text !== '') {
      this.#terminal.write(text);
    }
  }
}

/** Whether an event gets a line that stays. Starts and steps show in the redrawn lines. */
function isFinal({ type }: RunEventBody): boolean {
  return !['attempt.requested', 'attempt.progress', 'phase.entered', 'check.requested'].includes(
    type,
  );
}

function groupLines({ title, run, counts, tasks }: GroupView, most: number, now: number): string[] {
  if (run === null) {
    return [];
  }
  const phase = run.state === 'stopping' ? t('Stopping') : PHASE_TITLES[run.phase]();
  const progress = `${counts.completed}/${counts.total}`;
  const failed = counts.failed > 0 ? [t('{0} failed', counts.failed)] : [];
  const clock = describeClock(now - run.startedAt);
  const heading = [title, phase, progress, ...failed, clock].join(' · ');
  const active = tasks.filter(({ appearance }) => ACTIVE.has(appearance));
  const shown = active.slice(0, most).map((task) => taskLine(task, now));
  const more = active.length - shown.length;
  return [heading, ...shown, ...(more > 0 ? [`  ${t('and {0} more', more)}`] : [])];
}

const ACTIVE: ReadonlySet<TaskView['appearance']> = new Set([
  'running',
  'needs_you',
  'stopping',
  'throttled',
  'backing_off',
]);

function taskLine({ id, title, detail, startedAt }: TaskView, now: number): string {
  const since = startedAt === null ? '' : `${describeClock(now - startedAt)}  `;
  return `  ${id}  ${since}${detail}  ${title}`;
}
