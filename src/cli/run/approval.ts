import { createInterface } from 'node:readline';
import type { Questions } from '../../coordinator/messages/topics.ts';
import { describeCommand } from '../../coordinator/projections/describe-command.ts';
import type { ApprovalItem, MissingApproval } from '../../coordinator/schema/approval.ts';
import { visible } from '../../runner/terminal/visible.ts';
import { t } from '../../shared/messages.ts';
import { plural } from '../../shared/words/durations.ts';

type Commands = Questions['approval.ask'];
type Task = Questions['approval.task'];

/** Answers in the name of whoever started the command. */
export interface Approver {
  /** Shows commands; whether they may run. */
  readonly commands: (question: Commands['ask']) => Promise<boolean>;
  /** Shows a task; whether it may start. */
  readonly task: (question: Task['ask']) => Promise<Task['answer']>;
}

/** `--yes` approves everything; a person on a terminal is asked; elsewhere nothing is approved. */
export function approver(yes: boolean, cancelled: AbortSignal): Approver {
  if (yes) {
    return always(true, 'the command line (--yes)');
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return always(false, 'the command line, which has no terminal to ask on (--yes allows it),');
  }
  let last: Promise<unknown> = Promise.resolve();
  /** One question after another: a terminal has one line to answer on. */
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const asked = last.then(ask);
    last = asked.catch(() => undefined);
    return asked;
  };
  return {
    commands: (question) => inTurn(() => askCommands(question, cancelled)),
    task: (question) => inTurn(() => askForTask(question, cancelled)),
  };
}

function always(allowed: boolean, by: string): Approver {
  return {
    commands: () => Promise.resolve(allowed),
    task: () => Promise.resolve({ allowed, by }),
  };
}

function askCommands(
  { group, missing, everyRun }: Commands['ask'],
  cancelled: AbortSignal,
): Promise<boolean> {
  const changed = missing.some(({ previous }) => previous !== null);
  const since = changed ? 'that changed since you approved them' : 'for the first time';
  const heading = everyRun
    ? `${visible(group.id)} is about to start; every run has to be approved here. ${plural(missing.length, 'command')} from this workspace:`
    : `${visible(group.id)} wants to run ${plural(missing.length, 'command')} from this workspace ${since}:`;
  const lines = missing.flatMap(describeMissing);
  process.stderr.write(`${[heading, ...lines].join('\n')}\n`);
  return confirm(everyRun ? t('Start it?') : t('Run them?'), cancelled);
}

async function askForTask(
  { groupId, id, title, how }: Task['ask'],
  cancelled: AbortSignal,
): Promise<Task['answer']> {
  // A run that is being stopped asks nobody any more.
  if (isStopped(cancelled)) {
    return null;
  }
  process.stderr.write(`${visible(`${groupId}: ${id} ${title} (${how})`)}\n`);
  const allowed = await confirm(t('May it start?'), cancelled);
  return isStopped(cancelled) ? null : { allowed, by: 'the command line' };
}

/** A function of its own: it changes while a question is open. */
function isStopped({ aborted }: AbortSignal): boolean {
  return aborted;
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
export function describeItem({ label, origin, ...launch }: ApprovalItem): string {
  return `  ${visible(`${label} (${origin})`)}: ${describeLaunch(launch)}`;
}

/** A command with what is added to its environment. */
export function describeLaunch({ command, env }: Pick<ApprovalItem, 'command' | 'env'>): string {
  const set = Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  return visible(`${set.join('')}${describeCommand(command)}`);
}

function describeMissing({ item, previous }: MissingApproval): string[] {
  return previous === null
    ? [describeItem(item)]
    : [describeItem(item), visible(`      approved before: ${describeCommand(previous)}`)];
}
