import type { Page } from 'playwright-core';
import type { Workspace } from '../workspace.ts';

/** The built-in themes by their setting, and the class that each gives to the page. */
export const themes = {
  light: ['Default Light Modern', 'light_modern'],
  dark: ['Default Dark Modern', 'dark_modern'],
  highContrast: ['Default High Contrast', 'hc_black'],
} as const;

/** Sets the theme of the window in the settings of its workspace. */
export async function chooseTheme(
  page: Page,
  workspace: Workspace,
  theme: keyof typeof themes,
): Promise<void> {
  const [name, file] = themes[theme];
  await workspace.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': name }));
  await page.locator(`.monaco-workbench[class*="themes-${file}-json"]`).waitFor();
}
