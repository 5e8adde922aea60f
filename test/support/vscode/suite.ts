import { writeFile } from 'node:fs/promises';
import { launchWindowBrowser, type WindowBrowser } from './browser.ts';
import { resultFile } from './paths.ts';
import { type ServerOptions, startServer, type VscodeServer } from './server.ts';
import { isRelease, newest, type Release } from './versions.ts';
import { packageExtension } from './vsix.ts';
import { extensionUnderDevelopment, openWorkbench, type Workbench } from './workbench.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts';

export interface SuiteOptions extends Pick<
  ServerOptions,
  'settings' | 'env' | 'workspaceTrust' | 'reconnectionGraceSeconds'
> {
  /**
   * `vsix`: packaged and installed, as for a user. `development`: loaded from the repository; it starts faster, and VS
   * Code refuses every dialog. Default: `vsix`.
   */
  readonly extension?: 'vsix' | 'development';
}

/** The VS Code of one mocha suite. */
export interface SuiteVscode {
  readonly server: VscodeServer;
  readonly browser: WindowBrowser;
  /** Creates a workspace for the test; removes it after the test. */
  createWorkspace(options?: WorkspaceOptions): Promise<Workspace>;
  /** Opens a window on `workspace`; closes it after the test. */
  openWorkbench(workspace: Workspace): Promise<Workbench>;
  /**
   * Shares the windows and workspaces of `open` between tests that leave them usable, because a window needs ten
   * seconds to open. After a failed test, the next test opens new ones.
   */
  share<T>(open: () => Promise<T>): () => Promise<T>;
}

const setupLimitMs = 5 * 60_000;
const testLimitMs = 60_000;

/**
 * Gives the surrounding `describe` one server and one browser. After a failed test, screenshots of all
 * windows and the output of the server are in test-results/.
 */
export function useVscode(options: SuiteOptions = {}): SuiteVscode {
  let running: { readonly server: VscodeServer; readonly browser: WindowBrowser } | undefined;
  const own: Opened = { windows: [], workspaces: [] };
  const kept: Opened = { windows: [], workspaces: [] };
  let opening = own;
  const forget: (() => void)[] = [];
  const now = (): { readonly server: VscodeServer; readonly browser: WindowBrowser } => {
    if (running === undefined) {
      throw new Error('VS Code runs only inside of tests and hooks.');
    }
    return running;
  };

  before('start VS Code', async function () {
    this.timeout(setupLimitMs);
    running = await start(options);
  });

  beforeEach(function () {
    this.currentTest?.timeout(Math.max(this.currentTest.timeout(), testLimitMs));
  });

  afterEach('close the windows', async function () {
    this.timeout(30_000);
    // A test that runs again has no state.
    if (this.currentTest !== undefined && this.currentTest.state !== 'passed') {
      const windows = [...own.windows, ...kept.windows];
      await keepEvidence(this.currentTest.fullTitle(), windows, now().server);
      for (const each of forget) {
        each();
      }
      await close(kept);
    }
    await close(own);
  });

  after('end VS Code', async function () {
    this.timeout(30_000);
    await close(kept);
    await running?.browser.close();
    await running?.server.stop();
  });

  return {
    share: (open) => {
      let opened: ReturnType<typeof open> | undefined;
      forget.push(() => (opened = undefined));
      const openKept = async (): Promise<Awaited<ReturnType<typeof open>>> => {
        opening = kept;
        try {
          return await open();
        } finally {
          opening = own;
        }
      };
      return () => (opened ??= openKept());
    },
    get server() {
      return now().server;
    },
    get browser() {
      return now().browser;
    },
    createWorkspace: async (workspaceOptions) => {
      const workspace = await createWorkspace(workspaceOptions);
      opening.workspaces.push(workspace);
      return workspace;
    },
    openWorkbench: async ({ folder }) => {
      const { server, browser } = now();
      const development = options.extension === 'development';
      const workbench = await openWorkbench({
        server,
        browser,
        folder,
        ...(development ? { extensionDevelopmentPath: extensionUnderDevelopment } : {}),
      });
      opening.windows.push(workbench);
      return workbench;
    },
  };
}

/** Resources to close and remove. */
interface Opened {
  readonly windows: Workbench[];
  readonly workspaces: Workspace[];
}

async function close({ windows, workspaces }: Opened): Promise<void> {
  await Promise.allSettled(windows.splice(0).map((each) => each.close()));
  await Promise.allSettled(workspaces.splice(0).map((each) => each.remove()));
}

/** Returns the release to test: `PARALLEL_GROUPS_VSCODE=1.110` runs the suites on that one. */
export function chosenRelease(): Release {
  const text = process.env.PARALLEL_GROUPS_VSCODE ?? newest;
  if (!isRelease(text)) {
    throw new Error(`PARALLEL_GROUPS_VSCODE=${text} is not a known release.`);
  }
  return text;
}

async function start(
  options: SuiteOptions,
): Promise<{ readonly server: VscodeServer; readonly browser: WindowBrowser }> {
  const { extension = 'vsix', ...rest } = options;
  const vsix = extension === 'vsix' ? [await packageExtension()] : [];
  const server = await startServer({
    ...rest,
    release: chosenRelease(),
    vsix,
    smokeTestDriver: extension === 'development',
  });
  try {
    return { server, browser: await launchWindowBrowser(server.port) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function keepEvidence(
  title: string,
  windows: readonly Workbench[],
  server: VscodeServer,
): Promise<void> {
  for (const [index, window] of windows.entries()) {
    if (window.page.isClosed()) {
      continue;
    }
    const name = index === 0 ? title : `${title} ${index + 1}`;
    await window.screenshot(name).catch(() => undefined);
  }
  await writeFile(await resultFile(title, 'log'), server.log());
}
