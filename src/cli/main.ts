import { CommanderError } from 'commander';
import { onListenerError } from '../shared/emitter.ts';
import { t } from '../shared/messages.ts';
import { print, refusal } from './output/answer.ts';
import { EXIT } from './output/exit-codes.ts';
import { createProgram } from './program/program.ts';
import { ownVersion } from './version.ts';

// Whoever reads along may stop reading; a run goes on all the same.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

onListenerError((error) => {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`warning: an error of parallel-groups itself: ${what}\n`);
});

/** Whatever is no answer: help and wrong usage, which have been printed, and our own mistakes. */
function conclude(error: unknown, json: boolean): void {
  if (!(error instanceof CommanderError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    print(refusal('internal', t('An error of parallel-groups itself: {0}', stack)), json);
    process.exitCode = EXIT.refused;
    return;
  }
  process.exitCode = error.exitCode === 0 ? EXIT.completed : EXIT.refused;
  if (json && error.exitCode !== 0) {
    print({ ...refusal('usage', error.message), text: '' }, json);
  }
}

try {
  await createProgram(ownVersion()).parseAsync();
} catch (error) {
  conclude(error, process.argv.includes('--json'));
}
