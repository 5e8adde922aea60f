import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignIn } from '../shared/view-models/agent-views.ts';
import type { AgentDefinition, CredentialFile } from './contract/agent.ts';

/**
 * What can be told of a program's sign-in without starting it: whether a variable or a file is there that it documents.
 * Neither is read. That none is there proves nothing: keychains and settings are not looked into.
 */
export async function lookForSignIn(
  { credentials, signIn }: Pick<AgentDefinition, 'credentials' | 'signIn'>,
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<SignIn> {
  const variable = credentials.env.find((name) => (env[name] ?? '') !== '');
  return { seen: variable ?? (await firstFile(credentials.files, env, home)), how: signIn };
}

/** The first of the files that is there, as a person writes it. */
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
