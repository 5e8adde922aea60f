import type { AgentEvent, ProcessEnd, StreamAdapter } from '../../agents/contract/adapter.ts';
import { conversationFormat } from '../../agents/conversation.ts';
import { createAdapter } from '../../agents/create-adapter.ts';
import type { AttemptSpec, Outcome, RunnerEvent } from '../../coordinator/schema/attempt.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { t } from '../../shared/messages.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { isCancelRequested } from '../../store/attempts/claim.ts';
import { EventWriter } from '../../store/attempts/event-writer.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import type { LeftoverFinder } from '../../system/processes/leftover-finder.ts';
import { resolveCommand } from '../../system/spawn.ts';
import type { Keyboard } from '../keyboard/keyboard.ts';
import { LineSplitter } from '../output/line-splitter.ts';
import type { Observer } from '../output/observer.ts';
import { OutputLog } from '../output/output-log.ts';
import { AgentProcess, type Exit } from './agent-process.ts';
import { Conversation } from './conversation.ts';
import { EventThrottle } from './event-throttle.ts';
import { followHooks } from './follow-hooks.ts';
import { type StopReason, stopReason } from './stop-reason.ts';
import type { TakenAttempt } from './take-attempt.ts';
import { readUsageReport } from './usage-report.ts';

/** What surrounds an attempt: who watches, who types, and who may call it off. */
export interface AttemptContext {
  readonly observer: Observer | null;
  /** The keys of the terminal, for agents that hold a conversation. */
  readonly keyboard: Keyboard | null;
  /** Whether there is a terminal that an agent's own user interface can have. */
  readonly hasTerminal: boolean;
  readonly cancelled: AbortSignal;
  /** One for all attempts of this process. */
  readonly finder: LeftoverFinder;
}

/** Steps and usage are written at most so often, ms; a plain command's every line is a step. */
const WINDOW_MS = { events: 100, plain: 1000 } as const;

/**
 * Carries out an attempt that was claimed, from its first event to its last: when this resolves, nothing of it lives,
 * and its end is on disk. Throws only if its events cannot be written; nothing of it lives then either.
 */
export async function runAttempt(
  attempt: TakenAttempt,
  surroundings: AttemptContext,
): Promise<Outcome> {
  const run = new AttemptRun(attempt, surroundings);
  try {
    return await run.carryOut();
  } finally {
    run.dispose();
  }
}

class AttemptRun {
  readonly #attempt: TakenAttempt;
  readonly #spec: AttemptSpec;
  readonly #surroundings: AttemptContext;
  #adapter: StreamAdapter | null = null;
  readonly #events: EventWriter;
  readonly #throttle: EventThrottle;
  readonly #log: OutputLog;
  readonly #lines: { readonly stdout: LineSplitter; readonly stderr: LineSplitter };
  readonly #startedAt = monotonicMs();
  #agent: AgentProcess | null = null;
  #conversation: Conversation | null = null;
  #hooks: Disposable | null = null;
  #sessionId: string | null = null;
  #lastLine = '';

