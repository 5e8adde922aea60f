import type { Command } from '../schema/attempt.ts';

/** One line for a person: a shell line as it stands, an argv with quotation marks where they matter. */
export function describeCommand(command: Command): string {
  return command.kind === 'shell'
    ? command.line
    : command.argv
        .map((each) => (/^[\w@%+=:,./-]+$/.test(each) ? each : JSON.stringify(each)))
        .join(' ');
}
