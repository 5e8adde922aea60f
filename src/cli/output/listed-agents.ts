import { t } from '../../shared/messages.ts';
import type { AgentsView, AgentView } from '../../shared/view-models/agent-views.ts';
import { signInWords, stateWords } from '../../shared/words/agent-words.ts';
import { table, visibleLine } from './table.ts';

/** An agent in the JSON output. `until`: ISO 8601. */
export function listedAgent(agent: AgentView): object {
  const { id, title, kind, version, state, why, running, from, program, place } = agent;
  const { tested, untested, signIn } = agent;
  return {
    id,
    title,
    kind,
    version,
    state: state.kind,
    running,
    limit: 'limit' in state ? state.limit : null,
    until: state.kind === 'breaker_open' ? new Date(state.until).toISOString() : null,
    why,
    from,
    program,
    place,
    tested,
    untested,
    sign_in: signIn,
  };
}

/** Describes agents and subagents for a person. `now`: ms since the epoch. */
export function describeAgents(
  { agents, subagents, problems, notices }: AgentsView,
  now: number,
): string {
  const rows = agents.map(({ id, title, version, state, from }) => [
    id,
    title === id ? '' : title,
    version ?? '',
    stateWords(state, now),
    from,
  ]);
  const roles = subagents.map(({ name, type, role, agent, from, place }) => [
    name,
    type,
    role,
    agent,
    place === null ? from : `${place.file}:${place.line}`,
  ]);
  const whys = agents.flatMap(({ why }) => why ?? []);
  const untested = agents.flatMap((agent) => agent.untested ?? []);
  const signIns = agents.flatMap(signInLines);
  return [
    `${t('Agents')}\n${table(rows, '  ')}`,
    `${t('Subagents')}\n${table(roles, '  ')}`,
    ...section(t('Why some take no task'), whys),
    ...section(t('Signing in'), signIns),
    ...section(t('Versions'), untested),
    ...section(t('Problems'), problems),
    ...section(t('Overridden'), notices),
  ].join('\n\n');
}

/** The sign-in of an installed agent: where it was found, or how to sign in. */
function signInLines({ title, state, signIn }: AgentView): string[] {
  return signIn === null || state.kind === 'not_installed'
    ? []
    : [`${title}: ${signInWords(signIn)}`];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : [`${title}\n${lines.map((line) => `  ${visibleLine(line)}`).join('\n')}`];
}
