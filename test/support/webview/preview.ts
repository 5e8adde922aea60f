// Draws the status panel with every sample in every theme: node test/support/webview/preview.ts [folder]
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser } from '../vscode/browser.ts';
import { repository } from '../vscode/paths.ts';
import { buildPanel, openPanel } from './open-panel.ts';
import { SAMPLES } from './samples.ts';
import { THEMES } from './themes.ts';

const folder = path.resolve(process.argv[2] ?? path.join(repository, 'test-results', 'panel'));
await mkdir(folder, { recursive: true });
const program = await buildPanel();
const browser = await launchBrowser();
try {
  for (const [theme, colours] of Object.entries(THEMES)) {
    for (const [name, snapshot] of Object.entries(SAMPLES)) {
      const { page, send, complaints } = await openPanel(browser, program, colours);
      await send(snapshot);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const row of await page.getByRole('button', { name: /^T01[23]/ }).all()) {
        await row.click();
      }
      await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`), fullPage: true });
      await page.setViewportSize({ width: 480, height: 900 });
      await page.screenshot({
        path: path.join(folder, `${name}-${theme}-narrow.png`),
        fullPage: true,
      });
      complaints.forEach((complaint) => console.error(`${name}, ${theme}: ${complaint}`));
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`The panel is drawn in ${folder}.`);
