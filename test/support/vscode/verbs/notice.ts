import type { Locator, Page } from 'playwright-core';

/** Returns the notification on the screen whose text contains `text`. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
}

/** Waits for the notification with `text` and presses its button `button`. */
export async function answerToast(
  page: Page,
  text: string | RegExp,
  button: string,
): Promise<void> {
  const notice = toast(page, text);
  await notice.waitFor();
  await notice.hover();
  await notice.getByRole('button', { name: button, exact: true }).click();
}

/** Returns the open modal dialog. With the smoke-test driver there is none: VS Code refuses it. */
export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Waits for the modal dialog with `text`, presses `button`, and returns the text of the dialog. */
export async function answerDialog(
  page: Page,
  text: string | RegExp,
  button: string,
): Promise<string> {
  const box = dialog(page).filter({ hasText: text });
  await box.waitFor();
  const said = await box.innerText();
  await box.getByRole('button', { name: button, exact: true }).click();
  await box.waitFor({ state: 'hidden' });
  return said;
}
