import type { Failure } from '../../shared/failure.ts';
import type { JsonObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type {
  AdapterOptions,
  AgentEvent,
  ProcessEnd,
  StreamAdapter,
  Verdict,
} from '../contract/adapter.ts';
import type { Program } from '../contract/agent.ts';
import { plainLine } from '../contract/text.ts';
import { apiFailure, type ApiTrouble, isThrottling } from '../stream/api-failure.ts';
import { type EventReader, eventStream } from '../stream/event-stream.ts';
import { interruptedFailure, judge } from '../stream/failures.ts';
import { untestedVersion } from '../stream/tested-versions.ts';
import { describeTool, editedFiles, textSteps, toolSteps } from '../stream/tool-words.ts';
import { WorkRecord } from '../stream/work-record.ts';
import { resultFailure } from './result-failure.ts';
import {
  type ClaudeEvent,
  type ClaudeResult,
  type ClaudeRetry,
  type ContentBlock,
  parseClaudeEvent,
} from './schema.ts';
import { TokenCount } from './token-count.ts';
import { TOOLS } from './tools.ts';

type AssistantEvent = Extract<ClaudeEvent, { type: 'assistant' }>;
type SystemEvent = Extract<ClaudeEvent, { type: 'system' }>;

/** The subtypes of `system` events that are read. The others only inform, and every version adds some. */
const READ_SUBTYPES = new Set<unknown>(['init', 'api_retry', 'permission_denied']);
/** Ignored: parts of messages that also come complete, and events about the conversation itself. */
const IGNORED: ReadonlySet<string> = new Set([
  ...['stream_event', 'tool_progress', 'tool_use_summary', 'prompt_suggestion', 'auth_status'],
  ...['control_request', 'control_response', 'control_cancel_request', 'keep_alive'],
  ...['update_environment_variables', 'transcript_mirror', 'streamlined_text', 'summary'],
]);

/** Reads Claude Code's `stream-json`, versions 1.0 to 2.1. Paths within `cwd` are shortened. */
export function claudeAdapter(
  program: Program,
  cwd: string,
  options: AdapterOptions,
): StreamAdapter {
  return eventStream(new ClaudeReader(program, cwd, options));
}

class ClaudeReader implements EventReader {
  readonly title: string;
  readonly ignored = IGNORED;
  readonly #program: Program;
  readonly #cwd: string;
  readonly #work: WorkRecord;
  readonly #tokens: TokenCount;
  untested: string | null = null;
  #trouble: ApiTrouble | null = null;
  #limitedUntilMs: number | null = null;
  #interrupted = false;
  #result: ClaudeResult | null = null;

  constructor(program: Program, cwd: string, { baseline }: AdapterOptions) {
    this.title = program.title;
    this.#program = program;
    this.#cwd = cwd;
    this.#work = new WorkRecord(cwd);
    this.#tokens = new TokenCount(baseline ?? null);
  }

  read(object: JsonObject, at: number): readonly AgentEvent[] | null {
    if (object.type === 'system' && !READ_SUBTYPES.has(object.subtype)) {
      return [];
    }
    const event = parseClaudeEvent(object);
    if (event === null) {
      return null;
    }
    switch (event.type) {
      case 'system':
        return this.#system(event, at);
      case 'assistant':
        return this.#assistant(event);
      case 'user':
        return event.message.content.flatMap((block) => this.#block(block));
      case 'rate_limit_event':
        return this.#rateLimit(event.rate_limit_info);
      case 'result':
        return this.#lastWord(event);
      default:
        return unreachable(event);
    }
  }

  finish(end: ProcessEnd): Verdict {
    const done = this.#result !== null;
    const { denials } = this.#work;
    const failure = judge(this.#program, end, { done, failure: this.#failure(end), denials });
    return this.#work.verdict(failure, done);
  }

  #failure(end: ProcessEnd): Failure | null {
    if (this.#result !== null) {
      // The program then exits with 0.
      const broken = this.#result.subtype === 'error_during_execution';
      if (this.#interrupted && broken) {
        return interruptedFailure(this.#program);
      }
      const until = this.#limitedUntilMs;
      const retryAfterMs = until === null ? null : Math.max(0, until - end.at);
      return resultFailure(this.#program, this.#result, this.#trouble, retryAfterMs);
    }
    if (this.#trouble !== null) {
      return apiFailure(this.#program, this.#trouble);
    }
    return this.#interrupted && end.exitCode === 0 ? interruptedFailure(this.#program) : null;
  }

  #system(event: SystemEvent, at: number): readonly AgentEvent[] {
    switch (event.subtype) {
      case 'init':
        this.untested = untestedVersion(event.claude_code_version, this.#program.tested);
        return this.#work.session(event.session_id);
      case 'api_retry':
        return [this.#retry(event, at)];
      case 'permission_denied': {
        const words = event.message ?? t('Permission was denied.');
        this.#work.denied(event.tool_use_id ?? words, `${event.tool_name ?? 'Tool'}: ${words}`);
        return [{ type: 'step', kind: 'warns', text: plainLine(t('denied  {0}', words)) }];
      }
      default:
        return unreachable(event);
    }
  }

  #retry(event: ClaudeRetry, at: number): AgentEvent {
    const status = event.error_status ?? null;
    const code = event.error ?? null;
    this.#trouble = { status, code, text: '', retryAfterMs: null };
    const count = t('retry {0} of {1}', event.attempt ?? '?', event.max_retries ?? '?');
    const why = `${status ?? ''} ${code?.replaceAll('_', ' ') ?? ''}`.trim();
    const text = plainLine(`${why === '' ? t('no connection') : why}, ${count}`);
    if (!isThrottling(this.#trouble)) {
      return { type: 'step', kind: 'warns', text };
    }
    const delay = event.retry_delay_ms ?? null;
    return { type: 'throttled', untilMs: delay === null ? null : at + delay, text };
  }

  #rateLimit(info: { status: string; resetsAt?: number | null | undefined }): AgentEvent[] {
    // `allowed` and `allowed_warning` only report the rest of the limit.
    if (info.status !== 'rejected') {
      return [];
    }
    const seconds = info.resetsAt ?? null;
    const untilMs = seconds === null ? null : seconds * 1000;
    this.#limitedUntilMs = untilMs;
    return [{ type: 'throttled', untilMs, text: t('The provider’s limit is reached.') }];
  }

  #assistant(event: AssistantEvent): readonly AgentEvent[] {
    const { id, usage, content } = event.message;
    if (event.error !== undefined) {
      const [first] = content;
      const text = first?.type === 'text' ? first.text : '';
      const status = event.api_error_status ?? null;
      this.#trouble = { status, code: event.error, text, retryAfterMs: null };
      return [{ type: 'step', kind: 'warns', text: plainLine(text) }];
    }
    // The provider answered, so earlier errors are over.
    this.#trouble = null;
    const total = usage === undefined ? null : this.#tokens.message(id ?? '', usage);
    const steps = content.flatMap((block) => this.#block(block));
    if (total === null) {
      return steps;
    }
    this.#work.usage = total;
    return [...steps, { type: 'usage', usage: total }];
  }

  #block(block: ContentBlock): readonly AgentEvent[] {
    switch (block.type) {
      case 'text':
        if (block.text.startsWith('[Request interrupted')) {
          this.#interrupted = true;
        }
        return textSteps('says', block.text);
      case 'thinking':
        return textSteps('thinks', block.thinking);
      case 'tool_use':
        this.#work.toolBegins(block.id, editedFiles(TOOLS, block.name, block.input));
        return toolSteps(TOOLS, block.name, block.input, this.#cwd);
      case 'tool_result':
        return this.#toolResult(block.tool_use_id, block.is_error === true, block.content);
      case 'unknown':
        return [];
    }
  }

  #toolResult(id: string, isError: boolean, content: unknown): readonly AgentEvent[] {
    this.#work.toolEnds(id, !isError);
    // A denial was already reported.
    if (!isError || this.#work.wasDenied(id) || typeof content !== 'string') {
      return [];
    }
    return textSteps('warns', content.replace(/<\/?tool_use_error>/g, ''));
  }

  #lastWord(event: ClaudeResult): readonly AgentEvent[] {
    this.#result = event;
    this.#work.summary = event.result ?? null;
    // Version 1 reports the limit in words: `Claude AI usage limit reached|1795302000`.
    const [, seconds] = /limit reached\|(\d{10})\b/.exec(event.result ?? '') ?? [];
    if (seconds !== undefined) {
      this.#limitedUntilMs = Number(seconds) * 1000;
    }
    for (const denial of event.permission_denials ?? []) {
      const what = describeTool(TOOLS, denial.tool_name ?? 'Tool', denial.tool_input ?? {});
      this.#work.denied(denial.tool_use_id ?? what, what);
    }
    const usage = this.#tokens.result(event);
    const session = this.#work.session(event.session_id);
    if (usage === null) {
      return session;
    }
    this.#work.usage = usage;
    return [...session, { type: 'usage', usage }];
  }
}
