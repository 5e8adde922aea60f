import path from 'node:path';
import { execa } from 'execa';
import type { BuiltInAgent } from '../../../../src/shared/agent-ids.ts';
import { install } from '../../vscode/cache.ts';
import { npm } from '../../vscode/npm.ts';
import { SetupError } from '../../vscode/setup-error.ts';

/** A real coding agent, in the one version that the tests know. */
export interface RealClient {
  /** As the product calls it. */
  readonly id: BuiltInAgent;
  readonly title: string;
  /** The npm package, and its version. */
  readonly from: string;
  readonly version: string;
  /** Needed on disk while it is installed, in MB. */
  readonly megabytes: number;
  /** Whether its first start in a home makes a database, which several at once may fail at. */
  readonly startsAloneFirst?: boolean;
  /** Leaves out what npm would install beside it and what no test needs. */
  readonly omitOptional?: boolean;
  /** What has to be done in the package's folder after it was installed, as its own script would. */
  readonly setUp?: (folder: string) => Promise<void>;
  /** Environment of a process that asks the model at `url` and nobody else; writes its settings into the empty `home`. */
  settings(home: string, url: string): Readonly<Record<string, string>>;
}

const BIN = path.join('node_modules', '.bin');

/** The folder with the client's program, for a `PATH`; installed into the tests' cache on first use. */
export async function clientFolder(client: RealClient): Promise<string> {
  const { id, title, from, version, megabytes } = client;
  const program = path.join(BIN, process.platform === 'win32' ? `${id}.cmd` : id);
  const folder = await install({
    name: `${id}-${version}`,
    title: `${title} ${version}`,
    megabytes,
    files: [program],
    build: async (into) => {
      // No package's script runs by itself: what one would do, and is needed, is said in `setUp`.
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
