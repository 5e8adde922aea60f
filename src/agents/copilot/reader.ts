import type { Failure } from '../../shared/failure.ts';
import { isObject, type JsonObject } from '../../shared/json-object.ts';
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
import {
  apiFailure,
  type ApiTrouble,
  isProviderError,
  isThrottling,
} from '../stream/api-failure.ts';
import { usedSince } from '../stream/cumulative.ts';
import { type EventReader, eventStream } from '../stream/event-stream.ts';
import { gaveUp, interruptedFailure, judge, limitFailure } from '../stream/failures.ts';
import {
  describeTool,
  editedFiles,
  textOf,
  textSteps,
  type ToolInput,
  type Tools,
  toolSteps,
} from '../stream/tool-words.ts';
import { WorkRecord } from '../stream/work-record.ts';
import { IGNORED } from './ignored.ts';
import {
  type CopilotData,
  type CopilotEvent,
  parseCopilotEvent,
  parseUsageReport,
} from './schema.ts';

/** The tools of Copilot CLI. */
const TOOLS: Tools = new Map([
  ['create', 'edit'],
  ['edit', 'edit'],
  ['str_replace', 'edit'],
  ['insert', 'edit'],
  ['apply_patch', 'edit'],
  ['view', 'read'],
  ['grep', 'search'],
  ['rg', 'search'],
  ['glob', 'search'],
  ['bash', 'run'],
  ['powershell', 'run'],
  ['local_shell', 'run'],
  ['ask_user', 'ask'],
]);

/** Reads `copilot --output-format json`. Paths within `cwd` are shortened. */
export function copilotAdapter(
  program: Program,
  cwd: string,
  options: AdapterOptions,
): StreamAdapter {
  return eventStream(new CopilotReader(program, cwd, options));
}

class CopilotReader implements EventReader {
  readonly title: string;
  readonly ignored = IGNORED;
  readonly #program: Program;
  readonly #cwd: string;
  readonly #baseline: Usage | null;
  readonly #work: WorkRecord;
  /** Running tool calls: id → description. */
  readonly #tools = new Map<string, string>();
  /** Open requests for permission: id → description. */
  readonly #requests = new Map<string, string>();
  #hasEvents = false;
  #trouble: ApiTrouble | null = null;
  /** Whether `#trouble` is a failed request to the provider. */
  #requestFailed = false;
  #aborted: string | null = null;
  #exitCode: number | null = null;

  constructor(program: Program, cwd: string, { baseline }: AdapterOptions) {
    this.title = program.title;
    this.#program = program;
    this.#cwd = cwd;
    this.#baseline = baseline ?? null;
    this.#work = new WorkRecord(cwd);
  }

  read(object: JsonObject): readonly AgentEvent[] | null {
    const event = parseCopilotEvent(object);
    if (event === null) {
      return null;
    }
    this.#hasEvents = true;
    return this.#event(event);
  }

  finish(end: ProcessEnd): Verdict {
    const done = this.#exitCode === 0 && this.#aborted === null;
    const { denials } = this.#work;
    this.#work.usage = this.#usage(end.usageReport ?? '');
    const failure = judge(this.#program, end, { done, failure: this.#failure(end, done), denials });
    return this.#work.verdict(failure, done);
  }

  #failure(end: ProcessEnd, done: boolean): Failure | null {
    if (done) {
      return null;
    }
    if (this.#aborted === 'autopilot_credit_limit') {
      return limitFailure(this.#program, t('limit of credits'));
    }
    if (this.#aborted !== null) {
      return interruptedFailure(this.#program);
    }
    const trouble = this.#trouble ?? this.#signInTrouble(end);
    if (trouble === null) {
      return null;
    }
    return this.#requestFailed || isProviderError(trouble)
      ? apiFailure(this.#program, trouble)
      : gaveUp(this.#program, plainLine(trouble.text));
  }

  /** Without a sign-in, the program prints no events but several lines of advice. */
  #signInTrouble({ exitCode, lastLine }: ProcessEnd): ApiTrouble | null {
    if (this.#hasEvents || exitCode === 0 || !/auth|log ?in/i.test(lastLine)) {
      return null;
    }
    return { status: 401, code: null, text: lastLine, retryAfterMs: null };
  }

  /** Only the usage report counts tokens. Its figures continue when a session is resumed. */
  #usage(report: string): Usage | null {
    const models = report === '' ? null : parseUsageReport(report);
    if (models === null) {
      return null;
    }
    const sum = (of: 'input' | 'output'): number => models.reduce((all, each) => all + each[of], 0);
    const total = { inputTokens: sum('input'), outputTokens: sum('output'), costUsd: null };
    return usedSince(total, this.#baseline);
  }

  #event(event: CopilotEvent): readonly AgentEvent[] {
    switch (event.type) {
      case 'session.start':
        return this.#work.session(event.data.sessionId);
      case 'assistant.message':
        return this.#message(event.data);
      case 'assistant.reasoning':
        return textSteps('thinks', event.data.content ?? '');
      case 'tool.execution_start':
        return this.#toolBegins(event.data);
      case 'tool.execution_complete':
        return this.#toolEnds(event.data);
      case 'permission.requested':
        this.#requests.set(
          event.data.requestId ?? '',
          describeRequest(event.data.permissionRequest ?? {}),
        );
        return [];
      case 'permission.completed':
        return this.#permission(event.data);
      case 'model.call_failure':
        return this.#callFailed(event.data);
      case 'session.error':
        return this.#failed(event.data);
      case 'session.warning':
        return textSteps('warns', event.data.message ?? '');
      case 'subagent.failed':
        return textSteps('warns', event.data.error ?? '');
      case 'user_input.requested':
        return needsYou(event.data.question);
      case 'elicitation.requested':
        return needsYou(event.data.message);
      case 'abort':
        this.#aborted = event.data?.reason ?? 'aborted';
        return [];
      case 'result':
        this.#exitCode = event.exitCode;
        return this.#work.session(event.sessionId);
      default:
        return unreachable(event);
    }
  }

  #message(data: CopilotData<'assistant.message'>): readonly AgentEvent[] {
    // The provider answered, so earlier errors are over.
    this.#trouble = null;
    this.#requestFailed = false;
    const content = data.content ?? '';
    if (content.trim() !== '' && data.parentToolCallId === undefined) {
      this.#work.summary = content;
    }
    return [...textSteps('thinks', data.reasoningText ?? ''), ...textSteps('says', content)];
  }

