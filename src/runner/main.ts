import { runSingle } from './single.ts';

/**
 * The program inside every terminal, and the host of the command line's attempts:
 *
 *     runner.js <attempt directory> <hash of attempt.json> <hash of prompt.md, or ->
 *     runner.js --host [--verbose]
 *
 * and the built-in context refresh, which a runner starts as an attempt's program:
 *
 *     runner.js --summary <workspace> <facts.json, or ->
 */
async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--host') {
    const { runHost } = await import('./runner-host.ts');
    return runHost({ verbose: args.includes('--verbose') });
  }
  if (args[0] === '--summary') {
    const { runSummary } = await import('../verification/summary/context-summary.ts');
    return runSummary(args.slice(1));
  }
  const [dir, specHash, promptHash] = args;
  if (dir === undefined || specHash === undefined || promptHash === undefined) {
    process.stderr.write('usage: runner <attempt directory> <specification hash> <prompt hash>\n');
    return 2;
  }
  return runSingle({ dir, specHash, promptHash });
}

void main(process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
