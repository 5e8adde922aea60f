/** Fields of the blackboard beside each agent's own task. All agents see them; only results add to them. */
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

/** Blackboard content shared by all tasks of a run. */
export interface Blackboard extends Readonly<Record<ListField, readonly string[]>> {
  /** By name; values as JSON. */
  readonly artifacts: Readonly<Record<string, unknown>>;
}
