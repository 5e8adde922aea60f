import type { AgentEvent } from '../../agents/contract/adapter.ts';
import type { AttemptSpec, Outcome } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { describeClock } from '../../shared/words/durations.ts';
import type { Observer } from '../output/observer.ts';
import { TerminalFilter } from './terminal-filter.ts';
import { fit, wrap } from './text-width.ts';
import { visible } from './visible.ts';
import { duration, endWord, usageWords } from './words.ts';

/** The output of the view: a terminal, or a pipe without colours and marks. */
export interface Screen {
  write(text: string): boolean;
  once(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const ESCAPE = String.fromCharCode(27);
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
type Colour = keyof typeof CODES;

const KIND_COLOURS: Readonly<Record<string, Colour>> = {
  edit: 'green',
  run: 'cyan',
  read: 'blue',
  warns: 'yellow',
  waits: 'yellow',
  asks: 'yellow',
  hears: 'cyan',
};
/** Resets modes that an aborted program may have left on: hidden cursor, mouse reports, bracketed paste. */
const RESET_MODES = `${ESCAPE}[?25h${ESCAPE}[?1000l${ESCAPE}[?1002l${ESCAPE}[?1003l${ESCAPE}[?1006l${ESCAPE}[?2004l`;
/** Width of the kind in `│ 12:30  read   `, the prefix of a step. */
const KIND_WIDTH = 6;
/** Maximum lines of one step; the log has all of it. */
const MOST_LINES = 6;

/** Draws one attempt line by line, so that a person can read, scroll and copy it while it grows. */
export class LiveView implements Observer {
  readonly #spec: AttemptSpec;
  readonly #screen: Screen;
  readonly #colours: boolean;
  readonly #startedAt = Date.now();
  readonly #filters = { stdout: new TerminalFilter(), stderr: new TerminalFilter() };
  #hasHeading = false;
  #gone = false;
  #waiting: (() => void) | null = null;
  #atLineStart = true;

  constructor(spec: AttemptSpec, screen: Screen, env: NodeJS.ProcessEnv) {
    this.#spec = spec;
    this.#screen = screen;
    this.#colours = screen.isTTY === true && (env.NO_COLOR ?? '') === '';
    // A closed screen never drains, and the agent must not wait for it.
    for (const end of ['error', 'close'] as const) {
      screen.once(end, () => {
        this.#gone = true;
        this.#resume();
      });
    }
  }

  started(): void {
    this.#heading();
  }

  event(event: AgentEvent, at: number): void {
    switch (event.type) {
      case 'step':
        // The raw output of a plain command is already on the screen.
        if (this.#spec.adapter !== 'none' || event.kind === 'warns') {
          this.#step(event.kind, event.text, at);
        }
        break;
      case 'throttled':
        this.#step('waits', event.text, at);
        break;
      case 'needs_you':
        this.#step('asks', event.text, at);
        break;
      case 'usage':
      case 'session':
        break;
    }
  }

  output(chunk: Buffer, stream: 'stdout' | 'stderr', resume: () => void): boolean {
    const text = this.#filters[stream].filter(chunk);
    if (text === '') {
      return true;
    }
    this.#atLineStart = text.endsWith('\n');
    if (this.#screen.write(text) || this.#gone) {
      return true;
    }
    this.#waiting = resume;
    this.#screen.once('drain', () => this.#resume());
    return false;
  }

  ended(outcome: Outcome): void {
    const { failure, usage } = outcome;
    if (!this.#hasHeading) {
      this.#heading();
    }
    // Resets colours that a program left on.
    if (this.#colours) {
      this.#screen.write(`${ESCAPE}[0m`);
    }
    if (this.#spec.stdin === 'terminal' && this.#isTerminal()) {
      this.#screen.write(RESET_MODES);
    }
    const facts = [duration(outcome.durationMs), ...(usage === null ? [] : usageWords(usage))];
    if (failure === null && outcome.lastWord === true) {
      facts.push(t('result ✓ permissions ✓'));
    }
    const word = this.#paint(endWord(outcome), failure === null ? 'green' : 'red');
    this.#line(`╰ ${word} · ${facts.join(' · ')}`);
    for (const text of [failure?.message, failure?.remedy]) {
      if (text !== undefined) {
        this.#paragraph('  ', visible(text));
      }
    }
    if (this.#isTerminal()) {
      this.#screen.write(SHELL_MARKS.ended(failure === null ? 0 : 1));
    }
  }

  #resume(): void {
    const resume = this.#waiting;
    this.#waiting = null;
    resume?.();
  }

  #heading(): void {
    const { taskId, title, subagent, agent, attempt, maxAttempts, again, job } = this.#spec;
    this.#hasHeading = true;
    const name = visible(`${job === 'task' ? taskId : ''} ${title}`.trim());
    const nth = maxAttempts > 1 ? [t('attempt {0} of {1}', attempt, maxAttempts)] : [];
    const tries = again === undefined ? nth : [again];
    const facts = job === 'task' ? [subagent, agent, ...tries] : tries;
    const heading = [name, ...facts.map(visible)].join(' · ');
    if (this.#isTerminal()) {
      this.#screen.write(SHELL_MARKS.beforeHeading);
    }
    this.#screen.write(this.#paint(`╭ ${fit(heading, this.#columns() - 2)}`, 'bold'));
    if (this.#isTerminal()) {
      this.#screen.write(SHELL_MARKS.afterHeading(name));
    }
    this.#screen.write('\n');
    if (this.#spec.stdin === 'terminal') {
      const sentence = t(
        'The agent has this terminal now. Work with it, and leave it when its task is done: then you are asked whether it is.',
      );
      this.#paragraph('│ ', sentence);
    }
  }

