import type { AgentEvent, ProcessEnd, StreamAdapter } from '../../agents/contract/adapter.ts';
import { conversationFormat, createAdapter } from '../../agents/registry.ts';
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
import type { ClaimedAttempt } from './claim-launch.ts';
import { Conversation } from './conversation.ts';
import { EventThrottle } from './event-throttle.ts';
import { followHooks } from './follow-hooks.ts';
import { type StopReason, stopReason } from './stop-reason.ts';
import { readUsageReport } from './usage-report.ts';

/** The terminal's side of an attempt. */
export interface AttemptView {
  readonly observer: Observer | null;
  /** The terminal's input, for agents that accept messages. */
  readonly keyboard: Keyboard | null;
}

export interface AttemptContext {
  /** Loads the view. Called once, if possible after the agent has started, so that loading does not delay the start. */
  readonly openView: () => Promise<AttemptView>;
  /** Whether there is a terminal for an agent's own user interface. */
  readonly hasTerminal: boolean;
  readonly cancelled: AbortSignal;
  /** Shared by all attempts of this process. */
  readonly finder: LeftoverFinder;
}

/** Minimum time between two written steps or usages, ms. Every line of a plain command is a step. */
const WINDOW_MS = { events: 100, plain: 1000 } as const;

/**
 * Runs a claimed attempt from its first event to its last: on resolve, all its processes have ended and its result is on
 * disk. Throws only if its events cannot be written; its processes have ended then too.
 */
export async function runAttempt(
  attempt: ClaimedAttempt,
  context: AttemptContext,
): Promise<Outcome> {
  const run = new AttemptRun(attempt, context);
  try {
    return await run.run();
  } finally {
    run.dispose();
  }
}

class AttemptRun {
  readonly #attempt: ClaimedAttempt;
  readonly #spec: AttemptSpec;
  readonly #context: AttemptContext;
  #view: AttemptView | null = null;
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

  constructor(attempt: ClaimedAttempt, context: AttemptContext) {
    const { spec, directory } = attempt;
    this.#attempt = attempt;
    this.#spec = spec;
    this.#context = context;
    this.#events = new EventWriter(directory);
    const windowMs = spec.adapter === 'none' ? WINDOW_MS.plain : WINDOW_MS.events;
    this.#throttle = new EventThrottle((event) => this.#append(event), windowMs);
    this.#log = new OutputLog(attemptFiles(directory).output, spec.limits.maxLogBytes);
    this.#lines = {
      stdout: new LineSplitter((line) => this.#onLine(line, 'stdout')),
      stderr: new LineSplitter((line) => this.#onLine(line, 'stderr')),
    };
  }

  async run(): Promise<Outcome> {
    const { spec, directory } = this.#attempt;
    const { cancelled } = this.#context;
    if (cancelled.aborted || isCancelRequested(directory)) {
      return this.#end(NEVER_RAN, { reason: 'cancelled' });
    }
    if (this.#ownsTerminal() && !this.#context.hasTerminal) {
      return this.#end({ ...NEVER_RAN, spawnError: noTerminal() }, null);
    }
    const agent = await this.#start();
    this.#hooks = this.#ownsTerminal() ? followHooks(directory, spec.cwd, this.#onHook) : null;
    const stop = stopReason(directory, spec.limits.timeoutMs, cancelled);
    try {
      await this.#listen(agent);
      // The first reason to end wins; later reasons are ignored.
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
    // The claim must be on disk before the agent starts.
    await this.#events.created;
    // A program that owns the terminal draws below the heading.
    if (this.#ownsTerminal()) {
      await this.#openView();
      this.#view?.observer?.started();
    }
    const agent = await AgentProcess.start(this.#spec, this.#context.finder);
    this.#agent = agent;
    if (agent.pid !== undefined) {
      const { file, args } = resolveCommand(this.#spec.command);
      this.#write({ type: 'started', at: Date.now(), pid: agent.pid, argv: [file, ...args] });
    }
    return agent;
  }

  async #listen(agent: AgentProcess): Promise<void> {
    // Loads while the agent starts.
    await this.#openView();
    if (!this.#ownsTerminal()) {
      this.#view?.observer?.started();
    }
    this.#connectInput(agent);
    this.#adapter = await this.#createAdapter();
    agent.read({ output: this.#onOutput.bind(this) });
  }

  async #openView(): Promise<void> {
    this.#view ??= await this.#context.openView();
  }

  #ownsTerminal(): boolean {
    return this.#spec.stdin === 'terminal';
  }

  #connectInput({ stdin }: AgentProcess): void {
    const { directory, prompt } = this.#attempt;
    if (stdin === null) {
      return;
    }
    if (this.#spec.stdin !== 'conversation') {
      stdin.end(prompt ?? '');
      return;
    }
    const report = (kind: 'hears' | 'warns', text: string): void =>
      this.#report({ type: 'step', kind, text }, Date.now());
    const deps = {
      stdin,
      directory,
      keyboard: this.#view?.keyboard ?? null,
      format: conversationFormat(this.#spec.adapter),
      onSent: (text: string) => report('hears', text),
      onRejected: (text: string) =>
        report('warns', t('The agent no longer accepts messages: {0}', text)),
    };
    this.#conversation = new Conversation(deps, prompt);
  }

  #createAdapter(): Promise<StreamAdapter> {
    const { adapter, cwd, baseline } = this.#spec;
    return createAdapter(adapter, cwd, { baseline });
  }

  #onOutput(chunk: Buffer, stream: 'stdout' | 'stderr'): boolean {
    this.#log.write(chunk);
    this.#lines[stream].push(chunk);
    // An event stream is not readable for a person: the observer shows its steps instead.
    if (this.#spec.adapter !== 'none') {
      return true;
    }
    return this.#view?.observer?.output(chunk, stream, () => this.#agent?.resume()) ?? true;
  }

  #onLine(line: string, stream: 'stdout' | 'stderr'): void {
    const plain = this.#spec.adapter === 'none';
    if ((plain || stream === 'stderr') && line.trim() !== '') {
      this.#lastLine = line;
    }
    const at = Date.now();
    if (!plain && stream === 'stderr') {
      this.#view?.observer?.event({ type: 'step', kind: 'warns', text: line }, at);
      return;
    }
    for (const event of this.#adapter?.accept(line, at) ?? []) {
      this.#report(event, at);
    }
    if (stream === 'stdout') {
      this.#conversation?.onOutputLine(line);
    }
  }

