import type { Command } from 'commander';
import type * as commands from '../commands/agents.ts';
import type { Answer } from '../output/answer.ts';
import { type parseOptions, positiveNumber } from './options.ts';

type Options = ReturnType<typeof parseOptions>;
type Answering = (
  command: Command,
  answer: (workspaceRoot: string, options: Options) => Promise<Answer>,
) => void;
type Commands = typeof commands;

/** Adds `agents` and what can be done to one. `answering`: adds what every command has, and prints what it answers. */
export function addAgents(program: Command, answering: Answering): void {
  // Else a command would take the options of those below it.
  program.enablePositionalOptions();
  const agents = program
    .command('agents')
    .description('list agents and subagents, and why some take no task')
    .enablePositionalOptions();
  answering(agents, async (root) => (await load()).agents(root));
  const on = (
    words: string,
    description: string,
    act: (
      commands: Commands,
      root: string,
      name: string,
      argv: readonly string[],
    ) => Promise<Answer>,
  ): void => {
    const command = agents.command(words).description(description);
    answering(command, async (root) => {
      const [name = '', ...argv] = command.args;
      return act(await load(), root, name, argv);
    });
  };
  on(
    'register <name> [command...]',
    'add a custom agent (NAME -- program arguments…), or let one take tasks again',
    ({ registerAgent }, root, name, argv) => registerAgent(root, name, argv),
  );
  on(
    'unregister <name>',
    'stop what an agent runs, and give it nothing any more',
    ({ unregisterAgent }, root, name) => unregisterAgent(root, name),
  );
  on('check <name>', 'look for an agent again, after signing in', ({ checkAgent }, root, name) =>
    checkAgent(root, name),
  );
  addTest(agents, answering);
  on('reset <name>', 'try an agent at once that failed too often', ({ resetAgent }, root, name) =>
    resetAgent(root, name),
  );
}

/** `agents test`: the only one that starts a program, so it has what commands have that do. */
function addTest(agents: Command, answering: Answering): void {
  const command = agents
    .command('test <name>')
    .description('have an agent write a file in a folder of its own, and tell whether it works')
    .option('--timeout <seconds>', 'stop it after this long (default: 120)', positiveNumber)
    .option('--yes', 'approve the command if it comes from the workspace');
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
