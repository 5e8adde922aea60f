import { type Command, InvalidArgumentError, Option } from 'commander';
import { t } from '../../shared/messages.ts';
import type { Answer } from '../output/answer.ts';
import type { parseOptions } from './options.ts';

type Options = ReturnType<typeof parseOptions>;

/** Adds the options that only `map` has. */
export function mapOptions(command: Command): void {
  command
    .requiredOption('--agent <agent>', t('the agent or subagent that is applied to each unit'))
    .addOption(new Option('--units <glob>', t('files of the workspace')).conflicts('unitsFile'))
    .option('--units-file <file>', t('a file with one unit in every line; - is standard input'))
    .option('--shards <n>', t('deal the units out to this many shards'), wholeNumber(1))
    .option('--shard <i>', t('and take this one, from 0'), wholeNumber(0))
    .addOption(
      new Option('--prompt <text>', t('what to do with each unit')).conflicts('promptFile'),
    )
    .option('--prompt-file <file>', t('the same, from a file'));
}

/** Runs `map` with these options. Options that do not fit together end the command as wrong usage. */
export async function answerMap(
  command: Command,
  workspaceRoot: string,
  options: Options,
): Promise<Answer> {
  const { agent = '', units, unitsFile, shards, shard, prompt, promptFile } = options;
  if (units === undefined && unitsFile === undefined) {
    command.error(t('error: name the --units, or a --units-file'));
  }
  if ((shards === undefined) !== (shard === undefined)) {
    command.error(t('error: --shards and --shard belong together'));
  }
  if (shards !== undefined && shard !== undefined && shard >= shards) {
    command.error(t('error: of {0} shards, --shard is at most {1}', shards, shards - 1));
  }
  const { map } = await import('../commands/execute/map.ts');
  return map({
    workspaceRoot,
    agent,
    units: units === undefined ? { file: unitsFile ?? '-' } : { glob: units },
    shard: shards === undefined || shard === undefined ? null : { shards, shard },
    prompt: prompt !== undefined ? { text: prompt } : fileOf(promptFile),
    overrides: { maxConcurrent: options.maxConcurrent },
    yes: options.yes,
  });
}

function fileOf(file: string | undefined): { readonly file: string } | null {
  return file === undefined ? null : { file };
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) {
      return value;
    }
    throw new InvalidArgumentError(t('It has to be a whole number from {0}.', least));
  };
}
