import { createInterface } from 'node:readline';
import type { Questions } from '../../coordinator/messages/topics.ts';
import { describeCommand } from '../../coordinator/projections/describe-command.ts';
import type { ApprovalItem, MissingApproval } from '../../coordinator/schema/approval.ts';
import { visible } from '../../runner/terminal/visible.ts';
import { t } from '../../shared/messages.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { plural } from '../../shared/words/durations.ts';

type Commands = Questions['approval.ask'];
type Task = Questions['approval.task'];

/** Answers approval questions on behalf of the person who started the command. */
export interface Approver {
  /** Shows commands; resolves to whether they may run. */
  readonly commands: (question: Commands['ask']) => Promise<boolean>;
  /** Shows a task; resolves to whether it may start. */
  readonly task: (question: Task['ask']) => Promise<Task['answer']>;
}

/** Approves everything with `--yes`, asks a person on a terminal, and otherwise approves nothing. */
export function approver(yes: boolean, cancelled: AbortSignal): Approver {
  if (yes) {
    return always(true, t('the command line (--yes)'));
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return always(false, t('the command line, which has no terminal to ask on (--yes allows it),'));
  }
  const questions = new SerialQueue();
  return {
    commands: (question) => questions.run(() => askCommands(question, cancelled)),
    task: (question) => questions.run(() => askForTask(question, cancelled)),
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
  const id = visible(group.id);
  const count = plural(missing.length, 'command');
  const once = changed
    ? t('{0} wants to run {1} from this workspace that changed since you approved them:', id, count)
    : t('{0} wants to run {1} from this workspace for the first time:', id, count);
  const heading = everyRun
    ? t(
        '{0} is about to start; every run has to be approved here. {1} from this workspace:',
        id,
        count,
      )
    : once;
  const lines = missing.flatMap(describeMissing);
  process.stderr.write(`${[heading, ...lines].join('\n')}\n`);
  return confirm(everyRun ? t('Start it?') : t('Run them?'), cancelled);
}

async function askForTask(
  { groupId, id, title, how }: Task['ask'],
  cancelled: AbortSignal,
): Promise<Task['answer']> {
  // A run that is being stopped asks no more questions.
  if (isStopped(cancelled)) {
    return null;
  }
  process.stderr.write(`${visible(`${groupId}: ${id} ${title} (${how})`)}\n`);
  const allowed = await confirm(t('May it start?'), cancelled);
  return isStopped(cancelled) ? null : { allowed, by: t('the command line') };
}

/** A separate function, because the value changes while a question is open. */
function isStopped({ aborted }: AbortSignal): boolean {
  return aborted;
}

/** Asks a question. Only "y" or "yes" agrees; the end of input and Ctrl-C do not. */
export async function confirm(asked: string, cancelled: AbortSignal): Promise<boolean> {
  return /^y(?:es)?$/i.test(await question(`${asked} [y/N] `, cancelled));
}

/** Asks for a line on the terminal; empty at the end of input or after Ctrl-C. */
export async function question(asked: string, cancelled: AbortSignal): Promise<string> {
  // Not as a terminal: Ctrl-C must remain a signal.
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
  // Reading from a terminal keeps the process alive.
  process.stdin.pause();
  return answer.trim();
}

/** A command as it will be executed: a shell line unchanged, or an argv with each argument quoted if necessary. */
export function describeItem({ label, origin, ...launch }: ApprovalItem): string {
  return `  ${visible(`${label} (${origin})`)}: ${describeLaunch(launch)}`;
}

/** A command with its additional environment variables. */
export function describeLaunch({ command, env }: Pick<ApprovalItem, 'command' | 'env'>): string {
  const set = Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  return visible(`${set.join('')}${describeCommand(command)}`);
}

function describeMissing({ item, previous }: MissingApproval): string[] {
  return previous === null
    ? [describeItem(item)]
    : [
        describeItem(item),
        visible(`      ${t('approved before: {0}', describeCommand(previous))}`),
      ];
}
