import type { Locator, Page } from 'playwright-core';
import { chooseFromContextMenu } from './menu.ts';
import { answerDialog } from './notice.ts';
import { row, showGroups } from './tree.ts';

/** Runs `group` by a right click and approves its commands; returns its row. */
export async function startRun(page: Page, group: string): Promise<Locator> {
  const found = await showGroups(page, group);
  await chooseFromContextMenu(found, 'Run Parallel Group');
  await answerDialog(page, `${group} wants to run`, 'Run');
  return found;
}

/** Waits until the row of each task says that it runs. */
export async function waitForRunning(page: Page, ...tasks: readonly string[]): Promise<void> {
  for (const task of tasks) await row(page, task, 'running').waitFor();
}
