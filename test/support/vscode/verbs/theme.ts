import type { Page } from 'playwright-core';
import type { Workspace } from '../workspace.ts';

/** The themes that come with VS Code, as its settings call them, and the class that each gives to the page. */
export const themes = {
  light: ['Default Light Modern', 'light_modern'],
  dark: ['Default Dark Modern', 'dark_modern'],
  highContrast: ['Default High Contrast', 'hc_black'],
} as const;

/** Shows the window in a theme, by the settings of its workspace. */
export async function chooseTheme(
  page: Page,
  workspace: Workspace,
  theme: keyof typeof themes,
): Promise<void> {
  const [name, file] = themes[theme];
  await workspace.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': name }));
  await page.locator(`.monaco-workbench[class*="themes-${file}-json"]`).waitFor();
}
