import type { DispatchCode } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { plural } from '../../shared/words/durations.ts';
import { type SubagentType, subagentTypeSchema } from '../schema/config.ts';
import type { Task } from '../schema/task.ts';
import type { AgentFacts, AgentState } from './agent-state.ts';
import type { AgentEntry } from './entries.ts';
import type { AgentCatalog } from './registry.ts';

/** One candidate for a task: an agent and the subagent it plays. */
export interface Choice {
  readonly agent: string;
  readonly subagent: string;
}

/** The candidates for a task, or the reason why there is none. */
export type Dispatch =
  | {
      readonly kind: 'assigned';
      /** The subagent. If the task names a kind of work, the first subagent that does it. */
      readonly subagent: string;
      /** By preference; candidates with an open breaker come last. */
      readonly choices: readonly Choice[];
      /** Why other candidates were skipped, one sentence each. */
      readonly passedOver: readonly string[];
    }
  | { readonly kind: 'rejected'; readonly code: DispatchCode; readonly message: string };

/** A rejected candidate: the code that applies if it was the only one, and a sentence. */
interface Closed {
  readonly code: DispatchCode;
  readonly message: string;
  /** Ordered last: its breaker closes without intervention. */
  readonly later?: Choice;
}

/**
 * Resolves a task's agents: its subagent's agent, then its fallbacks, skipping those that are not registered,
 * installed, signed in or allowed. A busy agent stays in the list and the task waits for it. `subagent`: the subagent
 * chosen by the task's metadata or text.
 */
export function dispatch(
  task: DispatchedTask,
  subagent: string,
  registry: AgentCatalog,
  facts: AgentFacts,
): Dispatch {
  const invalid = invalidity(task);
  if (invalid !== null) {
    return { kind: 'rejected', code: 'TASK_VALIDATION_FAILED', message: invalid };
  }
  if (task.run !== null) {
    return { kind: 'assigned', subagent, choices: [], passedOver: [] };
  }
  const first = wayOf(subagent, subagent, task.subagent !== null, registry);
  const role = isClosed(first) ? subagent : first.subagent;
  const ways = [first, ...task.fallbackAgents.map((name) => wayOf(name, role, true, registry))];
  const looked = distinct(ways).map((way) =>
    isClosed(way) ? way : (closedBy(way, registry, facts) ?? way),
  );
  return summarise(role, looked);
}

function summarise(subagent: string, looked: readonly (Choice | Closed)[]): Dispatch {
  const open = looked.flatMap((way) => (isClosed(way) ? [] : way));
  const closed = looked.filter(isClosed);
  if (open.length === 0) {
    const message = closed.map((way) => way.message).join(' ');
    return { kind: 'rejected', code: strongestCode(closed), message };
  }
  const later = closed.flatMap((way) => way.later ?? []);
  return {
    kind: 'assigned',
    subagent,
    choices: [...open, ...later],
    passedOver: closed.map(({ message }) => message),
  };
}

/**
 * An unknown name is a mistake in the plan; a policy is a decision; any other reason means that no agent is available.
 */
function strongestCode(closed: readonly Closed[]): DispatchCode {
  const [first] = closed;
  if (first?.code === 'NO_AGENT_TYPE') {
    return first.code;
  }
  return closed.every(({ code }) => code === 'POLICY_VIOLATION')
    ? 'POLICY_VIOLATION'
    : 'NO_AVAILABLE_AGENT';
}

/** Resolves a name: a subagent, an agent (which then plays `role`), or a kind of work. */
function wayOf(
  name: string,
  role: string,
  isNamed: boolean,
  registry: AgentCatalog,
): Choice | Closed {
  const known = registry.subagent(name);
  if (known !== undefined) {
    return { agent: registry.agentOf(known), subagent: name };
  }
  if (registry.known().some(({ id }) => id === name)) {
    return { agent: name, subagent: role };
  }
  const type = typeNamed(name);
  const [worker] = type === null ? [] : registry.byType(type);
  if (worker !== undefined) {
    return { agent: registry.agentOf(worker), subagent: worker.id };
  }
  if (!isNamed) {
    return { agent: registry.agentOf(undefined), subagent: name };
  }
  return {
    code: 'NO_AGENT_TYPE',
    message:
      type === null
        ? t(
            'There is no agent or subagent called {0}. Define it in parallel-groups.json, or in a file of .claude/agents.',
            name,
          )
        : t('No subagent does {0}. Give one the type "{1}" in parallel-groups.json.', name, name),
  };
}

