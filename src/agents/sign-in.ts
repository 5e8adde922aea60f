import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignIn } from '../shared/view-models/agent-views.ts';
import type { AgentDefinition, CredentialFile } from './contract/agent.ts';

/**
 * Looks for a program's sign-in without starting the program: whether one of its documented variables or files exists. It
 * reads neither. A missing sign-in proves nothing, because keychains and settings are not searched.
 */
export async function findSignIn(
  { credentials, signIn }: Pick<AgentDefinition, 'credentials' | 'signIn'>,
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<SignIn> {
  const variable = credentials.env.find((name) => (env[name] ?? '') !== '');
  return { seen: variable ?? (await firstFile(credentials.files, env, home)), how: signIn };
}

/** The first existing file, in the form in which a person writes its path. */
async function firstFile(
  files: readonly CredentialFile[],
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<string | null> {
  for (const { variable, folder, file } of files) {
    const moved = variable === null ? '' : (env[variable] ?? '');
    const path = moved === '' ? join(home, folder, file) : join(moved, file);
    if (await isFilled(path)) {
      return moved === '' ? ['~', folder, file].filter(Boolean).join('/') : path;
    }
  }
  return null;
}

async function isFilled(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size > 0;
  } catch {
    return false;
  }
}
