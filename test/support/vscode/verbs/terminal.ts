import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Returns the tabs of the terminal panel; a single terminal has its name in the title instead. */
export function terminalTabs(page: Page): Locator {
  return page.locator('.terminal-tabs-entry, .single-terminal-tab');
}

/** Waits until a terminal with `name` in its name is listed. */
export async function waitForTerminal(
  page: Page,
  name: string,
  limitMs?: number,
): Promise<Locator> {
  const tab = terminalTabs(page).filter({ hasText: name }).first();
  await tab.waitFor(limitMs === undefined ? {} : { timeout: limitMs });
  return tab;
}

/** Returns the text of the visible terminals, without trailing blanks. */
export async function terminalText(page: Page): Promise<string> {
  const rows = await page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts();
  return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
}

/** Waits until a visible terminal shows `text`, and returns its whole text. */
export function waitForTerminalText(
  page: Page,
  text: string | RegExp,
  limitMs?: number,
): Promise<string> {
  const check = async (): Promise<string | false> => {
    const shown = await terminalText(page);
    const found = typeof text === 'string' ? shown.includes(text) : text.test(shown);
    return found && shown;
  };
  return eventually(`a terminal that shows ${String(text)}`, check, limitMs);
}
