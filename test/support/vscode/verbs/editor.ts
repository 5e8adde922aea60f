import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { quickInput } from './quick-input.ts';

/** Returns the tab of an open editor. */
export function editorTab(page: Page, name: string): Locator {
  return page.locator('.part.editor .tabs-container').getByRole('tab', { name });
}

/** Waits until the cursor of the active editor is in `line`, counted from 1. */
export async function waitForCursor(page: Page, line: number): Promise<void> {
  const place = page.locator('.part.statusbar').getByRole('button', { name: `Ln ${line},` });
  await place.waitFor();
}

/** Goes to `line` of the active editor and types a new line below it. */
export async function typeBelow(page: Page, line: number, text: string): Promise<void> {
  await page.keyboard.press('Control+G');
  await quickInput(page).waitFor();
  await quickInput(page).fill(`:${line}`);
  await quickInput(page).press('Enter');
  await waitForCursor(page, line);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type(text);
}

/** Saves the active editor and waits until it has no unsaved changes. */
export async function saveFile(page: Page): Promise<void> {
  await page.keyboard.press('Control+S');
  const unsaved = page.locator('.part.editor .tab.active.dirty');
  await eventually('the file to be saved', () => unsaved.count().then((count) => count === 0));
}
