import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { t } from '../../shared/messages.ts';
import { TASK_STATUSES } from '../../shared/status.ts';
import { type Answer, print, refusal } from '../output/answer.ts';
import { addAgents } from './add-agents.ts';
import { answerMap, mapOptions } from './add-map.ts';
import { answerWorkflow, workflowOptions } from './add-workflow.ts';
import { parseOptions, positiveNumber } from './options.ts';

function exitCodes(): string {
  const codes = t(
    'Exit codes: 0 completed, 1 a task or the test suite failed, 2 usage, bad input, unknown group, nothing to\nwait for, or not approved, 3 blocked tasks remain, 4 timed out, 130 cancelled. list, status and metrics answer 0.',
  );
  const groups = t(
    'A group is named by its id (auth) or, where several plans have one of that id, by its key (tasks.md#auth).',
  );
  return `\n${codes}\n\n${groups}`;
}

/** Creates the commands with their options. Each command sets the exit code of the process. */
export function createProgram(version: string): Command {
  const program = new Command('parallel-groups')
    .description(t('Runs parallel groups of coding agents from the plan you already have.'))
    .option('-V, --version', t('print the version'))
    .on('option:version', () => {
      process.stdout.write(`${version}\n`);
      throw new CommanderError(0, 'commander.version', 'version');
    })
    .addHelpText('after', exitCodes())
    .showHelpAfterError(t('(add --help for help)'))
    .exitOverride();
  addDetect(program);
  addExecute(program);
  addMap(program);
  addWorkflow(program);
  addList(program);
  addStatus(program);
  addWait(program);
  addResume(program);
  addCancel(program);
  addNudge(program);
  addReview(program);
  addAgents(program, answering);
  addPrompt(program);
  addMetrics(program);
  addDeadLetters(program);
  addRetry(program);
  addPropose(program);
  return program;
}

function addDetect(program: Command): void {
  const command = program.command('detect').description(t('show groups, tasks and problems'));
  tasksFileOption(command);
  answering(command, async (root, { tasksFile }) => {
    const { detect } = await import('../commands/detect.ts');
    return detect({ workspaceRoot: root, tasksFile });
  });
}

function addExecute(program: Command): void {
  const command = program.command('execute').description(t('run a group, or all of them'));
  command
    .addOption(groupOption().conflicts('all'))
    .option('--all', t('every group in plan order, each when what it depends on is done'));
  tasksFileOption(command);
  command
    .option('--max-concurrent <n>', t('tasks at the same time'), positiveInteger)
    .option('--agent <agent>', t('the agent for tasks that name none'))
    .addOption(conflictsOption());
  yesOption(command);
  answering(command, async (root, options) => {
    const { groupId, all, tasksFile, maxConcurrent, agent, conflicts, yes } = options;
    if (groupId === undefined && !all) {
      command.error(t('error: name a --group-id, or --all'));
    }
    const { execute } = await import('../commands/execute/execute.ts');
    const overrides = { maxConcurrent, agent, conflicts };
    return execute({ workspaceRoot: root, group: groupId ?? null, tasksFile, overrides, yes });
  });
}

function addMap(program: Command): void {
  const command = program.command('map').description(t('apply one agent to many files or ids'));
  mapOptions(command);
  command.option('--max-concurrent <n>', t('units at the same time'), positiveInteger);
  yesOption(command);
  answering(command, (root, options) => answerMap(command, root, options));
}

function addWorkflow(program: Command): void {
  const command = program.command('workflow').description(t('run a workflow, stage by stage'));
  workflowOptions(command);
  command.option('--max-concurrent <n>', t('tasks at the same time'), positiveInteger);
  command.addOption(conflictsOption());
  yesOption(command);
  answering(command, (root, options) => answerWorkflow(command, root, options));
}

function addList(program: Command): void {
  const command = program.command('list').description(t('list groups and where they stand'));
  const status = new Option('--status <status>', t('only these')).choices(TASK_STATUSES);
  command.addOption(status);
  answering(command, async (root, options) => {
    const { list } = await import('../commands/list.ts');
    return list(root, options.status);
  });
}

function addStatus(program: Command): void {
  const command = program.command('status').description(t('show the newest run of a group'));
  answeringForGroup(command, async (root, group) => {
    const { status } = await import('../commands/status.ts');
    return status(root, group);
  });
}

function addWait(program: Command): void {
  const command = program.command('wait').description(t('wait until the run of a group is over'));
  command.option('--timeout <seconds>', t('give up after this long'), positiveNumber);
  answeringForGroup(command, async (root, group, { timeout }) => {
    const { wait } = await import('../commands/wait.ts');
    return wait(root, group, timeout === undefined ? null : timeout * 1000);
  });
}

function addResume(program: Command): void {
  const command = program.command('resume').description(t('take up a run that was interrupted'));
  yesOption(command);
  answeringForGroup(command, async (root, group, { yes }) => {
    const { resume } = await import('../commands/execute/resume.ts');
    return resume({ workspaceRoot: root, group, yes });
  });
}

