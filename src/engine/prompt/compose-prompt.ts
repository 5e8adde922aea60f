import { type BlackboardView, viewOf } from '../../coordinator/blackboard/blackboard.ts';
import { roleNamed } from '../../coordinator/blackboard/roles.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { Resume } from '../../coordinator/schema/events.ts';
import type { PlannedTask } from '../../coordinator/schema/run-spec.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { splitAcceptance } from './acceptance.ts';
import { findSkills } from './find-skills.ts';
import { oneLine, quote } from './quoted.ts';
import { writePrompt } from './write-prompt.ts';

/** The sources of a prompt, apart from the run itself. */
export interface PromptSources {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly config: Config;
  readonly plan: Plan;
  /** The output of the context refresh; may be empty. */
  readonly summary: string;
}

/** Maximum length of the summary in a prompt, UTF-16 units. */
const MOST_SUMMARY_CHARACTERS = 20_000;

/**
 * Composes the prompt of an attempt that would start at this moment. Launches and previews share it, so a preview is
 * exact. `null` if the command reads no prompt.
 */
export async function composePrompt(
  record: TaskRecord,
  run: RunState,
  sources: PromptSources,
  view: BlackboardView = viewOf(run, record),
): Promise<string | null> {
  const { planned } = record;
  const agent = agentOf(record);
  if (agent?.agent === 'run') {
    return null;
  }
  if (record.resume !== null) {
    return resumePrompt(planned, record.resume);
  }
  const subagent = agent?.subagent ?? planned.subagent;
  const { config, plan, workspaceRoot, summary } = sources;
  const task = plan.tasks.get(planned.key);
  // An edited task counts as another task: only its frozen text is used.
  const current = task?.fingerprint === planned.fingerprint ? task : undefined;
  const words =
    run.plan.map === undefined
      ? splitAcceptance(current?.description ?? '')
      : { description: run.plan.map.instruction ?? '', acceptance: '' };
  const skills = await findSkills(workspaceRoot, planned.skillsApplied);
  return writePrompt({
    taskId: planned.id,
    title: planned.title,
    ...words,
    test: planned.test?.label ?? null,
    unit: run.plan.map === undefined ? undefined : planned.id,
    source: run.plan.source,
    files: planned.files,
    contextFiles: current?.contextFiles ?? [],
    subagent,
    instructions: config.subagents[subagent]?.instructions ?? null,
    tools: agent?.tools?.enforced === false ? agent.tools : null,
    skills: skills.found,
    view,
    writes: roleNamed(view.role, run.plan.roles).writes,
    summary: summary.slice(0, MOST_SUMMARY_CHARACTERS),
    others: run.order
      .filter((other) => other !== record && other.state.kind === 'running')
      .map((other) => `${other.planned.id} ${other.planned.title}`),
  });
}

/**
 * The Markdown prompt for a resumed session. The session knows its task and rules, so the prompt has only what is new,
 * and why. Text and output of others are quoted as data.
 */
export function resumePrompt(
  { id, title }: Pick<PlannedTask, 'id' | 'title'>,
  { why, message }: Resume,
): string {
  const task = `${oneLine(id)} (${oneLine(title)})`;
  const opening =
    why === 'repair'
      ? `You said that your task ${task} was done. It was checked, and this speaks against it:`
      : `A person has something to add to your task ${task}:`;
  return [opening, quote(message), RULES].join('\n\n').concat('\n');
}

const RULES =
  'See to that in the current directory, then stop. Your task and its rules are as you were told before: do not commit, do ' +
  'not edit the plan file, and if you cannot finish, say plainly what is missing instead of claiming success.';
