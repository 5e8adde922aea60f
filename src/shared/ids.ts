/** Branded string types for keys, so that one cannot be used for another. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A task source: the plan file's path relative to the workspace, with `/`. */
export type SourceId = Branded<'SourceId'>;
/** A task's own id within its source, such as `T012` or `1.2.1`. */
export type TaskId = Branded<'TaskId'>;
/** `<source>#<id>`: names a task across all sources and never changes because another plan appears. */
export type TaskKey = Branded<'TaskKey'>;
/** The id in `[P:Group-<id>]`, in its first spelling; `_sequential` for unmarked tasks. */
export type GroupId = Branded<'GroupId'>;
/** `<source>#<lower-cased group id>`. */
export type GroupKey = Branded<'GroupKey'>;
/** One execution of one group, such as `20261121T035337Z-5f3a9c`. Sorts by start. */
export type RunId = Branded<'RunId'>;
/** An agent's name: `claude`, `run`, or the name of a custom command. */
export type AgentId = Branded<'AgentId'>;

export const asSourceId = (text: string): SourceId => text as SourceId;
export const asTaskId = (text: string): TaskId => text as TaskId;
export const asGroupId = (text: string): GroupId => text as GroupId;
export const asRunId = (text: string): RunId => text as RunId;
export const asAgentId = (text: string): AgentId => text as AgentId;

/** The group of unmarked tasks; they run one at a time in source order. */
export const SEQUENTIAL = asGroupId('_sequential');

/** Source of the groups of maps, which belong to no plan. */
export const MAP_SOURCE = asSourceId('map');

/** Whether a group key, as used in views, belongs to a map. */
export function isMap(key: GroupKey): boolean {
  return key.startsWith(`${MAP_SOURCE}#`) || key.includes(`/${MAP_SOURCE}#`);
}

export function taskKey(source: SourceId, id: TaskId): TaskKey {
  return `${source}#${id}` as TaskKey;
}

/** Group ids that differ only in case name the same group. */
export function groupKey(source: SourceId, id: GroupId): GroupKey {
  return `${source}#${id.toLowerCase()}` as GroupKey;
}

export const asTaskKey = (text: string): TaskKey => text as TaskKey;
export const asGroupKey = (text: string): GroupKey => text as GroupKey;