function typeNamed(name: string): SubagentType | null {
  const parsed = subagentTypeSchema.safeParse(name);
  return parsed.success ? parsed.data : null;
}

/** Why an agent cannot accept the task; `null` if it can, now or later. */
function closedBy(choice: Choice, registry: AgentCatalog, facts: AgentFacts): Closed | null {
  const entry = registry.known().find(({ id }) => id === choice.agent);
  if (entry === undefined) {
    return {
      code: 'NO_AGENT_TYPE',
      message: t(
        'There is no agent called {0}. Define it under "agents" in parallel-groups.json.',
        choice.agent,
      ),
    };
  }
  const state = registry.state(entry, facts);
  const why = closedWords(state, entry, facts.now);
  if (why === null) {
    return null;
  }
  const later = state.kind === 'breaker_open' ? { later: choice } : {};
  return { code: CODES[state.kind] ?? 'NO_AVAILABLE_AGENT', message: why, ...later };
}

const CODES: Partial<Record<AgentState['kind'], DispatchCode>> = {
  unregistered: 'NO_AGENT_TYPE',
  not_allowed: 'POLICY_VIOLATION',
};

/** Why an agent in this state accepts no task, and the remedy, in one or two sentences; `null`: it accepts some. */
export function closedWords(
  state: AgentState,
  entry: Pick<AgentEntry, 'id' | 'title' | 'program' | 'builtIn'>,
  now: number,
): string | null {
  const { id, title } = entry;
  switch (state.kind) {
    case 'available':
    case 'busy':
    case 'half_open':
      return null;
    case 'not_installed':
      return notInstalled(entry);
    case 'not_signed_in':
      return t(
        '{0} was not signed in: {1} {2} Then retry, or choose Check Again in the Agents view, or run parallel-groups agents check {3}.',
        title,
        state.message,
        entry.builtIn?.signIn?.how ?? 'Sign in.',
        id,
      );
    case 'breaker_open':
      return t(
        '{0} failed too often in a row and is not tried for {1}. Wait, or choose Reset Breaker in the Agents view.',
        title,
        secondsLeft(state.until, now),
      );
    case 'unregistered':
      return t(
        '{0} was unregistered. Choose Register Again in the Agents view, or run parallel-groups agents register {1}.',
        title,
        id,
      );
    case 'not_allowed':
      return t('The policy allowedAgents in parallel-groups.json does not allow {0}.', id);
    default:
      return unreachable(state);
  }
}

function notInstalled({
  id,
  title,
  program,
  builtIn,
}: Pick<AgentEntry, 'id' | 'title' | 'program' | 'builtIn'>): string {
  return builtIn === null
    ? t(
        'The program {0} of agent {1} was not found: give a name on the PATH or an absolute path.',
        program,
        id,
      )
    : t(
        '{0} ({1}) was not found. Install it with `{2}`, or set its path in parallelGroups.agentPaths.',
        title,
        program,
        builtIn.install,
      );
}

function secondsLeft(until: number, now: number): string {
  return plural(Math.max(1, Math.ceil((until - now) / 1000)), 'second');
}

function isClosed(way: Choice | Closed): way is Closed {
  return 'code' in way;
}

function distinct(ways: readonly (Choice | Closed)[]): (Choice | Closed)[] {
  const seen = new Set<string>();
  return ways.filter((way) => {
    const name = isClosed(way) ? way.message : `${way.agent}\n${way.subagent}`;
    return seen.has(name) ? false : seen.add(name);
  });
}

/** The fields of a task that are validated before dispatch. */
export type DispatchedTask = Pick<
  Task,
  'id' | 'title' | 'run' | 'priority' | 'subagent' | 'fallbackAgents'
>;

const LEAST_URGENT = 4;

/** The first problem of a task, as a sentence; `null`: none. */
function invalidity(task: DispatchedTask): string | null {
  const { title, run, priority } = task;
  if (title.trim() === '') {
    return t('It has no title, so nobody can know what to do. Write one.');
  }
  if (run !== null && run.trim() === '') {
    return t('Its run: is empty. Write a command there, or take run: away.');
  }
  if (!Number.isInteger(priority) || priority < 0 || priority > LEAST_URGENT) {
    return t('Its priority {0} is not one of 0 (most urgent) to 4.', priority);
  }
  if (task.subagent?.trim() === '' || task.fallbackAgents.some((name) => name.trim() === '')) {
    return t('It names a subagent or a fallback without a name. Write the name, or take it away.');
  }
  return null;
}
