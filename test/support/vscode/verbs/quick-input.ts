import type { Locator, Page } from 'playwright-core';

function widget(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** The text field of the quick pick or input box that is open. */
export function quickInput(page: Page): Locator {
  return widget(page).locator('input[type="text"], input:not([type])').first();
}

/** The entries of the open quick pick, as they are shown. */
export function quickPickItems(page: Page): Locator {
  return widget(page).getByRole('option');
}

/** Chooses the entry whose accessible name contains `name`. */
export async function chooseQuickPick(page: Page, name: string | RegExp): Promise<void> {
  await widget(page).getByRole('option', { name }).first().click();
}

/** Command palette → `title` → Enter. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).waitFor();
  await quickInput(page).fill(`>${title}`);
  await widget(page).getByRole('option', { name: title }).first().waitFor();
  await quickInput(page).press('Enter');
}

/** Presses one of the buttons that the entry with `text` shows while the mouse is over it. */
export async function pressQuickPickButton(page: Page, text: string, name: string): Promise<void> {
  const entry = quickPickItems(page).filter({ hasText: text }).first();
  await entry.hover();
  await entry.getByRole('button', { name }).click();
}
