import type { Locator, Page } from 'playwright-core';
import { editorTab } from './editor.ts';
import { eventually } from './eventually.ts';
import { chooseQuickPick, quickInput } from './quick-input.ts';

/** Opens a file by name with Go to File. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await quickInput(page).waitFor();
  await quickInput(page).fill(name);
  await chooseQuickPick(page, name);
  await editorTab(page, name).waitFor();
  await editorText(page).first().waitFor();
}

/** Returns the lines of the active editor. */
export function editorText(page: Page): Locator {
  return page.locator('.part.editor .editor-instance .view-line');
}

/** Returns the line of the active editor that contains `text`. */
export function editorLine(page: Page, text: string): Locator {
  // The editor writes spaces as non-breaking ones.
  return editorText(page).filter({ hasText: text }).first();
}

/** Returns the lens with `text`. */
export function lens(page: Page, text: string | RegExp): Locator {
  return page.locator('.part.editor .codelens-decoration').getByText(text).first();
}

/** Puts the cursor after the first `words` of the active editor, which shows `text`. */
export async function placeCursor(page: Page, text: string, words: string): Promise<void> {
  const before = text.slice(0, text.indexOf(words) + words.length).split('\n');
  const place = [before.length, (before.at(-1)?.length ?? 0) + 1];
  await page.keyboard.press('Control+G');
  await quickInput(page).waitFor();
  await quickInput(page).fill(`:${place.join(':')}`);
  await quickInput(page).press('Enter');
  const name = `Ln ${place.join(', Col ')}`;
  await page.locator('.part.statusbar').getByRole('button', { name }).waitFor();
}

/** Returns the open suggestions. */
export function suggestions(page: Page): Locator {
  return page.locator('.suggest-widget.visible .monaco-list-row');
}

/** Accepts the suggestion that contains `text`, after it is selected. */
export async function acceptSuggestion(page: Page, text: string): Promise<void> {
  const chosen = page.locator('.suggest-widget.visible .monaco-list-row.focused');
  await eventually(`the suggestion "${text}" to be chosen`, async () => {
    // While VS Code requests suggestions after a hyphen, there are none, and Enter would insert a line.
    if ((await suggestions(page).count()) === 0) {
      await page.keyboard.press('Control+Space');
    }
    return (await chosen.count()) === 1 && (await chosen.textContent())?.includes(text);
  });
  await page.keyboard.press('Enter');
}

/** Returns the hover that is open. */
export function hover(page: Page): Locator {
  return page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-contents').first();
}

/** Requests the quick fixes at the cursor until `title` is the first one. */
export async function openQuickFix(page: Page, title: string): Promise<void> {
  const first = page.locator('.action-widget .monaco-list-row.action').first();
  // Just after an edit, while problems are updated, VS Code reports that there are none.
  await eventually(`the quick fix "${title}"`, async () => {
    if (!(await first.isVisible())) {
      await page.keyboard.press('Control+.');
    }
    await first.filter({ hasText: title }).waitFor({ timeout: 3000 });
    return true;
  });
}

/** Returns the visible marks in the margin, by the names of their icons, sorted. */
export async function marks(page: Page): Promise<readonly string[]> {
  const styles = await page.evaluate<readonly string[]>(
    "[...document.querySelectorAll('.part.editor .cgmr')].map((each) => getComputedStyle(each).backgroundImage)",
  );
  return styles.flatMap((style) => /([a-z-]+)\.svg/.exec(style)?.[1] ?? []).sort();
}
