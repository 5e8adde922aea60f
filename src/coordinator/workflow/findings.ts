import { t } from '../../shared/messages.ts';
import { failingSuites } from './judge-stage.ts';
import type { StagePassage, WorkflowState } from './state.ts';

/** Agents read them: a few that say something, none without end. */
const MOST_FINDINGS = 20;
const MOST_CHARACTERS = 2000;

/** What is known to be wrong after a passage, for those who have to mend it: a sentence each. */
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

/** A share as a person reads it. */
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
