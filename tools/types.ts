// Type-checks every tsconfig of the project, one after another, and reports them all.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = fileURLToPath(new URL('../node_modules/typescript-native/bin/tsc', import.meta.url));
const projects = ['tsconfig.json', 'tsconfig.pure.json', 'src/webview/tsconfig.json'];

let failed = 0;
for (const project of projects) {
  if (!existsSync(new URL(`../${project}`, import.meta.url))) {
    continue;
  }
  const { status } = spawnSync(
    process.execPath,
    [tsc, '--noEmit', '--singleThreaded', '--project', project],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) {
    failed += 1;
  }
}
process.exitCode = failed === 0 ? 0 : 1;
