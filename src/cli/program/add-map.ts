import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Answer } from '../output/answer.ts';
import type { parseOptions } from './options.ts';

type Options = ReturnType<typeof parseOptions>;

/** Adds the options of `map`, all but those that every command has. */
export function mapOptions(command: Command): void {
  command
    .requiredOption('--agent <agent>', 'the agent or subagent that is applied to each unit')
    .addOption(new Option('--units <glob>', 'files of the workspace').conflicts('unitsFile'))
    .option('--units-file <file>', 'a file with one unit in every line; - is standard input')
    .option('--shards <n>', 'deal the units out to this many shards', wholeNumber(1))
    .option('--shard <i>', 'and take this one, from 0', wholeNumber(0))
    .addOption(new Option('--prompt <text>', 'what to do with each unit').conflicts('promptFile'))
    .option('--prompt-file <file>', 'the same, from a file');
}

/** `map` with these options; what does not fit together ends the command as wrong usage. */
export async function answerMap(
  command: Command,
  workspaceRoot: string,
  options: Options,
): Promise<Answer> {
  const { agent = '', units, unitsFile, shards, shard, prompt, promptFile } = options;
  if (units === undefined && unitsFile === undefined) {
    command.error('error: name the --units, or a --units-file');
  }
  if ((shards === undefined) !== (shard === undefined)) {
    command.error('error: --shards and --shard belong together');
  }
  if (shards !== undefined && shard !== undefined && shard >= shards) {
    command.error(`error: of ${shards} shards, --shard is at most ${shards - 1}`);
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
    throw new InvalidArgumentError(`It has to be a whole number from ${least}.`);
  };
}
