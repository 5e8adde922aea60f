import type { Locator, Page } from 'playwright-core';

function widget(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Returns the text field of the quick pick or input box that is open. */
export function quickInput(page: Page): Locator {
  return widget(page).locator('input[type="text"], input:not([type])').first();
}

/** Returns the entries of the open quick pick. */
export function quickPickItems(page: Page): Locator {
  return widget(page).getByRole('option');
}

/** Selects the entry with `name` in its accessible name. */
export async function chooseQuickPick(page: Page, name: string | RegExp): Promise<void> {
  await widget(page).getByRole('option', { name }).first().click();
}

/** Runs a command: command palette → `title` → Enter. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).waitFor();
  await quickInput(page).fill(`>${title}`);
  await widget(page).getByRole('option', { name: title }).first().waitFor();
  await quickInput(page).press('Enter');
}

/** Presses a button of the entry with `text`, which is visible on hover. */
export async function pressQuickPickButton(page: Page, text: string, name: string): Promise<void> {
  const entry = quickPickItems(page).filter({ hasText: text }).first();
  await entry.hover();
  await entry.getByRole('button', { name }).click();
}
