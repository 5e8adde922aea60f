import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import * as z from 'zod/mini';
import { onListenerError } from '../shared/emitter.ts';
import { t } from '../shared/messages.ts';
import { print, refusal } from './output/answer.ts';
import { EXIT } from './output/exit-codes.ts';
import { createProgram } from './program/program.ts';

// A closed output must not end a run.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

onListenerError((error) => {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${t('warning: internal error: {0}', what)}\n`);
});

/** Sets the exit code for help and wrong usage, which commander has printed, and reports bugs. */
function conclude(error: unknown, json: boolean): void {
  if (!(error instanceof CommanderError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    print(refusal('internal', t('Internal error: {0}', stack)), json);
    process.exitCode = EXIT.refused;
    return;
  }
  process.exitCode = error.exitCode === 0 ? EXIT.completed : EXIT.refused;
  if (json && error.exitCode !== 0) {
    print({ ...refusal('usage', error.message), text: '' }, json);
  }
}

const packageSchema = z.object({ version: z.string() });

/** The version of this program, from the nearest package.json that has one: the sources have another without. */
function ownVersion(): string {
  for (const above of ['../package.json', '../../package.json']) {
    const text = readFileSync(new URL(above, import.meta.url), 'utf8');
    const parsed = packageSchema.safeParse(JSON.parse(text));
    if (parsed.success) {
      return parsed.data.version;
    }
  }
  throw new Error('No package.json above this program names its version.');
}

try {
  await createProgram(ownVersion()).parseAsync();
} catch (error) {
  conclude(error, process.argv.includes('--json'));
}
