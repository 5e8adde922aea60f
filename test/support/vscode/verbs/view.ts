import type { Locator, Page } from 'playwright-core';

/** Shows the view container `name` through the activity bar, unless it is visible. */
export async function openViewContainer(page: Page, name: string): Promise<void> {
  // A badge adds its number to the accessible name.
  const tab = page
    .locator('.part.activitybar')
    .getByRole('tab', { name: new RegExp(`^${escapeRegExp(name)}`) });
  await tab.waitFor();
  // A click on the active one would hide the side bar.
  if ((await tab.getAttribute('aria-selected')) !== 'true') {
    await tab.click();
  }
  await sideBarTitle(page, name).waitFor();
}

function sideBarTitle(page: Page, name: string): Locator {
  return page.locator('.part.sidebar .composite.title h2', { hasText: new RegExp(name, 'i') });
}

/** Returns the row of the side bar with `name` in its accessible name. */
export function treeItem(page: Page, name: string | RegExp): Locator {
  return page.locator('.part.sidebar').getByRole('treeitem', { name }).first();
}

/** Expands a collapsed row, so that its children are visible. */
export async function expand(item: Locator): Promise<void> {
  await item.waitFor();
  if ((await item.getAttribute('aria-expanded')) !== 'false') {
    return;
  }
  await item.locator('.monaco-tl-twistie').click();
}

/** Presses a button of a row, which is visible on hover. */
export async function pressInlineAction(item: Locator, name: string): Promise<void> {
  await item.hover();
  await item.getByRole('button', { name }).click();
}

/** Presses a button in the title bar of the view `view`. */
export async function pressViewAction(page: Page, view: string, name: string): Promise<void> {
  const header = page.locator('.part.sidebar .pane-header', { hasText: new RegExp(view, 'i') });
  const title = page.locator('.part.sidebar .composite.title');
  const bar = (await header.isVisible()) ? header : title;
  await bar.hover();
  await bar.getByRole('button', { name }).click();
}

/** Escapes `text` for a regular expression. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
