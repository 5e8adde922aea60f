import { type AdapterId, BUILT_IN_AGENTS, type BuiltInAgent } from '../shared/agent-ids.ts';
import { CLAUDE } from './claude/agent.ts';
import { CODEX } from './codex/agent.ts';
import type {
  AdapterOptions,
  AgentEvent,
  ProcessEnd,
  StreamAdapter,
  Verdict,
} from './contract/adapter.ts';
import type { AgentDefinition, ConversationFormat, SessionCommand } from './contract/agent.ts';
import { exitFailure, stopFailure } from './contract/process-failure.ts';
import { plainLine } from './contract/text.ts';
import { COPILOT } from './copilot/agent.ts';
import { GEMINI } from './gemini/agent.ts';
import { OPENCODE } from './opencode/agent.ts';

/** The definition of every built-in agent. The compiler names an agent of `BUILT_IN_AGENTS` that is missing here. */
export const AGENTS: { readonly [Id in BuiltInAgent]: AgentDefinition<Id> } = {
  claude: CLAUDE,
  codex: CODEX,
  gemini: GEMINI,
  opencode: OPENCODE,
  copilot: COPILOT,
};

function definitionOf(adapter: AdapterId): AgentDefinition | null {
  return adapter === 'none' ? null : AGENTS[adapter];
}

/** An adapter for one attempt; `cwd` is the agent's working directory, absolute. */
export async function createAdapter(
  id: AdapterId,
  cwd: string,
  options: AdapterOptions = {},
): Promise<StreamAdapter> {
  return (await definitionOf(id)?.createAdapter(cwd, options)) ?? plainAdapter();
}

/** The format of a program's conversations. `null`: typed text is passed on unchanged. */
export function conversationFormat(adapter: AdapterId): ConversationFormat | null {
  return definitionOf(adapter)?.conversation ?? null;
}

/** Whether a program reports its usage in a file and not by events. */
export function reportsUsageInFile(adapter: AdapterId): boolean {
  return definitionOf(adapter)?.reportsUsageInFile ?? false;
}

/** Programs print session ids. This accepts no id that could be read as an option or as more than one word. */
const SESSION_ID = /^[A-Za-z0-9][\w.-]{0,199}$/;

/**
 * The command line that opens a session for a person, with the program's name as it is looked up in `PATH`. `null`: the
 * program cannot open sessions, or the id is not valid.
 */
export function sessionCommand(adapter: AdapterId, session: string): SessionCommand | null {
  const definition = definitionOf(adapter);
  const args = SESSION_ID.test(session) ? definition?.openSession(session) : null;
  return definition === null || args === null || args === undefined
    ? null
    : [definition.program, ...args];
}

/**
 * Whether a program can be started with a model's name. An alias or a family of another program would end its launch, so
 * the program then gets no name and uses its own default. A name that belongs to no program may be a deployment of any.
 */
export function knowsModel(program: BuiltInAgent, model: string): boolean {
  if (AGENTS[program].modelsByProvider) {
    return model.includes('/');
  }
  const owners = BUILT_IN_AGENTS.filter((id) => AGENTS[id].models.some((name) => name.test(model)));
  return owners.length === 0 || owners.includes(program);
}

/**
 * The adapter of a program without an event stream, such as a task's `run:` line or a test suite. The exit alone decides
 * about success, and each line of output is a step.
 */
function plainAdapter(): StreamAdapter {
  return {
    unknown: 0,
    accept(line: string): readonly AgentEvent[] {
      const text = plainLine(line);
      return text === '' ? [] : [{ type: 'step', kind: 'says', text }];
    },
    finish(end: ProcessEnd): Verdict {
      return {
        failure: stopFailure(end) ?? exitFailure(end),
        summary: null,
        sessionId: null,
        usage: null,
        edits: [],
        denials: [],
        lastWord: null,
      };
    },
  };
}
