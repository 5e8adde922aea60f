import type { Command } from 'commander';
import { t } from '../../shared/messages.ts';
import type * as commands from '../commands/agents.ts';
import type { Answer } from '../output/answer.ts';
import { type parseOptions, positiveNumber } from './options.ts';

type Options = ReturnType<typeof parseOptions>;
type Answering = (
  command: Command,
  answer: (workspaceRoot: string, options: Options) => Promise<Answer>,
) => void;
type Commands = typeof commands;

/** Adds `agents` and its subcommands. `answering` adds the options of every command and prints the command's answer. */
export function addAgents(program: Command, answering: Answering): void {
  // Without this, a command would parse the options of its subcommands.
  program.enablePositionalOptions();
  const agents = program
    .command('agents')
    .description(t('list agents and subagents, and why some take no task'))
    .enablePositionalOptions();
  answering(agents, async (root) => (await load()).agents(root));
  const add = (
    usage: string,
    description: string,
    answer: (
      commands: Commands,
      root: string,
      name: string,
      argv: readonly string[],
    ) => Promise<Answer>,
  ): void => {
    const command = agents.command(usage).description(description);
    answering(command, async (root) => {
      const [name = '', ...argv] = command.args;
      return answer(await load(), root, name, argv);
    });
  };
  add(
    'register <name> [command...]',
    t('add a custom agent (NAME -- program arguments…), or let one take tasks again'),
    ({ registerAgent }, root, name, argv) => registerAgent(root, name, argv),
  );
  add(
    'unregister <name>',
    t('stop what an agent runs, and give it nothing any more'),
    ({ unregisterAgent }, root, name) => unregisterAgent(root, name),
  );
  add(
    'check <name>',
    t('look for an agent again, after signing in'),
    ({ checkAgent }, root, name) => checkAgent(root, name),
  );
  addTest(agents, answering);
  add(
    'reset <name>',
    t('try an agent at once that failed too often'),
    ({ resetAgent }, root, name) => resetAgent(root, name),
  );
}

/** Adds `agents test`. It starts a program, so it has `--yes` and `--timeout`. */
function addTest(agents: Command, answering: Answering): void {
  const command = agents
    .command('test <name>')
    .description(t('have an agent write a file in a folder of its own, and tell whether it works'))
    .option('--timeout <seconds>', t('stop it after this long (default: 120)'), positiveNumber)
    .option('--yes', t('approve the command if it comes from the workspace'));
  answering(command, async (root, { yes, timeout }) => {
    const { testAgent } = await import('../commands/test-agent.ts');
    const [agent = ''] = command.args;
    const timeoutMs = timeout === undefined ? undefined : Math.ceil(timeout * 1000);
    return testAgent({ workspaceRoot: root, agent, yes, timeoutMs });
  });
}

function load(): Promise<Commands> {
  return import('../commands/agents.ts');
}
