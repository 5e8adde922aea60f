import type { Command } from '../schema/attempt.ts';

/** One line for display: a shell line unchanged, an argv quoted where necessary. */
export function describeCommand(command: Command): string {
  return command.kind === 'shell'
    ? command.line
    : command.argv
        .map((each) => (/^[\w@%+=:,./-]+$/.test(each) ? each : JSON.stringify(each)))
        .join(' ');
}
