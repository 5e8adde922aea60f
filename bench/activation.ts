// Activation compared with VS Code's built-in Git extension in the same start-ups of VS Code: the times of its "Running
// Extensions" editor, as a ratio. Usage: node bench/activation.ts [starts]
import type { Page } from 'playwright-core';
import { launchWindowBrowser } from '../test/support/vscode/browser.ts';
import { startServer } from '../test/support/vscode/server.ts';
import { eventually } from '../test/support/vscode/verbs/eventually.ts';
import { runCommand } from '../test/support/vscode/verbs/quick-input.ts';
import { packageExtension } from '../test/support/vscode/vsix.ts';
import { openWorkbench } from '../test/support/vscode/workbench.ts';
import { createWorkspace } from '../test/support/vscode/workspace.ts';

const starts = Number(process.argv[2] ?? 5);
const files = {
  'tasks.md': '- [ ] T1 [P:Group-a] One\n  `run: true`\n',
  // Starts the extension with the window, as after a reload.
  '.parallel-groups/.gitignore': '*\n',
};

const server = await startServer({ vsix: [await packageExtension()] });
const browser = await launchWindowBrowser(server.port);
const ratios: number[] = [];
try {
  for (let start = 0; start < starts; start += 1) {
    const workspace = await createWorkspace({ files });
    const window = await openWorkbench({ server, browser, folder: workspace.folder });
    const { git, ours } = await activationTimes(window.page);
    ratios.push(ours / git);
    console.log(`start ${start + 1}: Parallel Groups ${ours} ms, Git ${git} ms`);
    await window.close();
    await workspace.remove();
  }
} finally {
  await browser.close();
  await server.stop();
}
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? NaN;
console.log(
  `activation, Parallel Groups / Git, median of ${starts}: ${median.toFixed(2)} (bar 1.0)`,
);

async function activationTimes(page: Page): Promise<{ git: number; ours: number }> {
  await runCommand(page, 'Developer: Show Running Extensions');
  const list = page.getByRole('dialog', { name: 'Running Extensions' }).locator('.extension');
  const read = (name: string): Promise<number> =>
    eventually(`the activation time of ${name}`, async () => {
      const rows = await list.allInnerTexts();
      const row = rows.find((text) => text.split('\n')[0]?.trim() === name);
      const found = /Activation: (\d+)ms/i.exec(row ?? '')?.[1];
      return found === undefined ? false : Math.max(1, Number(found));
    });
  return { git: await read('Git'), ours: await read('Parallel Groups') };
}
