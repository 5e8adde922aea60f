import type { FrameLocator, Locator, Page } from 'playwright-core';

/** More than the number of controls in panel and window. */
const mostControls = 150;

/** Returns the page of the status panel. VS Code puts a webview into a frame within a frame. */
export function statusPanel(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** Returns the section of the panel with the heading `title`. */
export function panelSection(page: Page, title: string): Locator {
  return statusPanel(page).getByRole('region', { name: new RegExp(`^${title}`) });
}

/** Returns the row of the panel's task table for the task `id`. */
export function panelRow(page: Page, id: string): Locator {
  return statusPanel(page)
    .locator('tr.task')
    .filter({
      has: page.locator('.id', { hasText: new RegExp(`^${id.replaceAll('.', '\\.')}$`) }),
    });
}

/** Returns the name of the focused control of the panel; empty if there is none. */
export async function focusedName(page: Page): Promise<string> {
  const focused = statusPanel(page).locator(':focus');
  if ((await focused.count()) === 0) {
    return '';
  }
  const label = await focused.getAttribute('aria-label');
  return (label ?? (await focused.innerText())).replaceAll(/\s+/g, ' ').trim();
}

/** Presses Tab (or Shift+Tab) until `name` has the focus. Returns all names on the way. */
export async function tabTo(
  page: Page,
  name: string,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<readonly string[]> {
  const passed: string[] = [];
  for (let presses = 0; presses < mostControls; presses += 1) {
    await page.keyboard.press(key);
    passed.push(await focusedName(page));
    if (passed.at(-1) === name) {
      return passed;
    }
  }
  throw new Error(`${key} does not lead to "${name}", but to: ${passed.join(', ')}`);
}
