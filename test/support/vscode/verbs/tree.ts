import type { Locator, Page } from 'playwright-core';
import { escapeRegExp, openViewContainer } from './view.ts';

/** The row of a task or a group whose accessible name begins with the first word and says the others in their order. */
export function row(page: Page, ...words: readonly string[]): Locator {
  const name = new RegExp(`^${words.map(escapeRegExp).join('.*')}`);
  return page.locator('.part.sidebar').getByRole('treeitem', { name });
}

/** Shows the groups, and waits until `group` is listed. */
export async function showGroups(page: Page, group: string): Promise<Locator> {
  await openViewContainer(page, 'Parallel Groups');
  const found = row(page, `${group}, group`);
  await found.waitFor();
  return found;
}

/** The number that the activity bar shows: how many tasks run. */
export function runningBadge(page: Page, count: number): Locator {
  const tasks = count === 1 ? 'task' : 'tasks';
  return page
    .locator('.part.activitybar')
    .getByRole('tab', { name: `Parallel Groups - ${count} running ${tasks}` })
    .locator('.badge-content', { hasText: String(count) });
}

/** What the view says in the place of groups. */
export function welcome(page: Page, text: string): Locator {
  return page.locator('.part.sidebar .welcome-view-content', { hasText: text });
}

/** The item that tells of running groups, if its accessible name contains `text`. */
export function statusBarItem(page: Page, text: string): Locator {
  return page
    .locator('.part.statusbar')
    .getByRole('button', { name: new RegExp(`^Parallel Groups: .*${escapeRegExp(text)}`) });
}
