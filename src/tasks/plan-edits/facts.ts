import type { Task } from '../../coordinator/schema/task.ts';
import { asSourceId } from '../../shared/ids.ts';
import type { Outline, OutlinedTask } from '../format/outline.ts';
import { formatOf } from '../read/formats.ts';

/** The facts of a task that an edit must not change as a side effect. */
export interface Facts {
  readonly source: string;
  readonly id: string;
  readonly fingerprint: string;
  /** Group of the effective marker. An inferred group depends on the neighbouring tasks and does not count. */
  readonly group: string | null;
  /** Dependencies as written, without those that headings and nesting imply. */
  readonly dependencies: readonly string[];
  /** All other facts, as one string. */
  readonly others: string;
}

/** A plan as an edit sees it: its text, the positions in it and its facts. */
export interface PlanText {
  readonly text: string;
  readonly outline: Outline;
  readonly facts: readonly Facts[];
}

/** Reads the text of a plan (without byte order mark); `null` if edits do not support its format. */
export function planText(text: string, path: string): PlanText | null {
  const format = formatOf(path, text);
  const source = asSourceId(path);
  const outline = format.outline?.(text, source);
  if (outline === undefined) {
    return null;
  }
  const { tasks } = format.read(text, source);
  return { text, outline, facts: outline.tasks.map((each, index) => factsOf(each, tasks[index])) };
}

function factsOf(outlined: OutlinedTask, task: Task | undefined): Facts {
  const { source, id, fingerprint, group, dependencies } = outlined;
  return {
    source,
    id,
    fingerprint,
    group: group?.id ?? null,
    dependencies: dependencies.map(({ written }) => written),
    others: task === undefined ? '' : JSON.stringify(otherFacts(task)),
  };
}

function otherFacts(task: Task): readonly unknown[] {
  const { title, description, status, subagent, fallbackAgents, skills, files } = task;
  const { contextFiles, priority, run } = task;
  // A deleted marker may leave a space or an empty line.
  const words = description.replace(/\s+/g, ' ').trim();
  const agents = [subagent, fallbackAgents, skills];
  return [title, words, status.word, agents, files, contextFiles, priority, run];
}