function addCancel(program: Command): void {
  const command = program.command('cancel').description(t('stop the run of a group'));
  command.option('--task <task>', t('only this task of it: its id, or its key'));
  answeringForGroup(command, async (root, group, { task }) => {
    const { cancel } = await import('../commands/cancel.ts');
    return cancel(root, group, task);
  });
}

function addNudge(program: Command): void {
  const command = program
    .command('nudge')
    .description(t('tell the agent of a task something, at work or after it'));
  command
    .requiredOption('--task <task>', t('the task: its id, or its key'))
    .requiredOption('--message <text>', t('what it is told'));
  answering(command, async (root, { task = '', message = '' }) => {
    const { nudge } = await import('../commands/nudge.ts');
    return nudge({ workspaceRoot: root, task, message });
  });
}

function addReview(program: Command): void {
  addReviewAs(program.command('review'));
  // An alias that the help does not list.
  addReviewAs(program.command('prove', { hidden: true }));
}

function addReviewAs(command: Command): void {
  command
    .description(t('accept or reject an interactive task'))
    .requiredOption('--task <task>', t('the task: its id, or its key'))
    .addOption(new Option('--proven', t('accept it')).conflicts('notProven'))
    .option('--not-proven', t('reject it'));
  answering(command, async (root, { task = '', proven, notProven }) => {
    if (!proven && !notProven) {
      command.error(t('error: say --proven, or --not-proven'));
    }
    const { review } = await import('../commands/review.ts');
    return review({ workspaceRoot: root, task, proven });
  });
}

function addDeadLetters(program: Command): void {
  const command = program.command('dead-letters').description(t('show what was given up, and why'));
  answering(command, async (root) => {
    const { deadLetters } = await import('../commands/dead-letters.ts');
    return deadLetters(root);
  });
}

function addRetry(program: Command): void {
  const command = program.command('retry').description(t('run what was given up once more'));
  command.option('--task <task>', t('only this task: its id, or its key'));
  yesOption(command);
  answeringForGroup(command, async (root, group, { task, yes }) => {
    const { retry } = await import('../commands/execute/retry.ts');
    return retry({ workspaceRoot: root, group, task, yes });
  });
}

function addPropose(program: Command): void {
  const command = program
    .command('propose')
    .description(t('show the tasks that a failing test suite suggests'));
  command.option('--write', t('add them to the plan that the group stands in'));
  answeringForGroup(command, async (root, group, { write }) => {
    const { propose } = await import('../commands/propose.ts');
    return propose({ workspaceRoot: root, group, write });
  });
}

function addPrompt(program: Command): void {
  const command = program
    .command('prompt')
    .description(t("show what a task's agent would get now"));
  command.requiredOption('--task <task>', t('the task: its id, or its key'));
  command.addOption(groupOption());
  tasksFileOption(command);
  answering(command, async (root, { task = '', groupId, tasksFile }) => {
    const { prompt } = await import('../commands/prompt.ts');
    return prompt({ workspaceRoot: root, task, group: groupId, tasksFile });
  });
}

function addMetrics(program: Command): void {
  const command = program.command('metrics').description(t('count what agents did in all runs'));
  answering(command, async (root) => {
    const { metrics } = await import('../commands/metrics.ts');
    return metrics(root);
  });
}

type Options = ReturnType<typeof parseOptions>;

/** Adds the options of every command and an action that prints the command's answer. */
function answering(
  command: Command,
  answer: (workspaceRoot: string, options: Options) => Promise<Answer>,
): void {
  command
    .option('--workspace <dir>', t('the folder with the plans'), '.')
    .option('--json', t('print one JSON object on standard output, and nothing else'))
    .action(async () => {
      const options = parseOptions(command.opts());
      const root = resolve(options.workspace);
      const answered = isDirectory(root)
        ? await answer(root, options)
        : refusal('no_workspace', t('There is no folder {0}.', root));
      print(answered, options.json);
      process.exitCode = answered.exitCode;
    });
}

function answeringForGroup(
  command: Command,
  answer: (workspaceRoot: string, group: string, options: Options) => Promise<Answer>,
): void {
  command.addOption(groupOption().makeOptionMandatory());
  answering(command, (root, options) => answer(root, options.groupId ?? '', options));
}

function groupOption(): Option {
  return new Option('--group-id <group>', t('the group: its id, or its key'));
}

function conflictsOption(): Option {
  const what = t('run tasks that name the same file one after the other, or at once');
  return new Option('--conflicts <how>', what).choices(['apart', 'together']);
}

function tasksFileOption(command: Command): void {
  command.option('--tasks-file <file>', t('read just this plan, whatever its name'));
}

function yesOption(command: Command): void {
  command.option('--yes', t('approve the commands that come from the workspace'));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) {
    return value;
  }
  throw new InvalidArgumentError(t('It has to be a whole number above 0.'));
}
