// Packages the extension, installs it into a fresh VS Code as a user does, and tests it there.
//   npm run test:vsix -- [--vscode 1.110]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';
import { describeError, say } from '../test/support/vscode/setup-error.ts';
import { newest } from '../test/support/vscode/versions.ts';
import { packageExtension } from '../test/support/vscode/vsix.ts';

const { values } = parseArgs({ options: { vscode: { type: 'string', default: newest } } });

try {
  const vsix = await packageExtension();
  say(`${vsix} in VS Code ${values.vscode}`);
  const result = await execa(
    'mocha',
    ['--timeout', '60000', '--retries', '1', path.join('test', 'e2e', 'vsix.test.ts')],
    {
      cwd: repository,
      preferLocal: true,
      stdio: 'inherit',
      reject: false,
      env: { PARALLEL_GROUPS_VSIX: vsix, PARALLEL_GROUPS_VSCODE: values.vscode },
    },
  );
  process.exitCode = result.failed ? 1 : 0;
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
