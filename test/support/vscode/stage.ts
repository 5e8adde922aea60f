import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './paths.ts';
import type { SuiteVscode } from './suite.ts';
import type { Workspace } from './workspace.ts';

/** A workspace whose tasks wait for instructions of the test. */
export interface Stage extends Workspace {
  /** Lets the program `node actor.js NAME` continue; test/fixtures/stage/actor.js lists its actions. */
  cue(name: string, ...cues: readonly string[]): Promise<void>;
  /** Returns all processes of `node actor.js NAME`, including those that it left behind. */
  pids(name: string): Promise<readonly number[]>;
}

/** Sets up a stage with the plan `tasks.md`, and other files. */
export async function setStage(
  vscode: SuiteVscode,
  plan: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const workspace = await vscode.createWorkspace({
    from: path.join(repository, 'test', 'fixtures', 'stage'),
    files: { 'tasks.md': plan, ...files },
  });
  const folder = workspace.file('.cues');
  return {
    ...workspace,
    cue: async (name, ...cues) => {
      await mkdir(folder, { recursive: true });
      await appendFile(path.join(folder, name), cues.map((cue) => `${cue}\n`).join(''));
    },
    pids: async (name) => {
      const text = await readFile(path.join(folder, `${name}.pids`), 'utf8');
      return text.trim().split('\n').map(Number);
    },
  };
}
