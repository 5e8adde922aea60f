import type { SharedField } from '../schema/blackboard-fields.ts';
import type { SubagentType } from '../schema/config.ts';

/** A part in a job: what it may read of the blackboard beside its own task, and what its results may add. */
export interface Role {
  readonly sees: readonly SharedField[];
  readonly writes: readonly SharedField[];
}

/** The table role × field; `docs/blackboard.md` shows it, and a test compares the two. */
export const ROLES: Readonly<Record<'collector' | 'drafter' | 'validator', Role>> = {
  /** Extracts and normalises the context: it works from what was asked, not from what others made of it. */
  collector: {
    sees: ['requirements', 'constraints', 'decisions'],
    writes: ['requirements', 'constraints', 'decisions', 'artifacts'],
  },
  /** Makes the patches, and is told what was found wrong with earlier ones. */
  drafter: {
    sees: ['requirements', 'constraints', 'decisions', 'artifacts', 'findings'],
    writes: ['decisions', 'artifacts'],
  },
  /** Tests and checks: it finds by itself what is wrong, instead of looking for what others have found. */
  validator: {
    sees: ['requirements', 'constraints', 'decisions', 'artifacts'],
    writes: ['artifacts', 'findings'],
  },
};

/** A role that nobody has described gets the least that a task can be done with. */
export const UNKNOWN_ROLE: Role = { sees: ['requirements', 'constraints'], writes: [] };

export type Roles = Readonly<Record<string, Role>>;

/** What a role may do. `custom`: those of the configuration, which cannot change the built-in ones. */
export function roleNamed(name: string, custom: Roles): Role {
  if (isBuiltIn(name)) {
    return ROLES[name];
  }
  return Object.hasOwn(custom, name) ? (custom[name] ?? UNKNOWN_ROLE) : UNKNOWN_ROLE;
}

/** Whether a role is one of the three that are always there. */
export function isBuiltIn(name: string): name is keyof typeof ROLES {
  return Object.hasOwn(ROLES, name);
}

/** The role of a subagent that names none, by the kind of its work. */
export const ROLE_OF_TYPE: Readonly<Record<SubagentType, keyof typeof ROLES>> = {
  coding: 'drafter',
  test_data: 'drafter',
  devops: 'drafter',
  deploying: 'drafter',
  review: 'validator',
  test: 'validator',
  monitor: 'validator',
};
