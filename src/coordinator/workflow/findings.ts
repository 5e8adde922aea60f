import { t } from '../../shared/messages.ts';
import { failingSuites } from './judge-stage.ts';
import type { StagePassage, WorkflowState } from './state.ts';

/** Limits for agents' prompts. */
const MOST_FINDINGS = 20;
const MOST_CHARACTERS = 2000;

/** Known problems after a passage, one sentence each, for the agents that fix them. */
export function findingsOf(state: WorkflowState, passage: StagePassage): string[] {
  const findings = [
    ...passage.findings,
    ...failingSuites(passage),
    ...gateFinding(state, passage),
    ...failedTasks(state, passage),
  ];
  return [...new Set(findings)]
    .slice(0, MOST_FINDINGS)
    .map((finding) => finding.slice(0, MOST_CHARACTERS));
}

/** Why the gate of a stage is closed. */
export function gateSentence(state: WorkflowState, passage: StagePassage): string {
  const { gate, counts } = passage;
  const tried = counts.completed + counts.failed;
  const name = state.definition.stages[passage.stage]?.id ?? '';
  return t(
    'The gate of {0} wants {1} of its tasks to succeed; {2} of {3} did.',
    name,
    percent(gate?.required ?? 0),
    counts.completed,
    tried,
  );
}

/** A ratio as a percentage. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function gateFinding(state: WorkflowState, passage: StagePassage): string[] {
  return passage.gate?.open === false ? [gateSentence(state, passage)] : [];
}

function failedTasks({ results, tasks }: WorkflowState, { stage }: StagePassage): string[] {
  return (tasks[stage] ?? []).flatMap(({ key, id, title }) => {
    const result = results.get(key);
    return result?.status === 'failed' ? [`${id} ${title} failed: ${result.message}`] : [];
  });
}
