import { t } from '../../shared/messages.ts';
import { naturally } from '../../shared/natural-order.ts';
import {
  type Blackboard,
  type ListField,
  SHARED_FIELDS,
  type SharedField,
} from '../schema/blackboard-fields.ts';
import type { PostedResult } from '../schema/posted.ts';
import { roleNamed, type Roles } from './roles.ts';

/** One entry that a result contributes to a field, and its outcome. */
export interface Change {
  readonly by: PostedResult;
  readonly field: SharedField;
  /** Name of an artifact; `null` for other fields. */
  readonly name: string | null;
  readonly value: unknown;
  /**
   * `replaced`: replaces another result's artifact of this name. `repeated`: already present. `refused`: the role may
   * not write the field.
   */
  readonly effect: 'added' | 'replaced' | 'repeated' | 'refused';
  /** A sentence for the user; `null` if there is nothing to report. */
  readonly note: string | null;
}

/** The merged board, and the changes of each result. */
export interface Merged {
  readonly board: Blackboard;
  readonly changes: readonly Change[];
}

/**
 * Merges results into a board, in the natural order of their tasks' ids (then keys, then attempts), independent of the
 * order in which they ended. Lists are unions without duplicates, in that order. If two results define the same
 * artifact, the later id wins. Fields that a role may not write are refused.
 */
export function merge(base: Blackboard, results: readonly PostedResult[], roles: Roles): Merged {
  if (results.length === 0) {
    return { board: base, changes: [] };
  }
  const draft = new Draft(base);
  for (const each of results.toSorted(inOrder)) {
    const { writes } = roleNamed(each.role, roles);
    for (const field of SHARED_FIELDS) {
      draft.add(each, field, writes.includes(field));
    }
  }
  return { board: draft.board(), changes: draft.changes };
}

function inOrder(a: PostedResult, b: PostedResult): number {
  return naturally(a.id, b.id) || naturally(a.task, b.task) || a.attempt - b.attempt;
}

/** A board under construction, with the author of each artifact. */
class Draft {
  readonly changes: Change[] = [];
  readonly #lists: Readonly<Record<ListField, Set<string>>>;
  readonly #artifacts: Map<string, unknown>;
  /** Author by artifact; artifacts of the base have none. */
  readonly #owners = new Map<string, PostedResult>();

  constructor(base: Blackboard) {
    this.#lists = {
      requirements: new Set(base.requirements),
      constraints: new Set(base.constraints),
      decisions: new Set(base.decisions),
      findings: new Set(base.findings),
    };
    this.#artifacts = new Map(Object.entries(base.artifacts));
  }

  board(): Blackboard {
    const { requirements, constraints, decisions, findings } = this.#lists;
    return {
      requirements: [...requirements],
      constraints: [...constraints],
      decisions: [...decisions],
      artifacts: Object.fromEntries(this.#artifacts),
      findings: [...findings],
    };
  }

  add(by: PostedResult, field: SharedField, allowed: boolean): void {
    if (field === 'artifacts') {
      for (const [name, value] of Object.entries(by.result.artifacts)) {
        this.#artifact(by, name, value, allowed);
      }
      return;
    }
    for (const value of by.result[field]) {
      this.#line(by, field, value, allowed);
    }
  }

  #line(by: PostedResult, field: ListField, value: string, allowed: boolean): void {
    const entry = { by, field, name: null, value };
    const list = this.#lists[field];
    if (!allowed) {
      this.changes.push({ ...entry, effect: 'refused', note: refusal(by, field) });
    } else if (list.has(value)) {
      this.changes.push({ ...entry, effect: 'repeated', note: null });
    } else {
      list.add(value);
      this.changes.push({ ...entry, effect: 'added', note: null });
    }
  }

  #artifact(by: PostedResult, name: string, value: unknown, allowed: boolean): void {
    const entry = { by, field: 'artifacts' as const, name, value };
    if (!allowed) {
      this.changes.push({ ...entry, effect: 'refused', note: refusal(by, 'artifacts') });
      return;
    }
    const known = this.#artifacts.has(name);
    const owner = this.#owners.get(name);
    this.#artifacts.set(name, value);
    this.#owners.set(name, by);
    if (known) {
      const whose = owner === undefined ? 'that the run began with' : `of ${owner.id}`;
      this.changes.push({
        ...entry,
        effect: 'replaced',
        note: t('It replaces the one {0}.', whose),
      });
    } else {
      this.changes.push({ ...entry, effect: 'added', note: null });
    }
  }
}

function refusal({ role }: PostedResult, field: SharedField): string {
  return t('The role {0} may not write {1}, so it was left out.', role, field);
}
