import type { Task } from '../../coordinator/schema/task.ts';
import { asSourceId } from '../../shared/ids.ts';
import type { Outline, OutlinedTask } from '../format/outline.ts';
import { formatOf } from '../read/formats.ts';

/** Everything of a task that an edit must not change by the way. */
export interface Facts {
  readonly source: string;
  readonly id: string;
  readonly fingerprint: string;
  /** Of the marker that counts; an inferred group follows from the tasks around and is none. */
  readonly group: string | null;
  /** As written; what follows from headings and nesting is not among them. */
  readonly dependencies: readonly string[];
  /** The rest, as one string. */
  readonly others: string;
}

/** A plan as an edit sees it: where everything stands, and what it says. */
export interface PlanText {
  readonly text: string;
  readonly outline: Outline;
  readonly facts: readonly Facts[];
}

/** Looks at the text of a plan (without byte order mark); `null` where its format is not edited here. */
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
  // A marker that goes may leave a space or an empty line behind.
  const words = description.replace(/\s+/g, ' ').trim();
  const agents = [subagent, fallbackAgents, skills];
  return [title, words, status.word, agents, files, contextFiles, priority, run];
}
