import type { Failure } from '../../shared/failure.ts';
import type { JsonObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from '../contract/adapter.ts';
import type { Program } from '../contract/agent.ts';
import { plainLine } from '../contract/text.ts';
import { apiFailure, isThrottling } from '../stream/api-failure.ts';
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
import { endFailure } from './end-failure.ts';
import { type GeminiEvent, type GeminiStats, parseGeminiEvent } from './schema.ts';
import { SpokenText } from './spoken-text.ts';

type ToolResult = Extract<GeminiEvent, { type: 'tool_result' }>;
type ResultEvent = Extract<GeminiEvent, { type: 'result' }>;

/** The tools of Gemini CLI, with the names of several versions. */
const TOOLS: Tools = new Map([
  ['write_file', 'edit'],
  ['replace', 'edit'],
  ['edit', 'edit'],
  ['read_file', 'read'],
  ['list_directory', 'read'],
  ['glob', 'search'],
  ['grep_search', 'search'],
  ['search_file_content', 'search'],
  ['run_shell_command', 'run'],
  ['ask_user', 'ask'],
]);

/** Reads `gemini -o stream-json`. Paths within `cwd` are shortened. */
export function geminiAdapter(program: Program, cwd: string): StreamAdapter {
  return eventStream(new GeminiReader(program, cwd));
}

class GeminiReader implements EventReader {
  readonly title: string;
  readonly ignored: ReadonlySet<string> = new Set();
  readonly #program: Program;
  readonly #cwd: string;
  readonly #work: WorkRecord;
  readonly #spoken = new SpokenText();
  /** Running tool calls: id → description. */
  readonly #tools = new Map<string, string>();
  /** The last error of its events; empty: none. */
  #said = '';
  #outOfTurns = false;
  #result: ResultEvent | null = null;

  constructor(program: Program, cwd: string) {
    this.title = program.title;
    this.#program = program;
    this.#cwd = cwd;
    this.#work = new WorkRecord(cwd);
  }

  read(object: JsonObject): readonly AgentEvent[] | null {
    const event = parseGeminiEvent(object);
    return event === null ? null : this.#event(event);
  }

  finish(end: ProcessEnd): Verdict {
    this.#work.summary = this.#spoken.last;
    const done = this.#result?.status === 'success';
    const { denials } = this.#work;
    const failure = judge(this.#program, end, { done, failure: this.#failure(end), denials });
    return this.#work.verdict(failure, done);
  }

  /** Gemini CLI may exit with 0 after a signal and with an HTTP status after an error. Neither is a success. */
  #failure(end: ProcessEnd): Failure | null {
    if (this.#outOfTurns) {
      return limitFailure(this.#program, t('limit of turns'));
    }
    if (this.#result?.status === 'success') {
      return null;
    }
    const byExit = endFailure(this.#program, end, this.#said);
    if (byExit !== null || this.#result === null) {
      return byExit;
    }
    const { error } = this.#result;
    if (error?.type === 'FatalCancellationError') {
      return interruptedFailure(this.#program);
    }
    if (!this.#said.includes('API Error')) {
      return gaveUp(this.#program, plainLine(this.#said));
    }
    const code = error?.type ?? null;
    return apiFailure(this.#program, { status: null, code, text: this.#said, retryAfterMs: null });
  }

  #event(event: GeminiEvent): readonly AgentEvent[] {
    if (event.type === 'message') {
      return this.#message(event);
    }
    const spoken = textSteps('says', this.#spoken.end());
    const events = this.#other(event);
    return spoken.length === 0 ? events : [...spoken, ...events];
  }

  #message(event: Extract<GeminiEvent, { type: 'message' }>): readonly AgentEvent[] {
    if (event.role !== 'assistant' || event.content === undefined) {
      return [];
    }
    return textSteps('says', this.#spoken.add(event.content));
  }

  #other(event: Exclude<GeminiEvent, { type: 'message' }>): readonly AgentEvent[] {
    switch (event.type) {
      case 'init':
        return this.#work.session(event.session_id);
      case 'tool_use':
        return this.#toolUse(event.tool_id ?? '', event.tool_name, event.parameters ?? {});
      case 'tool_result':
        return this.#toolResult(event);
      case 'error':
        return this.#error(event.message ?? '');
      case 'result':
        return this.#lastWord(event);
      default:
        return unreachable(event);
    }
  }

  #toolUse(id: string, name: string, input: JsonObject): readonly AgentEvent[] {
    this.#work.toolBegins(id, editedFiles(TOOLS, name, input));
    this.#tools.set(id, describeTool(TOOLS, name, input));
    return toolSteps(TOOLS, name, input, this.#cwd);
  }

  #toolResult({ tool_id: id = '', status, error }: ToolResult): readonly AgentEvent[] {
    const what = this.#tools.get(id) ?? 'Tool';
    this.#tools.delete(id);
    // A cancelled tool is a `success` with an error.
    const failed = status !== 'success' || Boolean(error);
    this.#work.toolEnds(id, !failed);
    if (!failed) {
      return [];
    }
    const words = error?.message ?? '';
    if (!isDenial(error?.type, words)) {
      return textSteps('warns', words);
    }
    this.#work.denied(id === '' ? what : id, what);
    return [{ type: 'step', kind: 'warns', text: plainLine(t('denied  {0}', words)) }];
  }

  #error(message: string): readonly AgentEvent[] {
    this.#said = message;
    // The program reports a success after this error.
    if (/session turns exceeded/i.test(message)) {
      this.#outOfTurns = true;
    }
    const text = plainLine(message);
    if (text === '') {
      return [];
    }
    return isThrottling({ status: null, code: null, text })
      ? [{ type: 'throttled', untilMs: null, text }]
      : [{ type: 'step', kind: 'warns', text }];
  }

  #lastWord(event: ResultEvent): readonly AgentEvent[] {
    this.#result = event;
    this.#said = event.error?.message ?? this.#said;
    if (event.stats === undefined) {
      return [];
    }
    this.#work.usage = usageOf(event.stats);
    return [{ type: 'usage', usage: this.#work.usage }];
  }
}

function isDenial(type: string | undefined, words: string): boolean {
  return type === 'policy_violation' || words.includes('requires user confirmation, which is not');
}

/** Thoughts are only in the total. They cost as much as output, so they count as output. */
function usageOf(stats: GeminiStats): { inputTokens: number; outputTokens: number; costUsd: null } {
  const input = Math.max(0, stats.input_tokens ?? 0);
  const output = Math.max(0, stats.output_tokens ?? 0, (stats.total_tokens ?? 0) - input);
  return { inputTokens: input, outputTokens: output, costUsd: null };
}
