/**
 * What stands on the blackboard beside each agent's own task, which everybody sees and nobody writes: what results can
 * add to.
 */
export const SHARED_FIELDS = [
  'requirements',
  'constraints',
  'decisions',
  'artifacts',
  'findings',
] as const;
export type SharedField = (typeof SHARED_FIELDS)[number];

/** The fields that are lists of sentences. */
export type ListField = Exclude<SharedField, 'artifacts'>;

/** What all tasks of a run share. */
export interface Blackboard extends Readonly<Record<ListField, readonly string[]>> {
  /** By name; values as JSON. */
  readonly artifacts: Readonly<Record<string, unknown>>;
}
