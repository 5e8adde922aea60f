import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Plan, Problem } from '../../../coordinator/schema/task.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import type { OutlinedDependency, OutlinedTask } from '../../../tasks/format/outline.ts';
import { findDependency } from '../plan/find-dependency.ts';
import { keyOf, type OutlinedPlan } from '../plan/outlined-plan.ts';

/** The text in which to locate a problem. */
export interface ProblemText {
  readonly text: string;
  readonly plan: Plan;
  readonly outlined: OutlinedPlan;
  /** 1-based line of an offset. */
  readonly lineOf: (offset: number) => number;
}

/**
 * Locates a problem more precisely than its reader did: at its dependency, id, file or marker. `null` if the text does
 * not contain it, or no longer does.
 */
export function closerPlace(problem: Problem, text: ProblemText): Span | null {
  switch (problem.code) {
    case 'unknown-dependency':
      return unknownDependency(problem, text);
    case 'duplicate-id':
      return duplicateId(problem, text);
    case 'dependency-cycle':
      return firstEdge(problem, text);
    case 'shared-file':
      return sharedFile(problem, text);
    case 'almost-marker':
    case 'several-groups':
      return markerInJson(problem, text);
    default:
      return null;
  }
}

/** The dependency of one task on another, as written in this text; `undefined` if there is none. */
export function edgeBetween(
  from: OutlinedTask,
  to: TaskKey,
  plan: Plan,
): OutlinedDependency | undefined {
  return from.dependencies.find(({ written }) => findDependency(plan, from, written).key === to);
}

function unknownDependency({ tasks = [], written }: Problem, text: ProblemText): Span | null {
  const task = firstOf(tasks, text);
  const dependency = task?.dependencies.find(
    (each) => each.written === written || `${parentOf(task)}${each.written}` === written,
  );
  return dependency?.span ?? null;
}

/** The repeated task whose line is nearest to the problem's line, which is that of the last read. */
function duplicateId({ tasks: [key] = [], place }: Problem, text: ProblemText): Span | null {
  const { outlined, lineOf } = text;
  const [, ...repeats] = outlined.tasks.filter((task) => keyOf(task) === key);
  const distance = ({ head }: OutlinedTask): number => Math.abs(lineOf(head.start) - place.line);
  const [nearest] = repeats.sort((a, b) => distance(a) - distance(b));
  return nearest === undefined ? null : (nearest.idSpan ?? nearest.head);
}

function firstEdge({ tasks = [] }: Problem, text: ProblemText): Span | null {
  const [, second = tasks[0]] = tasks;
  const task = firstOf(tasks, text);
  return task === undefined || second === undefined
    ? null
    : (edgeBetween(task, second, text.plan)?.span ?? null);
}

/** The file or folder of the second task that overlaps with one of the first task; else the task's head. */
function sharedFile({ tasks = [] }: Problem, { plan, outlined }: ProblemText): Span | null {
  const [first, second] = tasks;
  const task = second === undefined ? undefined : outlined.task(second);
  const others = first === undefined ? [] : (plan.tasks.get(first)?.files ?? []);
  const file = task?.files.find(({ path }) => others.some((other) => overlaps(path, other)));
  return file?.span ?? task?.head ?? null;
}

/** The marker in one of an object's strings; readers of JSON locate such a problem at the object. */
function markerInJson({ code, message, place }: Problem, context: ProblemText): Span | null {
  const { outlined, text, lineOf } = context;
  const task = outlined.tasks.find(
    ({ head }) => text[head.start] === '{' && lineOf(head.start) === place.line,
  );
  const places = code === 'almost-marker' ? task?.almostMarkers : task?.otherGroups;
  const named = places?.find(({ span }) => message.includes(text.slice(span.start, span.end)));
  return (named ?? places?.[0])?.span ?? null;
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function firstOf([key]: readonly TaskKey[], { outlined }: ProblemText): OutlinedTask | undefined {
  return key === undefined ? undefined : outlined.task(key);
}

function parentOf({ id }: OutlinedTask): string {
  return id.replace(/[^.]*$/, '');
}
