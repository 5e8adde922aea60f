import type { Locator } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Opens the context menu of `target` and returns its entries as they are shown. */
export async function openContextMenu(target: Locator): Promise<Locator> {
  const menu = target.page().locator('.context-view .monaco-menu');
  await eventually('a context menu', async () => {
    // What is drawn anew under the mouse opens none.
    if (await menu.isHidden()) {
      await target.click({ button: 'right', timeout: 10_000 });
    }
    await menu.getByRole('menuitem').first().waitFor({ timeout: 5000 });
    return true;
  });
  return menu;
}

/** Right click on `target`, then the entry `name`. */
export async function chooseFromContextMenu(target: Locator, name: string): Promise<void> {
  const menu = await openContextMenu(target);
  const entry = menu.getByRole('menuitem', { name, exact: true });
  // A menu ignores the mouse for its first 100 ms, so that the opening click chooses nothing.
  let clicked = false;
  await eventually(`the menu to close after a click on "${name}"`, async () => {
    if (clicked && (await menu.isHidden())) {
      return true;
    }
    if (await entry.isDisabled({ timeout: 500 })) {
      // A menu stays as it was when it opened; what decides of its entries may have come later.
      await target.page().keyboard.press('Escape');
      await openContextMenu(target);
    }
    // It may close while the click is still being waited for.
    clicked = true;
    await entry.click({ timeout: 500 });
    return menu.isHidden();
  });
}
