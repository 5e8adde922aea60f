import type { Locator, Page } from 'playwright-core';
import { runCommand } from './quick-input.ts';

/** Returns the status bar item for Restricted Mode. */
export function restrictedMode(page: Page): Locator {
  return page.locator('.part.statusbar').getByRole('button', { name: /^Restricted Mode/ });
}

/** Trusts the folder of the window in the Workspace Trust editor. */
export async function trustWorkspace(page: Page): Promise<void> {
  await restrictedMode(page).waitFor();
  await runCommand(page, 'Workspaces: Manage Workspace Trust');
  const editor = page.locator('.workspace-trust-editor');
  await editor.getByRole('button', { name: 'Trust', exact: true }).click();
  await restrictedMode(page).waitFor({ state: 'hidden' });
  // Newer releases show the editor as a dialog over the whole window.
  const modal = page.locator('.monaco-modal-editor-block');
  if (await modal.isVisible()) {
    await modal
      .getByRole('button', { name: /^Close/ })
      .first()
      .click();
    await modal.waitFor({ state: 'hidden' });
  }
}
