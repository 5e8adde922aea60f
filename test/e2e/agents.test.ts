import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { claude } from '../support/model-server/clients/claude.ts';
import { gemini } from '../support/model-server/clients/gemini.ts';
import { clientEnvironment } from '../support/model-server/clients/start-client.ts';
import { type ModelServer, startModelServer } from '../support/model-server/model-server.ts';
import { scriptWord } from '../support/model-server/script.ts';
import { skip } from '../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../support/temp-directory.ts';
import { SetupError } from '../support/vscode/setup-error.ts';
import { useVscode } from '../support/vscode/suite.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../support/vscode/verbs/menu.ts';
import { answerDialog, toast } from '../support/vscode/verbs/notice.ts';
import { runCommand } from '../support/vscode/verbs/quick-input.ts';
import { panelRow, panelSection } from '../support/vscode/verbs/status-panel.ts';
import { waitForTerminal, waitForTerminalText } from '../support/vscode/verbs/terminal.ts';
import { row, showGroups } from '../support/vscode/verbs/tree.ts';

const config = {
  maxRetries: 0,
  // Long enough to see that its provider is waited for.
  retryDelayMs: 8000,
  // What has no evidence is to be seen, not mended.
  repairs: 0,
  agents: { boaster: { command: ['node', '-e', 'console.log("All done.")'] } },
  subagents: {
    greeter: { agent: 'claude' },
    porter: { agent: 'gemini' },
    painter: { agent: 'boaster' },
  },
};

/** A program starts slowly where four of them start at once. */
const START_MS = 90_000;

describe('a group on three different agents, two of them real', function () {
  let model: ModelServer;
  let home: string;
  const env: Record<string, string> = {};

  before('start the model', async function () {
    this.timeout(300_000);
    model = await startModelServer();
    home = temporaryDirectory();
    try {
      Object.assign(env, await clientEnvironment([claude, gemini], home, model.url));
      // VS Code asks a login shell for the path, and the system's own profile sets it again.
      await writeFile(path.join(home, '.bash_profile'), `export PATH='${env.PATH ?? ''}'\n`);
    } catch (error) {
      if (!(error instanceof SetupError)) {
        throw error;
      }
      skip(this, `the agents cannot be installed: ${error.message}`);
    }
  });

  const vscode = useVscode({ env });

  after('end the model', async () => {
    await model.close();
    removeDirectory(home);
  });

  /** Each task tells the model what to do; what the model says last takes long enough to see what was before. */
  function planIn(file: (name: string) => string): string {
    const last = { step: { do: 'text', text: 'It is done.' }, delayMs: 6000 } as const;
    const scripts = {
      'T1 [P:Group-shop] Write the greeting [Subagent: greeter]': scriptWord(
        { do: 'write', file: file('hello.txt'), text: 'Hello\n' },
        last,
      ),
      'T2 [P:Group-shop] Write the farewell [Subagent: porter]': scriptWord(
        { do: 'error', status: 429, times: 1 },
        { do: 'write', file: file('goodbye.txt'), text: 'Goodbye\n' },
        { do: 'text', text: 'It is done.' },
      ),
      'T3 [P:Group-shop] Look around outside [Subagent: greeter]': scriptWord(
        { do: 'bash', command: 'curl http://127.0.0.1:9/' },
        { do: 'text', text: 'It is done.' },
      ),
      'T4 [P:Group-shop] Paint the sign [Subagent: painter]': '',
    };
    const tasks = Object.entries(scripts).map(([task, script]) => `- [ ] ${task}\n  ${script}\n`);
    return `# Shop\n\n${tasks.join('')}`;
  }

  it('shows each task for what it is: at work, throttled, denied, and done without a change', async function () {
    this.timeout(240_000);
    const workspace = await vscode.createWorkspace({
      files: { 'parallel-groups.json': JSON.stringify(config) },
    });
    await workspace.write(
      'tasks.md',
      planIn((name) => workspace.file(name)),
    );
    const window = await vscode.openWorkbench(workspace);
    const { page } = window;
    const shop = await showGroups(page, 'shop');
    await chooseFromContextMenu(shop, 'Run Parallel Group');
    await answerDialog(page, 'shop wants to run 1 command', 'Run');

    await row(page, 'T4 Paint the sign, failed', 'no file changed').waitFor({ timeout: START_MS });
    // What comes first depends on how fast the programs start.
    await Promise.all([
      row(page, 'T1 Write the greeting, running', 'edit hello.txt').waitFor({ timeout: START_MS }),
      row(page, 'T2 Write the farewell, throttled', 'goes on in').waitFor({ timeout: START_MS }),
    ]);
    await window.screenshot('agents running');
    await row(page, 'T3 Look around outside, failed', 'denied').waitFor({ timeout: START_MS });
    await row(page, 'T1 Write the greeting, completed').waitFor({ timeout: START_MS });
    await row(page, 'T2 Write the farewell, completed').waitFor({ timeout: START_MS });
    await toast(page, 'shop: 2 of 4 tasks proven, 2 failed.').waitFor();

    await (await waitForTerminal(page, 'T1 Write the greeting')).click();
    await waitForTerminalText(page, /edit +hello\.txt[\s\S]*It is done\./);
    await runCommand(page, 'Parallel Groups: Show Status Panel');
    await panelRow(page, 'T1').getByText('Completed').waitFor();
    await panelRow(page, 'T2').getByText('gemini').waitFor();
    await panelRow(page, 'T3').getByText('denied').first().waitFor();
    await panelRow(page, 'T4').getByText('no file changed').first().waitFor();
    await panelSection(page, 'Problems').getByText('T3').waitFor();
    await panelRow(page, 'T4').scrollIntoViewIfNeeded();
    await window.screenshot('agents panel');

    await eventually('just the boxes of what is proven to be ticked', async () => {
      const boxes = (await readFile(workspace.file('tasks.md'), 'utf8')).match(/\[[ x]\] T\d/g);
      return boxes?.join() === '[x] T1,[x] T2,[ ] T3,[ ] T4';
    });
  });
});
