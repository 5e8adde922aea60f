import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

function refuse(): never {
  throw new Error('Tests in test/unit start no process. Move this file to test/process.');
}

/** Makes every start of a process fail. Mocha itself starts its workers before these hooks. */
export const mochaHooks = {
  beforeAll(): void {
    // `spawn`, `fork`, `exec` and `execFile` start their process with this method.
    Object.defineProperty(ChildProcess.prototype, 'spawn', { value: refuse });
    for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
      Object.defineProperty(childProcess, name, { value: refuse });
    }
    syncBuiltinESMExports();
  },
};