  constructor(attempt: TakenAttempt, surroundings: AttemptContext) {
    const { spec, directory } = attempt;
    this.#attempt = attempt;
    this.#spec = spec;
    this.#surroundings = surroundings;
    this.#events = new EventWriter(directory);
    const windowMs = spec.adapter === 'none' ? WINDOW_MS.plain : WINDOW_MS.events;
    this.#throttle = new EventThrottle((event) => this.#append(event), windowMs);
    this.#log = new OutputLog(attemptFiles(directory).output, spec.limits.maxLogBytes);
    this.#lines = {
      stdout: new LineSplitter((line) => this.#line(line, 'stdout')),
      stderr: new LineSplitter((line) => this.#line(line, 'stderr')),
    };
  }

  async carryOut(): Promise<Outcome> {
    const { spec, directory } = this.#attempt;
    const { cancelled } = this.#surroundings;
    if (cancelled.aborted || isCancelRequested(directory)) {
      return this.#end(NEVER_RAN, { reason: 'cancelled' });
    }
    if (this.#ownsTerminal() && !this.#surroundings.hasTerminal) {
      return this.#end({ ...NEVER_RAN, spawnError: NO_TERMINAL }, null);
    }
    const agent = await this.#start();
    this.#hooks = this.#ownsTerminal() ? followHooks(directory, spec.cwd, this.#onHook) : null;
    const stop = stopReason(directory, spec.limits.timeoutMs, cancelled);
    try {
      await this.#listen(agent);
      // The first reason to end wins and is remembered: whatever comes later changes nothing.
      const first = await Promise.race([agent.exited.then(() => null), stop.reason]);
      if (first === null) {
        await agent.endLeftovers(this.#onStubborn);
      } else {
        await agent.end(this.#onStubborn);
      }
      const exit = await agent.exited;
      await agent.drained();
      return await this.#end(exit, first);
    } finally {
      stop.dispose();
    }
  }

  dispose(): void {
    this.#conversation?.dispose();
    this.#hooks?.dispose();
    this.#throttle.dispose();
    this.#log.close();
  }

  async #start(): Promise<AgentProcess> {
    // The claim has to be on disk before there is something to claim.
    await this.#events.created;
    // Whatever has the terminal draws below our heading.
    if (this.#ownsTerminal()) {
      this.#surroundings.observer?.started();
    }
    const agent = await AgentProcess.start(this.#spec, this.#surroundings.finder);
    this.#agent = agent;
    if (agent.pid !== undefined) {
      const { file, args } = resolveCommand(this.#spec.command);
      this.#write({ type: 'started', at: Date.now(), pid: agent.pid, argv: [file, ...args] });
    }
    return agent;
  }

  async #listen(agent: AgentProcess): Promise<void> {
    if (!this.#ownsTerminal()) {
      this.#surroundings.observer?.started();
    }
    this.#feed(agent);
    // Loaded while the agent loads.
    this.#adapter = await this.#createAdapter();
    agent.read({ output: this.#output.bind(this) });
  }

  #ownsTerminal(): boolean {
    return this.#spec.stdin === 'terminal';
  }

  #feed({ stdin }: AgentProcess): void {
    const { directory, prompt } = this.#attempt;
    if (stdin === null) {
      return;
    }
    if (this.#spec.stdin !== 'conversation') {
      stdin.end(prompt ?? '');
      return;
    }
    const say = (kind: 'told' | 'warns', text: string): void =>
      this.#tell({ type: 'step', kind, text }, Date.now());
    const parts = {
      stdin,
      directory,
      keyboard: this.#surroundings.keyboard,
      format: conversationFormat(this.#spec.adapter),
      told: (text: string) => say('told', text),
      unheard: (text: string) => say('warns', t('It takes no messages any more: {0}', text)),
    };
    this.#conversation = new Conversation(parts, prompt);
  }

  #createAdapter(): Promise<StreamAdapter> {
    const { adapter, cwd, baseline } = this.#spec;
    return createAdapter(adapter, cwd, { baseline });
  }

  #output(chunk: Buffer, stream: 'stdout' | 'stderr'): boolean {
    this.#log.write(chunk);
    this.#lines[stream].push(chunk);
    // An event stream is not for reading: its steps are shown instead.
    if (this.#spec.adapter !== 'none') {
      return true;
    }
    const { observer } = this.#surroundings;
    return observer?.output(chunk, stream, () => this.#agent?.resume()) ?? true;
  }

  #line(line: string, stream: 'stdout' | 'stderr'): void {
    const plain = this.#spec.adapter === 'none';
    if ((plain || stream === 'stderr') && line.trim() !== '') {
      this.#lastLine = line;
    }
    const at = Date.now();
    if (!plain && stream === 'stderr') {
      this.#surroundings.observer?.event({ type: 'step', kind: 'warns', text: line }, at);
      return;
    }
    for (const event of this.#adapter?.accept(line, at) ?? []) {
      this.#tell(event, at);
    }
    if (stream === 'stdout') {
      this.#conversation?.heard(line);
    }
  }

  #tell(event: AgentEvent, at: number): void {
    this.#write({ ...event, at });
    this.#surroundings.observer?.event(event, at);
  }

  #write(event: RunnerEvent): void {
    this.#throttle.push(event);
  }

  /** Where an event cannot be written, the last one will show it; until then the agent goes on. */
  #append(event: RunnerEvent): void {
    try {
      this.#events.append(event);
    } catch {
      this.#surroundings.observer?.event(UNWRITTEN, Date.now());
    }
  }

  /** Written down and not drawn: the program has the terminal. */
  readonly #onHook = (event: AgentEvent): void => {
    if (event.type === 'session') {
      this.#sessionId = event.id;
    }
    this.#write({ ...event, at: Date.now() });
  };

  readonly #onStubborn = (pids: readonly number[]): void => {
    const text = t('Waiting for processes that cannot be ended: {0}', pids.join(', '));
    this.#tell({ type: 'step', kind: 'warns', text }, Date.now());
  };

  async #end(exit: Exit, stopped: StopReason | null): Promise<Outcome> {
    this.#conversation?.dispose();
    this.#hooks?.dispose();
    this.#lines.stdout.end();
    this.#lines.stderr.end();
    this.#throttle.dispose();
    this.#log.close();
    const at = Date.now();
    const usageReport = readUsageReport(this.#spec.adapter, this.#attempt.directory);
    const end: ProcessEnd = { ...exit, stopped, lastLine: this.#lastLine, usageReport, at };
    this.#adapter ??= await this.#createAdapter();
    const verdict = this.#adapter.finish(end);
    const outcome: Outcome = {
      ...verdict,
      sessionId: verdict.sessionId ?? this.#sessionId,
      // How a person leaves a program says nothing of what they did there.
      failure: this.#ownsTerminal() && verdict.failure?.reason === 'exit' ? null : verdict.failure,
      exitCode: exit.exitCode,
      signal: exit.signal,
      durationMs: Math.round(monotonicMs() - this.#startedAt),
    };
    await this.#events.end({ type: 'ended', at, outcome });
    this.#surroundings.observer?.ended(outcome);
    return outcome;
  }
}

const UNWRITTEN: AgentEvent = {
  type: 'step',
  kind: 'warns',
  text: 'The progress of this attempt cannot be written.',
};
const NO_TERMINAL =
  'its own user interface needs a terminal, and there is none here. Run it in VS Code, or without [Interactive].';
const NEVER_RAN: Exit = { exitCode: null, signal: null, spawnError: null };
