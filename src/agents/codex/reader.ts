import type { Failure } from '../../shared/failure.ts';
import type { JsonObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
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
import { usedSince } from '../stream/cumulative.ts';
import { type EventReader, eventStream } from '../stream/event-stream.ts';
import { judge } from '../stream/failures.ts';
import { editStep, textSteps } from '../stream/tool-words.ts';
import { WorkRecord } from '../stream/work-record.ts';
import { type CodexEvent, type CodexItem, type CodexUsage, parseCodexEvent } from './schema.ts';

/** Ignored: the same items come complete in `item.completed`. */
const IGNORED: ReadonlySet<string> = new Set(['item.updated']);

const CHANGES: Readonly<Record<string, string>> = { add: 'new', delete: 'deleted' };

/** Reads `codex exec --json`. Paths within `cwd` are shortened. */
export function codexAdapter(
  program: Program,
  cwd: string,
  options: AdapterOptions,
): StreamAdapter {
  return eventStream(new CodexReader(program, cwd, options));
}

class CodexReader implements EventReader {
  readonly title: string;
  readonly ignored = IGNORED;
  readonly #program: Program;
  readonly #cwd: string;
  readonly #baseline: Usage | null;
  readonly #work: WorkRecord;
  readonly #begun = new Set<string>();
  #trouble: ApiTrouble | null = null;
  /** How the last turn ended; `null` while it lasts. */
  #turn: 'completed' | 'failed' | null = null;

  constructor(program: Program, cwd: string, { baseline }: AdapterOptions) {
    this.title = program.title;
    this.#program = program;
    this.#cwd = cwd;
    this.#baseline = baseline ?? null;
    this.#work = new WorkRecord(cwd);
  }

  read(object: JsonObject): readonly AgentEvent[] | null {
    const event = parseCodexEvent(object);
    return event === null ? null : this.#event(event);
  }

  finish(end: ProcessEnd): Verdict {
    const done = this.#turn === 'completed';
    const { denials } = this.#work;
    const failure = judge(this.#program, end, { done, failure: this.#failure(), denials });
    return this.#work.verdict(failure, done);
  }

  #failure(): Failure | null {
    return this.#turn === 'completed' || this.#trouble === null
      ? null
      : apiFailure(this.#program, this.#trouble);
  }

  #event(event: CodexEvent): readonly AgentEvent[] {
    switch (event.type) {
      case 'thread.started':
        return this.#work.session(event.thread_id);
      case 'turn.started':
        this.#turn = null;
        return [];
      case 'turn.completed':
        this.#turn = 'completed';
        return this.#usage(event.usage);
      case 'turn.failed':
        this.#turn = 'failed';
        this.#failed(event.error?.message ?? this.#trouble?.text ?? '');
        return [];
      case 'error':
        return this.#error(event.message ?? '');
      case 'item.started':
        return this.#begins(event.item);
      case 'item.completed': {
        const { item } = event;
        // Older versions report some items only when they are completed.
        const known = !('id' in item) || item.id === undefined || this.#begun.delete(item.id);
        return known ? this.#completed(item) : [...this.#begins(item), ...this.#completed(item)];
      }
      default:
        return unreachable(event);
    }
  }

  /** Figures continue when a session is resumed. The input includes cached input. */
  #usage(usage: CodexUsage | undefined): readonly AgentEvent[] {
    if (usage === undefined) {
      return [];
    }
    const total: Usage = {
      inputTokens: Math.max(0, usage.input_tokens ?? 0),
      outputTokens: Math.max(0, usage.output_tokens ?? 0),
      costUsd: null,
    };
    this.#work.usage = usedSince(total, this.#baseline);
    return [{ type: 'usage', usage: this.#work.usage }];
  }

  /** `Reconnecting… 1/5 (…)` while Codex retries, then the same message without the count. */
  #error(message: string): readonly AgentEvent[] {
    this.#failed(message);
    const text = plainLine(message);
    if (text === '') {
      return [];
    }
    if (this.#trouble !== null && isThrottling(this.#trouble)) {
      return [{ type: 'throttled', untilMs: null, text }];
    }
    return [{ type: 'step', kind: 'warns', text }];
  }

  #failed(text: string): void {
    this.#trouble = { status: null, code: null, text, retryAfterMs: null };
  }

  #begins(item: CodexItem): readonly AgentEvent[] {
    if ('id' in item && item.id !== undefined) {
      this.#begun.add(item.id);
    }
    switch (item.type) {
      case 'command_execution':
        return [{ type: 'step', kind: 'run', text: plainLine(shortCommand(item.command ?? '')) }];
      case 'file_change':
        return item.changes.map((change) =>
          editStep(change.path, this.#cwd, CHANGES[change.kind ?? ''] ?? ''),
        );
      case 'mcp_tool_call':
        return tool(`${item.server ?? ''}.${item.tool ?? ''}`);
      case 'collab_tool_call':
        return tool(`${item.tool ?? ''}  ${item.prompt ?? ''}`);
      case 'web_search':
        return tool(t('search  {0}', item.query ?? ''));
      case 'agent_message':
      case 'reasoning':
      case 'todo_list':
      case 'error':
        return [];
      default:
        return unreachable(item);
    }
  }

  #completed(item: CodexItem): readonly AgentEvent[] {
    switch (item.type) {
      case 'agent_message':
        // The provider answered, so earlier errors are over.
        this.#trouble = null;
        this.#work.summary = item.text;
        return textSteps('says', item.text);
      case 'reasoning':
        return textSteps('thinks', item.text ?? '');
      case 'command_execution':
        return this.#commandEnded(item);
      case 'file_change':
        return this.#filesChanged(item);
      case 'mcp_tool_call':
        return item.status === 'failed' ? textSteps('warns', item.error?.message ?? '') : [];
      case 'error':
        return textSteps('warns', item.message ?? '');
      case 'collab_tool_call':
      case 'web_search':
      case 'todo_list':
        return [];
      default:
        return unreachable(item);
    }
  }

  #commandEnded(item: Extract<CodexItem, { type: 'command_execution' }>): readonly AgentEvent[] {
    const command = shortCommand(item.command ?? '');
    if (item.status === 'declined') {
      return this.#declined(item.id, `command: ${command}`);
    }
    if (item.status !== 'failed') {
      return [];
    }
    const [last = ''] = (item.aggregated_output ?? '').trimEnd().split('\n').slice(-1);
    return textSteps('warns', t('exit code {0}  {1}', item.exit_code ?? '?', last));
  }

  #filesChanged(item: Extract<CodexItem, { type: 'file_change' }>): readonly AgentEvent[] {
    const files = item.changes.map((change) => change.path);
    if (item.status === 'declined') {
      return this.#declined(item.id, `file_change: ${files.join(', ')}`);
    }
    if (item.status === 'failed') {
      return textSteps('warns', t('could not change {0}', files.join(', ')));
    }
    this.#work.edited(files);
    return [];
  }

  #declined(id: string | undefined, what: string): readonly AgentEvent[] {
    this.#work.denied(id ?? what, what);
    return [{ type: 'step', kind: 'warns', text: plainLine(t('denied  {0}', what)) }];
  }
}

function tool(words: string): readonly AgentEvent[] {
  return [{ type: 'step', kind: 'tool', text: plainLine(words) }];
}

const IN_A_SHELL = /^\S*\b(?:bash|zsh|sh) -l?c (?:(["'])(.*)\1|(.+))$/s;

/** The command without the shell that runs it. */
function shortCommand(command: string): string {
  const [, , quoted, bare] = IN_A_SHELL.exec(command) ?? [];
  return quoted ?? bare ?? command;
}
