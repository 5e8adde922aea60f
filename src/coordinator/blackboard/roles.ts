import type { SharedField } from '../schema/blackboard-fields.ts';
import type { SubagentType } from '../schema/config.ts';

/** A role: the fields that it may read beside its own task, and those that its results may write. */
export interface Role {
  readonly sees: readonly SharedField[];
  readonly writes: readonly SharedField[];
}

/** The table role × field; `docs/blackboard.md` shows it, and a test compares the two. */
export const ROLES: Readonly<Record<'collector' | 'drafter' | 'validator', Role>> = {
  /** Extracts and normalises the context. It sees the requirements, not the work of others. */
  collector: {
    sees: ['requirements', 'constraints', 'decisions'],
    writes: ['requirements', 'constraints', 'decisions', 'artifacts'],
  },
  /** Makes the patches. It sees the findings about earlier ones. */
  drafter: {
    sees: ['requirements', 'constraints', 'decisions', 'artifacts', 'findings'],
    writes: ['decisions', 'artifacts'],
  },
  /** Tests and checks. It does not see the findings of others, so that it judges independently. */
  validator: {
    sees: ['requirements', 'constraints', 'decisions', 'artifacts'],
    writes: ['artifacts', 'findings'],
  },
};

/** An undefined role gets the minimum that a task needs. */
export const UNKNOWN_ROLE: Role = { sees: ['requirements', 'constraints'], writes: [] };

export type Roles = Readonly<Record<string, Role>>;

/** Permissions of a role. `custom`: configured roles, which cannot change the built-in ones. */
export function roleNamed(name: string, custom: Roles): Role {
  if (isBuiltIn(name)) {
    return ROLES[name];
  }
  return Object.hasOwn(custom, name) ? (custom[name] ?? UNKNOWN_ROLE) : UNKNOWN_ROLE;
}

/** Whether a role is one of the three built-in ones. */
export function isBuiltIn(name: string): name is keyof typeof ROLES {
  return Object.hasOwn(ROLES, name);
}

/** Default role of a subagent, by its kind of work. */
export const ROLE_OF_TYPE: Readonly<Record<SubagentType, keyof typeof ROLES>> = {
  coding: 'drafter',
  test_data: 'drafter',
  devops: 'drafter',
  deploying: 'drafter',
  review: 'validator',
  test: 'validator',
  monitor: 'validator',
};
