import { createInterface } from 'node:readline';
import type { ApprovalItem, MissingApproval } from '../../coordinator/approval.ts';
import type { Command } from '../../coordinator/attempt.ts';
import { visible } from '../../runner/view/visible.ts';
import { plural } from '../../shared/durations.ts';

/** Shows commands that nobody has approved; whether they may run. */
export type Approver = (
  group: { readonly id: string },
  missing: readonly MissingApproval[],
) => Promise<boolean>;

/** `--yes` approves everything; a person on a terminal is asked; elsewhere nothing is approved. */
export function approver(yes: boolean, cancelled: AbortSignal): Approver {
  if (yes) return () => Promise.resolve(true);
  if (!process.stdin.isTTY || !process.stderr.isTTY) return () => Promise.resolve(false);
  return (group, missing) => {
    const changed = missing.some(({ previous }) => previous !== null);
    const since = changed ? 'that changed since you approved them' : 'for the first time';
    const heading = `${visible(group.id)} wants to run ${plural(missing.length, 'command')} from this workspace ${since}:`;
    const lines = missing.flatMap(describeMissing);
    process.stderr.write(`${[heading, ...lines].join('\n')}\n`);
    return confirm('Run them?', cancelled);
  };
}

/** A question that only "y" or "yes" agrees to; the end of input, or Ctrl-C, does not. */
export async function confirm(asked: string, cancelled: AbortSignal): Promise<boolean> {
  return /^y(?:es)?$/i.test(await question(`${asked} [y/N] `, cancelled));
}

/** The line that a person on the terminal answers with; empty at the end of input, or after Ctrl-C. */
export async function question(asked: string, cancelled: AbortSignal): Promise<string> {
  // Not as a terminal: Ctrl-C has to stay the signal that it is everywhere else.
  const lines = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: false,
    signal: cancelled,
  });
  const answer = await new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question(asked, resolve);
  });
  lines.close();
  // A terminal that is read from keeps the process alive.
  process.stdin.pause();
  return answer.trim();
}

/** A command as it will be executed: a shell line as it stands, an argv with every argument told apart. */
export function describeItem({ label, origin, command, env }: ApprovalItem): string {
  const set = Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  return visible(`  ${label} (${origin}): ${set.join('')}${describeCommand(command)}`);
}

function describeMissing({ item, previous }: MissingApproval): string[] {
  return previous === null
    ? [describeItem(item)]
    : [describeItem(item), visible(`      approved before: ${describeCommand(previous)}`)];
}

function describeCommand(command: Command): string {
  if (command.kind === 'shell') return command.line;
  return command.argv
    .map((each) => (/^[\w@%+=:,./-]+$/.test(each) ? each : JSON.stringify(each)))
    .join(' ');
}
