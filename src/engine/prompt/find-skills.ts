import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A skill and its instructions. */
export interface Skill {
  readonly name: string;
  readonly content: string;
}

/** A skill's name is a folder name; anything else could lead out of the skills folder. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** Finds each skill's `SKILL.md`, first in the workspace, then in the user's folder. */
export async function findSkills(
  workspaceRoot: string,
  names: readonly string[],
): Promise<{ readonly found: Skill[]; readonly missing: string[] }> {
  const found: Skill[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const content = NAME.test(name) ? await readSkill(workspaceRoot, name) : null;
    if (content === null) {
      missing.push(name);
    } else {
      found.push({ name, content });
    }
  }
  return { found, missing };
}

async function readSkill(workspaceRoot: string, name: string): Promise<string | null> {
  for (const base of [workspaceRoot, homedir()]) {
    try {
      return await readFile(join(base, '.claude', 'skills', name, 'SKILL.md'), 'utf8');
    } catch {
      // Not found here; try the next place.
    }
  }
  return null;
}
