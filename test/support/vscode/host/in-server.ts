import type { Page } from 'playwright-core';
import { launchWindowBrowser } from '../browser.ts';
import { repository } from '../paths.ts';
import { startServer } from '../server.ts';
import type { Release } from '../versions.ts';
import { openWorkbench } from '../workbench.ts';

export interface HostRun {
  /** The module whose `run()` VS Code calls. */
  readonly entry: string;
  /** The folder that the window opens. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limitMs: number;
}

/** The output of VS Code; its exit code is undefined after a time-out. */
export interface HostEnd {
  readonly code: number | undefined;
  readonly log: string;
}

/** Runs `entry` in the extension host of VS Code's server, with a headless browser as its client. */
export async function runInServer(release: Release, run: HostRun): Promise<HostEnd> {
  const server = await startServer({ release, smokeTestDriver: true, env: run.env });
  try {
    const browser = await launchWindowBrowser(server.port);
    try {
      const lines: string[] = [];
      const code = await new Promise<number | undefined>((resolve, reject) => {
        setTimeout(resolve, run.limitMs, undefined).unref();
        openWorkbench({
          server,
          browser,
          folder: run.folder,
          extensionDevelopmentPath: repository,
          extensionTestsPath: run.entry,
          prepare: (page) => listen(page, lines, resolve),
        }).catch(reject);
      });
      return { code, log: [server.log(), ...lines].join('\n') };
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * Exposes the two functions that a workbench with the smoke-test driver calls; it looks for them only once, at start.
 */
async function listen(page: Page, lines: string[], exit: (code: number) => void): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    lines.push(`[${type}] ${args.map(String).join(' ')}`);
  });
  await page.exposeFunction('codeAutomationExit', exit);
}
