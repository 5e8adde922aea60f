import type { Locator } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Opens the context menu of `target` and returns its entries as they are shown. */
export async function openContextMenu(target: Locator): Promise<Locator> {
  const menu = target.page().locator('.context-view .monaco-menu');
  await eventually('a context menu', async () => {
    // An element that is redrawn under the mouse opens no menu.
    if (await menu.isHidden()) {
      await target.click({ button: 'right', timeout: 10_000 });
    }
    await menu.getByRole('menuitem').first().waitFor({ timeout: 5000 });
    return true;
  });
  return menu;
}

/** Right-clicks `target` and selects the entry `name`. */
export async function chooseFromContextMenu(target: Locator, name: string): Promise<void> {
  const menu = await openContextMenu(target);
  const entry = menu.getByRole('menuitem', { name, exact: true });
  // A menu ignores the mouse for its first 100 ms, so that the opening click selects nothing.
  let clicked = false;
  await eventually(`the menu to close after a click on "${name}"`, async () => {
    if (clicked && (await menu.isHidden())) {
      return true;
    }
    if (await entry.isDisabled({ timeout: 500 })) {
      // A menu does not change after it opened, but its conditions may have changed since.
      await target.page().keyboard.press('Escape');
      await openContextMenu(target);
    }
    // It may close during the click.
    clicked = true;
    await entry.click({ timeout: 500 });
    return menu.isHidden();
  });
}
