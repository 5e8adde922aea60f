import type { Failure } from '../../shared/failure.ts';
import type { JsonObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from '../contract/adapter.ts';
import type { Program } from '../contract/agent.ts';
import { plainLine } from '../contract/text.ts';
import { apiFailure, type ApiTrouble, isProviderError } from '../stream/api-failure.ts';
import { type EventReader, eventStream } from '../stream/event-stream.ts';
import { gaveUp, interruptedFailure, judge, limitFailure } from '../stream/failures.ts';
import {
  describeTool,
  editedFiles,
  textSteps,
  type Tools,
  toolSteps,
} from '../stream/tool-words.ts';
import { WorkRecord } from '../stream/work-record.ts';
import {
  type OpencodeEvent,
  type OpencodeTokens,
  type OpencodeTrouble,
  parseOpencodeEvent,
  type ToolPart,
} from './schema.ts';

const DENIED = /rejected permission to use|prevents you from using this specific tool call/;

/** The tools of OpenCode. */
const TOOLS: Tools = new Map([
  ['write', 'edit'],
  ['edit', 'edit'],
  ['multiedit', 'edit'],
  ['patch', 'edit'],
  ['apply_patch', 'edit'],
  ['read', 'read'],
  ['list', 'read'],
  ['grep', 'search'],
  ['glob', 'search'],
  ['bash', 'run'],
  ['question', 'ask'],
]);

/** Reads `opencode run --format json`. Paths within `cwd` are shortened. */
export function opencodeAdapter(program: Program, cwd: string): StreamAdapter {
  return eventStream(new OpencodeReader(program, cwd));
}

class OpencodeReader implements EventReader {
  readonly title: string;
  readonly ignored: ReadonlySet<string> = new Set();
  readonly #program: Program;
  readonly #cwd: string;
  readonly #work: WorkRecord;
  #error: OpencodeTrouble | null = null;
  /** Why the newest step ended; `null` while it lasts. OpenCode prints no final event. */
  #reason: string | null = null;

  constructor(program: Program, cwd: string) {
    this.title = program.title;
    this.#program = program;
    this.#cwd = cwd;
    this.#work = new WorkRecord(cwd);
  }

  read(object: JsonObject): readonly AgentEvent[] | null {
    const event = parseOpencodeEvent(object);
    if (event === null) {
      return null;
    }
    const session = this.#work.session(event.sessionID);
    const events = this.#event(event);
    return session.length === 0 ? events : [...session, ...events];
  }

  finish(end: ProcessEnd): Verdict {
    const done = this.#reason === 'stop' && this.#error === null;
    const { denials } = this.#work;
    const failure = judge(this.#program, end, { done, failure: this.#failure(), denials });
    return this.#work.verdict(failure, done);
  }

  #failure(): Failure | null {
    if (this.#error === null) {
      return this.#reason === 'length'
        ? limitFailure(this.#program, t('limit of output tokens'))
        : null;
    }
    switch (this.#error.name ?? '') {
      case 'MessageAbortedError':
        return interruptedFailure(this.#program);
      case 'MessageOutputLengthError':
        return limitFailure(this.#program, t('limit of output tokens'));
      case 'APIError':
        return apiFailure(this.#program, troubleOf(this.#error));
      default: {
        const trouble = troubleOf(this.#error);
        return isProviderError(trouble)
          ? apiFailure(this.#program, trouble)
          : gaveUp(this.#program, plainLine(trouble.text));
      }
    }
  }

  #event(event: OpencodeEvent): readonly AgentEvent[] {
    switch (event.type) {
      case 'step_start':
        this.#reason = null;
        return [];
      case 'step_finish':
        this.#reason = event.part.reason ?? null;
        return this.#usage(event.part.tokens, event.part.cost ?? null);
      case 'text':
        this.#work.summary = event.part.text ?? null;
        return textSteps('says', event.part.text ?? '');
      case 'reasoning':
        return textSteps('thinks', event.part.text ?? '');
      case 'tool_use':
        return this.#toolUsed(event.part);
      case 'error':
        return this.#failed(event.error);
      default:
        return unreachable(event);
    }
  }

  /** Every step reports its own usage. Cached input counts as input. A cost of 0 means that the model has no price. */
  #usage(tokens: OpencodeTokens | undefined, cost: number | null): readonly AgentEvent[] {
    if (tokens === undefined && cost === null) {
      return [];
    }
    const before = this.#work.usage ?? { inputTokens: 0, outputTokens: 0, costUsd: null };
    const { cache } = tokens ?? {};
    const usage: Usage = {
      inputTokens: before.inputTokens + sum(tokens?.input, cache?.read, cache?.write),
      outputTokens: before.outputTokens + sum(tokens?.output, tokens?.reasoning),
      costUsd: cost === null || cost <= 0 ? before.costUsd : (before.costUsd ?? 0) + cost,
    };
    this.#work.usage = usage;
    return [{ type: 'usage', usage }];
  }

  /** OpenCode reports a tool call when it has ended. */
  #toolUsed({ tool, callID, state }: ToolPart): readonly AgentEvent[] {
    const input = state.input ?? {};
    const steps = toolSteps(TOOLS, tool, input, this.#cwd);
    if (state.status !== 'error') {
      this.#work.edited(editedFiles(TOOLS, tool, input));
      // A command that fails is still a successful tool call.
      const code = state.metadata?.exit ?? 0;
      return code === 0 ? steps : [...steps, ...textSteps('warns', t('exit code {0}', code))];
    }
    const words = state.error ?? '';
    if (!DENIED.test(words)) {
      return [...steps, ...textSteps('warns', words)];
    }
    const what = describeTool(TOOLS, tool, input);
    this.#work.denied(callID ?? what, what);
    return [...steps, { type: 'step', kind: 'warns', text: plainLine(t('denied  {0}', words)) }];
  }

  #failed(error: OpencodeTrouble): readonly AgentEvent[] {
    this.#error = error;
    const { text } = troubleOf(error);
    return textSteps('warns', text);
  }
}

function troubleOf({ name, data }: OpencodeTrouble): ApiTrouble {
  return {
    status: data?.statusCode ?? null,
    code: name ?? null,
    text: data?.message ?? name ?? '',
    retryAfterMs: retryAfterMs(data?.responseHeaders ?? {}),
  };
}

/** A month. A longer wait is not a wait for a limit. */
const LONGEST_WAIT_MS = 30 * 24 * 3_600_000;

function retryAfterMs(headers: Readonly<Record<string, string | undefined>>): number | null {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN);
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const wait = Number.isFinite(ms) ? ms : seconds * 1000;
  return wait >= 0 && wait <= LONGEST_WAIT_MS ? wait : null;
}

function sum(...counts: readonly (number | null | undefined)[]): number {
  return counts.reduce<number>((total, count) => total + Math.max(0, count ?? 0), 0);
}