  #report(event: AgentEvent, at: number): void {
    this.#write({ ...event, at });
    this.#view?.observer?.event(event, at);
  }

  #write(event: RunnerEvent): void {
    this.#throttle.push(event);
  }

  /** A failed write does not stop the agent: the write of the last event reports the problem. */
  #append(event: RunnerEvent): void {
    try {
      this.#events.append(event);
    } catch {
      this.#view?.observer?.event(notWritten(), Date.now());
    }
  }

  /** Written but not shown: the program owns the terminal. */
  readonly #onHook = (event: AgentEvent): void => {
    if (event.type === 'session') {
      this.#sessionId = event.id;
    }
    this.#write({ ...event, at: Date.now() });
  };

  readonly #onStubborn = (pids: readonly number[]): void => {
    const text = t('Waiting for processes that cannot be ended: {0}', pids.join(', '));
    this.#report({ type: 'step', kind: 'warns', text }, Date.now());
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
    await this.#openView();
    const verdict = this.#adapter.finish(end);
    const outcome: Outcome = {
      ...verdict,
      sessionId: verdict.sessionId ?? this.#sessionId,
      // The exit code of an interactive program says nothing about the work done in it.
      failure: this.#ownsTerminal() && verdict.failure?.reason === 'exit' ? null : verdict.failure,
      exitCode: exit.exitCode,
      signal: exit.signal,
      durationMs: Math.round(monotonicMs() - this.#startedAt),
    };
    await this.#events.end({ type: 'ended', at, outcome });
    this.#view?.observer?.ended(outcome);
    return outcome;
  }
}

function notWritten(): AgentEvent {
  const text = t('The progress of this attempt cannot be written.');
  return { type: 'step', kind: 'warns', text };
}

function noTerminal(): string {
  return t(
    'its own user interface needs a terminal, and there is none here. Run it in VS Code, or without [Interactive].',
  );
}

const NEVER_RAN: Exit = { exitCode: null, signal: null, spawnError: null };
