import path from 'node:path';
import { execa } from 'execa';
import type { BuiltInAgent } from '../../../../src/shared/agent-ids.ts';
import { install } from '../../vscode/cache.ts';
import { npm } from '../../vscode/npm.ts';
import { SetupError } from '../../vscode/setup-error.ts';

/** A real coding agent, in the one version that the tests know. */
export interface RealClient {
  /** The product's id of the agent. */
  readonly id: BuiltInAgent;
  readonly title: string;
  /** The npm package, and its version. */
  readonly from: string;
  readonly version: string;
  /** Disk space for the installation, MB. */
  readonly megabytes: number;
  /** Whether its first start in a home creates a database, which may fail if several start at once. */
  readonly startsAloneFirst?: boolean;
  /** Whether to omit optional packages of npm that the tests do not need. */
  readonly omitOptional?: boolean;
  /** Steps in the package's folder after the installation, as its own script would do them. */
  readonly setUp?: (folder: string) => Promise<void>;
  /**
   * Returns the environment of a process that sends requests only to the model at `url`; writes its settings into the
   * empty `home`.
   */
  settings(home: string, url: string): Readonly<Record<string, string>>;
}

const BIN = path.join('node_modules', '.bin');

/** Returns the folder with the client's program, for a `PATH`; installs it into the tests' cache on first use. */
export async function clientFolder(client: RealClient): Promise<string> {
  const { id, title, from, version, megabytes } = client;
  const program = path.join(BIN, process.platform === 'win32' ? `${id}.cmd` : id);
  const folder = await install({
    name: `${id}-${version}`,
    title: `${title} ${version}`,
    megabytes,
    files: [program],
    build: async (into) => {
      // No package's script runs by itself: `setUp` does what is needed of it.
      const options = ['--prefix', into, '--no-save', '--ignore-scripts'];
      if (client.omitOptional === true) {
        options.push('--omit=optional');
      }
      await npm(into, ['install', ...options, `${from}@${version}`]);
      await client.setUp?.(path.join(into, 'node_modules', ...from.split('/')));
    },
    verify: async (into) => {
      const { all, failed } = await execa(path.join(into, program), ['--version'], {
        all: true,
        reject: false,
        env: { HOME: into, USERPROFILE: into, DISABLE_AUTOUPDATER: '1' },
      });
      if (failed || !all.includes(version)) {
        throw new SetupError(`${from}@${version} does not run here, and says: ${all}`);
      }
    },
  });
  return path.join(folder, BIN);
}
