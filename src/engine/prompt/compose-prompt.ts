import { type BlackboardView, viewOf } from '../../coordinator/blackboard/blackboard.ts';
import { roleNamed } from '../../coordinator/blackboard/roles.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { splitAcceptance } from './acceptance.ts';
import { findSkills } from './find-skills.ts';
import { resumePrompt } from './resume-prompt.ts';
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
