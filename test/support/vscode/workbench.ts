import type { Browser, Page } from 'playwright-core';
import { repository, resultFile } from './paths.ts';
import type { VscodeServer } from './server.ts';
import { runCommand } from './verbs/quick-input.ts';

export interface WorkbenchOptions {
  readonly server: VscodeServer;
  readonly browser: Browser;
  /** The folder that the window opens. */
  readonly folder: string;
  /** Loads the extension of this folder; this requires the server's smoke-test driver. */
  readonly extensionDevelopmentPath?: string;
  /** Runs this module's `run()` in the extension host. */
  readonly extensionTestsPath?: string;
  /** Called on the new page before it loads anything. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** One VS Code window. */
export interface Workbench {
  readonly page: Page;
  readonly server: VscodeServer;
  readonly folder: string;
  /** Reloads the window with "Developer: Reload Window". Returns when the new one is drawn. */
  reload(): Promise<void>;
  /** Closes the window so that its extension host ends too. */
  close(): Promise<void>;
  /** Saves a screenshot below test-results/ and returns its path. */
  screenshot(name: string): Promise<string>;
}

const startLimitMs = 60_000;
const size = { width: 1400, height: 900 };

/** Opens a window on `folder` and waits until its workbench is drawn. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { server, browser, folder } = options;
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  // The workbench asks before its page is left; tests always leave.
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await options.prepare?.(page);
  await page.goto(server.url(folder, payload(options)), { waitUntil: 'domcontentloaded' });
  await drawn(page);
  return {
    page,
    server,
    folder,
    reload: async () => {
      // The old document, while it exists, would answer instead of the new one.
      const newDocument = page.waitForEvent('domcontentloaded');
      // The command, not the browser's reload: only the command saves the window's state first.
      await runCommand(page, 'Developer: Reload Window');
      await newDocument;
      await drawn(page);
    },
    close: async () => {
      if (!page.isClosed()) {
        const closed = page.waitForEvent('close', { timeout: 10_000 });
        await page.close({ runBeforeUnload: true });
        await closed;
      }
      await context.close();
    },
    screenshot: async (name) => {
      const file = await resultFile(name, 'png');
      await page.screenshot({ path: file });
      return file;
    },
  };
}

/** The extension of this repository. */
export const extensionUnderDevelopment = repository;

function payload(options: WorkbenchOptions): readonly (readonly [string, string])[] {
  const { extensionDevelopmentPath, extensionTestsPath, server } = options;
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${server.port}${file}`;
  const pairs: (readonly [string, string])[] = [];
  if (extensionDevelopmentPath !== undefined) {
    pairs.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  }
  if (extensionTestsPath !== undefined) {
    pairs.push(['extensionTestsPath', remote(extensionTestsPath)]);
  }
  return pairs.length === 0 ? [] : [...pairs, ['skipWelcome', 'true']];
}

async function drawn(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: startLimitMs });
}