  #toolBegins(data: CopilotData<'tool.execution_start'>): readonly AgentEvent[] {
    const id = data.toolCallId ?? '';
    const name = data.toolName ?? 'Tool';
    const input = inputOf(data.arguments);
    this.#work.toolBegins(id, editedFiles(TOOLS, name, input));
    this.#tools.set(id, describeTool(TOOLS, name, input));
    return toolSteps(TOOLS, name, input, this.#cwd);
  }

  #toolEnds(data: CopilotData<'tool.execution_complete'>): readonly AgentEvent[] {
    const id = data.toolCallId ?? '';
    const succeeded = data.success === true;
    this.#work.toolEnds(id, succeeded);
    const what = this.#tools.get(id) ?? data.toolName ?? 'Tool';
    this.#tools.delete(id);
    if (succeeded) {
      this.#work.edited(data.fileEdits.map((edit) => edit.path));
      // A command that fails is still a successful tool call.
      const code = data.shellExecution?.exitCode ?? 0;
      return code === 0 ? [] : textSteps('warns', t('exit code {0}', code));
    }
    const words = data.error?.message ?? '';
    const { code } = data.error ?? {};
    if (code === 'denied' || code === 'rejected') {
      return this.#denied(id, what, words);
    }
    return this.#work.wasDenied(id) ? [] : textSteps('warns', words);
  }

  #permission(data: CopilotData<'permission.completed'>): readonly AgentEvent[] {
    const request = data.requestId ?? '';
    const what = this.#requests.get(request) ?? 'Tool';
    this.#requests.delete(request);
    const kind = data.result?.kind ?? '';
    if (!kind.startsWith('denied')) {
      return [];
    }
    const id = data.toolCallId ?? request;
    return this.#denied(id, this.#tools.get(id) ?? what, kind.replaceAll('-', ' '));
  }

  #denied(id: string, what: string, words: string): readonly AgentEvent[] {
    const isNew = !this.#work.wasDenied(id);
    this.#work.denied(id, what);
    return isNew
      ? [{ type: 'step', kind: 'warns', text: plainLine(t('denied  {0}: {1}', what, words)) }]
      : [];
  }

  #callFailed(data: CopilotData<'model.call_failure'>): readonly AgentEvent[] {
    const { statusCode: status = null, errorType: code = null, errorMessage: text = '' } = data;
    this.#trouble = { status, code, text, retryAfterMs: null };
    this.#requestFailed = true;
    const attempt = (data.retryAttempt ?? 0) + 1;
    const words = plainLine(
      t('{0}, attempt {1}  {2}', status ?? t('no connection'), attempt, text),
    );
    return isThrottling(this.#trouble)
      ? [{ type: 'throttled', untilMs: null, text: words }]
      : textSteps('warns', words);
  }

  #failed(data: CopilotData<'session.error'>): readonly AgentEvent[] {
    const { statusCode: status = null, errorType: code = null, message: text = '' } = data;
    this.#trouble = { status, code, text, retryAfterMs: null };
    return textSteps('warns', text);
  }
}

/** Some tools have one string instead of parameters: a patch. */
function inputOf(value: unknown): ToolInput {
  if (isObject(value)) {
    return value;
  }
  return typeof value === 'string' ? { input: value } : {};
}

/** A request for permission in a few words. */
function describeRequest(request: JsonObject): string {
  const names = ['fullCommandText', 'fileName', 'path', 'url', 'toolName'];
  const what = textOf(request, names) ?? '';
  return `${textOf(request, ['kind']) ?? 'Tool'}: ${what}`;
}

function needsYou(question: string | undefined): readonly AgentEvent[] {
  return [{ type: 'needs_you', text: plainLine(question ?? t('It has a question.')) }];
}
