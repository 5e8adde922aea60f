import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import { asTaskId, type TaskKey, taskKey } from '../../../shared/ids.ts';
import type { Outline, OutlinedDependency, OutlinedTask } from '../../../tasks/format/outline.ts';

/** The element at a position of a plan. */
export type PlanSpot =
  | { readonly kind: 'id'; readonly task: OutlinedTask; readonly span: Span }
  | {
      readonly kind: 'group';
      readonly task: OutlinedTask;
      readonly id: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'dependency';
      readonly task: OutlinedTask;
      readonly dependency: OutlinedDependency;
      readonly span: Span;
    }
  | { readonly kind: 'task'; readonly task: OutlinedTask; readonly span: Span };

/** The key of an outlined task within its folder's plan. */
export function keyOf({ source, id }: OutlinedTask): TaskKey {
  return taskKey(source, asTaskId(id));
}

/** The outline of one text, with lookups by key and by offset. */
export class OutlinedPlan {
  readonly tasks: readonly OutlinedTask[];
  readonly #byKey = new Map<TaskKey, OutlinedTask>();

  constructor(outline: Outline) {
    this.tasks = outline.tasks;
    for (const task of outline.tasks) {
      const key = keyOf(task);
      // If several tasks have the same id, the plan keeps the first.
      if (!this.#byKey.has(key)) {
        this.#byKey.set(key, task);
      }
    }
  }

  task(key: TaskKey): OutlinedTask | undefined {
    return this.#byKey.get(key);
  }

  /** The innermost task that contains an offset. */
  taskAt(offset: number): OutlinedTask | undefined {
    for (let index = this.#lastBefore(offset); index >= 0; index -= 1) {
      const task = this.tasks[index];
      if (task !== undefined && covers(task.span, offset)) {
        return task;
      }
    }
    return undefined;
  }

  /** The element at an offset: an id, a marker, a dependency, or the head of a task. */
  spotAt(offset: number): PlanSpot | undefined {
    const task = this.taskAt(offset);
    if (task === undefined) {
      return undefined;
    }
    const dependency = task.dependencies.find(({ span }) => covers(span, offset));
    if (dependency !== undefined) {
      return { kind: 'dependency', task, dependency, span: dependency.span };
    }
    const groups = task.group === null ? task.otherGroups : [task.group, ...task.otherGroups];
    const group = groups.find(({ span }) => covers(span, offset));
    if (group !== undefined) {
      return { kind: 'group', task, id: group.id, span: group.span };
    }
    if (task.idSpan !== null && covers(task.idSpan, offset)) {
      return { kind: 'id', task, span: task.idSpan };
    }
    return covers(task.head, offset) ? { kind: 'task', task, span: task.head } : undefined;
  }

  /** The index of the last task that begins at or before the offset; -1 if there is none. */
  #lastBefore(offset: number): number {
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tasks[middle]?.span.start ?? 0) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}

function covers({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
