import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The page of the status panel: VS Code puts a webview into a frame within a frame. */
export function statusPanel(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** The section of the panel with the heading `title`. */
export function panelSection(page: Page, title: string): Locator {
  return statusPanel(page).getByRole('region', { name: new RegExp(`^${title}`) });
}

/** The row of the panel's task table for the task `id`. */
export function panelRow(page: Page, id: string): Locator {
  return statusPanel(page)
    .locator('tr.task')
    .filter({
      has: page.locator('.id', { hasText: new RegExp(`^${id.replaceAll('.', '\\.')}$`) }),
    });
}