  #step(kind: string, text: string, at: number): void {
    const time = describeClock(at - this.#startedAt).padStart(4);
    const label = kind.padEnd(KIND_WIDTH);
    const colour = KIND_COLOURS[kind] ?? 'dim';
    const indent = `│ ${' '.repeat(time.length + 2 + KIND_WIDTH + 1)}`;
    const first = `│ ${this.#paint(time, 'dim')}  ${this.#paint(label, colour)} `;
    this.#paragraph(indent, visible(text), first, kind === 'thinks' ? 'dim' : undefined);
  }

  #paragraph(indent: string, text: string, first = indent, colour?: Colour): void {
    const columns = Math.max(20, this.#columns() - indent.length);
    const lines = wrap(text, columns);
    const shown = lines.slice(0, MOST_LINES);
    if (lines.length > MOST_LINES) {
      shown[MOST_LINES - 1] = fit(`${shown.at(-1) ?? ''} …`, columns);
    }
    shown.forEach((line, index) => {
      this.#line((index === 0 ? first : indent) + (colour ? this.#paint(line, colour) : line));
    });
  }

  #line(text: string): void {
    if (!this.#atLineStart) {
      this.#screen.write('\n');
    }
    this.#atLineStart = true;
    this.#screen.write(`${text}\n`);
  }

  #isTerminal(): boolean {
    return this.#screen.isTTY === true;
  }

  /** Read for every line, because a terminal may be resized. A terminal without a known width reports 0. */
  #columns(): number {
    if (!this.#isTerminal()) {
      return Number.POSITIVE_INFINITY;
    }
    const { columns = 0 } = this.#screen;
    return columns > 0 ? columns : 80;
  }

  #paint(text: string, colour: Colour): string {
    return this.#colours ? `${ESCAPE}[${CODES[colour]}m${text}${ESCAPE}[0m` : text;
  }
}

const END = String.fromCharCode(7);

/**
 * The marks of VS Code's shell integration (OSC 633), which work without a shell: VS Code shows at the heading whether the
 * attempt succeeded, and can navigate between attempts.
 */
const SHELL_MARKS = {
  beforeHeading: mark('A'),
  afterHeading: (label: string): string => mark('B') + mark(`E;${escaped(label)}`) + mark('C'),
  ended: (exitCode: number): string => mark(`D;${exitCode}`),
};

function mark(text: string): string {
  return `${ESCAPE}]633;${text}${END}`;
}

function escaped(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll(';', '\\x3b');
}
