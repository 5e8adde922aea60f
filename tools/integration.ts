// Runs test/integration/ inside the extension host of VS Code.
//   npm run test:integration -- [--vscode 1.110] [--file FILE] [--grep TEXT] [--without runs]
// --without skips a folder: test/integration/runs/ tests runs rather than VS Code.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { desktopExecutable } from '../test/support/vscode/desktop.ts';
import { bundleIntegrationTests } from '../test/support/vscode/host/bundle.ts';
import { runInDesktop } from '../test/support/vscode/host/in-desktop.ts';
import { type HostRun, runInServer } from '../test/support/vscode/host/in-server.ts';
import { printReport, readReport, totalsOf } from '../test/support/vscode/host/outcome.ts';
import { variables } from '../test/support/vscode/host/report.ts';
import { repository, resultFile } from '../test/support/vscode/paths.ts';
import { describeError, say, SetupError } from '../test/support/vscode/setup-error.ts';
import { isRelease, newest } from '../test/support/vscode/versions.ts';
import { createWorkspace } from '../test/support/vscode/workspace.ts';
import { counts } from './summary.ts';
import { type Totals, withFailure, writeTotals } from './totals.ts';

const limitMs = 10 * 60_000;
const { values } = parseArgs({
  options: {
    vscode: { type: 'string' },
    file: { type: 'string', default: 'test/integration/**/*.test.ts' },
    grep: { type: 'string', short: 'g' },
    without: { type: 'string' },
  },
});

async function main(): Promise<void> {
  await checkBuild();
  const entry = await bundleIntegrationTests(values.file);
  if (entry === undefined) {
    throw new Error(`There are no tests in ${values.file}.`);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'pg-integration-'));
  const template = path.join(repository, 'test', 'fixtures', 'integration');
  const workspace = await createWorkspace(existsSync(template) ? { from: template } : {});
  try {
    const report = path.join(folder, 'report.jsonl');
    await writeFile(report, '');
    const env = {
      [variables.report]: report,
      ...(values.grep === undefined ? {} : { [variables.grep]: values.grep }),
      ...(values.without === undefined ? {} : { [variables.without]: values.without }),
    };
    const { code, log } = await host({ entry, folder: workspace.folder, env, limitMs });
    const lines = await readReport(report);
    let totals: Totals = totalsOf(lines);
    printReport(lines);
    if (totals.failed > 0 || code !== 0) {
      const end = await explain(code, log);
      console.log(`\n${end}`);
      totals = totals.failed > 0 ? totals : withFailure(totals, 'the end of VS Code', end);
    }
    await writeTotals(totals);
    console.log(`\n${counts(totals)}`);
    process.exitCode = totals.failed === 0 ? 0 : 1;
  } finally {
    await workspace.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The window loads the extension and its runner from dist/, which these tests do not build. */
async function checkBuild(): Promise<void> {
  const built = path.join(repository, 'dist', 'extension.mjs');
  if (!existsSync(built)) {
    throw new SetupError('The extension is not built. Run: npm run build');
  }
  const { mtimeMs } = await stat(built);
  const sources = await glob('src/**/*.ts', { cwd: repository, absolute: true });
  const changed = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs));
  if (changed.some((each) => each > mtimeMs)) {
    say('dist/ is older than src/, so the window runs old code. To update it: npm run build');
  }
}

async function host(run: HostRun): ReturnType<typeof runInServer> {
  const { vscode } = values;
  if (vscode !== undefined && !isRelease(vscode)) {
    throw new Error(`--vscode ${vscode}: not a known release.`);
  }
  const executable = vscode === undefined ? await desktopExecutable() : undefined;
  if (executable !== undefined) {
    say(`In the desktop VS Code ${executable}`);
    return runInDesktop(executable, run);
  }
  say(`In VS Code ${vscode ?? newest} (server, headless browser)`);
  return runInServer(vscode ?? newest, run);
}

async function explain(code: number | undefined, log: string): Promise<string> {
  const file = await resultFile('integration', 'log');
  await writeFile(file, log);
  const end =
    code === undefined ? `did not end within ${limitMs / 60_000} minutes` : `ended with ${code}`;
  return `VS Code ${end}; all that it printed is in ${path.relative(repository, file)}.`;
}

try {
  await main();
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
