import type { Failure } from '../../shared/failure.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { AgentEvent, ProcessEnd, StreamAdapter, Verdict } from '../adapter.ts';
import { exitFailure, stopFailure } from '../process-failure.ts';
import { clip, oneLine } from '../text.ts';
import { apiFailure, type ApiTrouble, isThrottling } from './api-failure.ts';
import { deniedFailure, resultFailure, silentFailure } from './result-failure.ts';
import {
  type ClaudeEvent,
  type ClaudeResult,
  type ClaudeRetry,
  type ContentBlock,
  parseClaudeLine,
} from './schema.ts';
import { TokenCount } from './token-count.ts';
import { describeTool, editedFile, toolStep, withinCwd } from './tool-steps.ts';

const SUMMARY_LENGTH = 4000;
type AssistantEvent = Extract<ClaudeEvent, { type: 'assistant' }>;
type SystemEvent = Extract<ClaudeEvent, { type: 'system' }>;

/** Understands Claude Code's `stream-json`, versions 1.0 to 2.1; `cwd` shortens the paths of files within it. */
export function claudeAdapter(cwd: string): StreamAdapter {
  return new ClaudeAdapter(cwd);
}

class ClaudeAdapter implements StreamAdapter {
  readonly #cwd: string;
  readonly #tokens = new TokenCount();
  /** Tool uses whose result is awaited: id → file that it changes. */
  readonly #pendingEdits = new Map<string, string>();
  readonly #edits = new Set<string>();
  /** Tool use id → what was denied; the same denial is told twice. */
  readonly #denials = new Map<string, string>();
  #sessionId: string | null = null;
  #trouble: ApiTrouble | null = null;
  #limitedUntilMs: number | null = null;
  #interrupted = false;
  #result: ClaudeResult | null = null;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  accept(line: string, at: number): readonly AgentEvent[] {
    const event = parseClaudeLine(line);
    if (event === null) return [];
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
    const denials = [...this.#denials.values()];
    return {
      failure: stopFailure(end) ?? this.#failure(end, denials),
      summary:
        this.#result?.result === undefined ? null : clip(this.#result.result, SUMMARY_LENGTH),
      sessionId: this.#sessionId,
      usage: this.#tokens.total,
      edits: [...this.#edits],
      denials,
      lastWord: this.#result !== null,
    };
  }

  /** The agent's own word first, as it knows more than its exit code; but a good word needs a good exit as well. */
  #failure(end: ProcessEnd, denials: readonly string[]): Failure | null {
    if (this.#result !== null) {
      const retryAfterMs =
        this.#limitedUntilMs === null ? null : Math.max(0, this.#limitedUntilMs - end.at);
      return (
        resultFailure(this.#result, this.#trouble, retryAfterMs) ??
        deniedFailure(denials) ??
        exitFailure(end)
      );
    }
    if (this.#trouble !== null && end.signal === null) return apiFailure(this.#trouble);
    return exitFailure(end) ?? silentFailure(this.#interrupted);
  }

  #system(event: SystemEvent, at: number): readonly AgentEvent[] {
    switch (event.subtype) {
      case 'init':
        return this.#session(event.session_id);
      case 'api_retry':
        return [this.#retry(event, at)];
      case 'permission_denied': {
        const words = event.message ?? 'Permission was denied.';
        const tool = event.tool_name ?? 'Tool';
        this.#denials.set(event.tool_use_id ?? words, oneLine(`${tool}: ${words}`));
        return [{ type: 'step', kind: 'warns', text: oneLine(`denied  ${words}`) }];
      }
      default:
        return unreachable(event);
    }
  }

  #session(id: string | undefined): readonly AgentEvent[] {
    if (id === undefined || id === this.#sessionId) return [];
    this.#sessionId = id;
    return [{ type: 'session', id }];
  }

  #retry(event: ClaudeRetry, at: number): AgentEvent {
    const status = event.error_status ?? null;
    const code = event.error ?? null;
    this.#trouble = { status, code, text: '', retryAfterMs: null };
    const count = `retry ${event.attempt ?? '?'} of ${event.max_retries ?? '?'}`;
    const why = `${status ?? ''} ${code?.replaceAll('_', ' ') ?? ''}`.trim();
    const text = `${why === '' ? 'no connection' : why}, ${count}`;
    if (!isThrottling(status, code)) return { type: 'step', kind: 'warns', text: oneLine(text) };
    const delay = event.retry_delay_ms ?? null;
    const untilMs = delay === null ? null : at + delay;
    return { type: 'throttled', untilMs, text: oneLine(text) };
  }

  #rateLimit(info: { status: string; resetsAt?: number | null | undefined }): AgentEvent[] {
    // `allowed` and `allowed_warning` only tell how much is left.
    if (info.status !== 'rejected') return [];
    const seconds = info.resetsAt ?? null;
    const untilMs = seconds === null ? null : seconds * 1000;
    this.#limitedUntilMs = untilMs;
    return [{ type: 'throttled', untilMs, text: 'The provider’s limit is reached.' }];
  }

  #assistant(event: AssistantEvent): readonly AgentEvent[] {
    const { id, usage, content } = event.message;
    if (event.error !== undefined) {
      const [first] = content;
      const text = first?.type === 'text' ? first.text : '';
      const status = event.api_error_status ?? null;
      this.#trouble = { status, code: event.error, text, retryAfterMs: null };
      return [{ type: 'step', kind: 'warns', text: oneLine(text) }];
    }
    // The provider answered, so whatever was wrong before is over.
    this.#trouble = null;
    const total = usage === undefined ? null : this.#tokens.message(id ?? '', usage);
    const steps = content.flatMap((block) => this.#block(block));
    return total === null ? steps : [...steps, { type: 'usage', usage: total }];
  }

  #block(block: ContentBlock): readonly AgentEvent[] {
    switch (block.type) {
      case 'text':
        if (block.text.startsWith('[Request interrupted')) this.#interrupted = true;
        return saying('says', block.text);
      case 'thinking':
        return saying('thinks', block.thinking);
      case 'tool_use': {
        const file = editedFile(block.name, block.input);
        if (file !== null) this.#pendingEdits.set(block.id, file);
        return [toolStep(block.name, block.input, this.#cwd)];
      }
      case 'tool_result':
        return this.#toolResult(block.tool_use_id, block.is_error === true, block.content);
      case 'unknown':
        return [];
    }
  }

  #toolResult(id: string, isError: boolean, content: unknown): readonly AgentEvent[] {
    const file = this.#pendingEdits.get(id);
    this.#pendingEdits.delete(id);
    if (!isError) {
      if (file !== undefined) this.#edits.add(withinCwd(file, this.#cwd));
      return [];
    }
    // A denial has been told already.
    if (this.#denials.has(id) || typeof content !== 'string') return [];
    const words = content.replace(/<\/?tool_use_error>/g, '');
    return saying('warns', words);
  }

  #lastWord(event: ClaudeResult): readonly AgentEvent[] {
    this.#result = event;
    for (const denial of event.permission_denials ?? []) {
      const what = describeTool(denial.tool_name ?? 'Tool', denial.tool_input ?? {});
      this.#denials.set(denial.tool_use_id ?? what, what);
    }
    const usage = this.#tokens.result(event);
    const session = this.#session(event.session_id);
    return usage === null ? session : [...session, { type: 'usage', usage }];
  }
}

function saying(kind: 'says' | 'thinks' | 'warns', text: string): readonly AgentEvent[] {
  const line = oneLine(text);
  return line === '' ? [] : [{ type: 'step', kind, text: line }];
}
