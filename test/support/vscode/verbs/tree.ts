import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { escapeRegExp, openViewContainer } from './view.ts';

/**
 * Returns the row of a task or group whose accessible name begins with the first word and contains the others in order.
 */
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

/** Returns the number in the activity bar: how many tasks run. */
export function runningBadge(page: Page, count: number): Locator {
  const tasks = count === 1 ? 'task' : 'tasks';
  return page
    .locator('.part.activitybar')
    .getByRole('tab', { name: `Parallel Groups - ${count} running ${tasks}` })
    .locator('.badge-content', { hasText: String(count) });
}

/** Returns the text of the view without groups. */
export function welcome(page: Page, text: string): Locator {
  return page.locator('.part.sidebar .welcome-view-content', { hasText: text });
}

/** Returns the status bar item for running groups, if its accessible name contains `text`. */
export function statusBarItem(page: Page, text: string): Locator {
  return page
    .locator('.part.statusbar')
    .getByRole('button', { name: new RegExp(`^Parallel Groups: .*${escapeRegExp(text)}`) });
}

/** Returns the checkbox of a row. */
export function checkbox(item: Locator): Locator {
  return item.getByRole('checkbox');
}

/** Returns the message of the view above its rows, if it contains `text`. */
export function viewMessage(page: Page, text: string): Locator {
  return page.locator('.part.sidebar .tree-explorer-viewlet-tree-view .message', {
    hasText: text,
  });
}

/** Returns the accessible names of the first rows. */
export async function rowNames(page: Page, count: number): Promise<readonly string[]> {
  const rows = page.locator('.part.sidebar').getByRole('treeitem');
  const names = (await rows.all()).slice(0, count).map((each) => each.getAttribute('aria-label'));
  return (await Promise.all(names)).map((name) => name ?? '');
}

/** Selects an entry of the menu in the view's title. */
export async function chooseFromViewMenu(page: Page, name: string): Promise<void> {
  const title = page.locator('.part.sidebar .pane-header', { hasText: 'Parallel Groups' });
  const more = title.getByRole('button', { name: /^(Views and )?More Actions/ });
  const menu = page.locator('.context-view .monaco-menu');
  const entry = menu.getByRole('menuitem', { name, exact: true });
  await eventually(`the menu of the view with "${name}"`, async () => {
    // The buttons of a view are visible on hover; a redraw during a click loses it.
    if (!(await menu.isVisible())) {
      await title.hover();
      await more.click({ timeout: 2000 });
    }
    await entry.waitFor({ timeout: 2000 });
    return true;
  });
  // A menu ignores the mouse for its first 100 ms, so that the opening click selects nothing.
  await eventually(`the menu to close after a click on "${name}"`, async () => {
    if (await menu.isVisible()) {
      await entry.click({ timeout: 500 });
    }
    return menu.isHidden();
  });
}

/** Drags a row onto another one with the mouse. */
export async function dragTo(from: Locator, to: Locator): Promise<void> {
  await from.dragTo(to);
}
