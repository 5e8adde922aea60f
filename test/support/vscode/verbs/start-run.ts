import type { Locator, Page } from 'playwright-core';
import { chooseFromContextMenu } from './menu.ts';
import { answerDialog } from './notice.ts';
import { row, showGroups } from './tree.ts';

/** Right-clicks `group` and selects Run Parallel Group, after it can run; returns its row. */
export async function askToRun(page: Page, group: string): Promise<Locator> {
  const found = await showGroups(page, group);
  await found.hover();
  // A menu that opens before the folder is read, or trusted, lacks the entry and does not change later.
  await found.locator('.action-label:not(.disabled)[aria-label="Run Parallel Group"]').waitFor();
  await chooseFromContextMenu(found, 'Run Parallel Group');
  return found;
}

/** Runs `group` by a right click and approves its commands; returns its row. */
export async function startRun(page: Page, group: string): Promise<Locator> {
  const found = await askToRun(page, group);
  await answerDialog(page, `${group} wants to run`, 'Run');
  return found;
}

/** Waits until the row of each task shows that it runs. */
export async function waitForRunning(page: Page, ...tasks: readonly string[]): Promise<void> {
  for (const task of tasks) {
    await row(page, task, 'running').waitFor();
  }
}
