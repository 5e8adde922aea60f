import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import * as z from 'zod/mini';
import { repository } from '../../../support/vscode/paths.ts';

/** The part of dependency-cruiser's JSON report that the tests read. */
const Report = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
});

export type Violations = z.infer<typeof Report>['summary']['violations'];

export interface ScratchTree {
  /** Absolute. */
  readonly folder: string;
  readonly remove: () => void;
}

/** Writes a small project that uses this project's packages. `files`: path → text. */
export function scratchTree(files: Readonly<Record<string, string>>): ScratchTree {
  const folder = mkdtempSync(path.join(tmpdir(), 'layers-'));
  const all = {
    ...files,
    'package.json': '{"type":"module"}',
    'tsconfig.json':
      '{"compilerOptions":{"module":"nodenext","allowImportingTsExtensions":true,"noEmit":true}}',
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every import below `src` of `folder` that breaks a rule of this project. */
export async function violationsIn(folder: string): Promise<Violations> {
  const { stdout } = await execa(
    'depcruise',
    ['--config', path.join(repository, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
    { cwd: folder, preferLocal: true, localDir: repository, reject: false },
  );
  return Report.parse(JSON.parse(stdout)).summary.violations;
}
