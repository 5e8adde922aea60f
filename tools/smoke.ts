// The first steps of a user: right-click a group, run it, approve it, and see it completed.
import type { Page } from 'playwright-core';
import { launchWindowBrowser } from '../test/support/vscode/browser.ts';
import { startServer, type VscodeServer } from '../test/support/vscode/server.ts';
import { describeError, say } from '../test/support/vscode/setup-error.ts';
import { eventually } from '../test/support/vscode/verbs/eventually.ts';
import { chooseFromContextMenu } from '../test/support/vscode/verbs/menu.ts';
import { answerDialog } from '../test/support/vscode/verbs/notice.ts';
import { openViewContainer, treeItem } from '../test/support/vscode/verbs/view.ts';
import { packageExtension } from '../test/support/vscode/vsix.ts';
import { openWorkbench, type Workbench } from '../test/support/vscode/workbench.ts';

const group = 'checks';
/** The group's commands run for about ten seconds on two cores, plus the baseline and the tests. */
const runLimitMs = 180_000;

/** Runs the sample's first group in a headless VS Code. True if the tree shows it as proven. */
export async function smoke(folder: string, signal: AbortSignal): Promise<boolean> {
  say('Packaging the extension …');
  const server = await startServer({ vsix: [await packageExtension()] });
  const browser = await launchWindowBrowser(server.port);
  // Without its browser, every wait fails at once.
  signal.addEventListener('abort', () => void browser.close());
  try {
    const window = await openWorkbench({ server, browser, folder });
    return await runGroup(window, server);
  } catch (error) {
    console.error(signal.aborted ? 'Interrupted.' : describeError(error));
    return false;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function runGroup(window: Workbench, server: VscodeServer): Promise<boolean> {
  const { page } = window;
  try {
    await startGroup(page);
    const summary = await waitForEnd(page);
    console.log(`✔ ${summary}`);
    console.log(`  screenshot: ${await window.screenshot('smoke')}`);
    return true;
  } catch (error) {
    console.error(`✖ ${describeError(error)}`);
    console.error(`  screenshot: ${await window.screenshot('smoke-failed')}`);
    console.error(server.log());
    return false;
  }
}

async function startGroup(page: Page): Promise<void> {
  await openViewContainer(page, 'Parallel Groups');
  const item = treeItem(page, new RegExp(`^${group}`));
  await item.waitFor({ timeout: 30_000 });
  await chooseFromContextMenu(item, 'Run Parallel Group');
  const said = await answerDialog(page, group, 'Run');
  say(`Approved: ${said.replaceAll(/\s+/g, ' ')}`);
}

/** Returns the text of the group's row after the run; throws if the run ended with another result. */
async function waitForEnd(page: Page): Promise<string> {
  const item = treeItem(page, new RegExp(`^${group}`));
  const row = await eventually(
    `the group "${group}" to end`,
    async () => {
      const label = (await item.getAttribute('aria-label')) ?? '';
      return /passed|proven|failed|cancelled|blocked/i.test(label) && label;
    },
    runLimitMs,
  );
  if (/failed|cancelled|blocked/i.test(row)) {
    throw new Error(`The run ended as: ${row}`);
  }
  return row;
}
