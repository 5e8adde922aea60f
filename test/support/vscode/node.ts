import path from 'node:path';
import { execa } from 'execa';
import { install } from './cache.ts';
import { npm } from './npm.ts';
import { SetupError } from './setup-error.ts';

/** Returns a Node of the same major version as `version`: the running one if it fits, else from npm. */
export async function nodeExecutable(version: string): Promise<string> {
  const major = (text: string): string | undefined => text.split('.')[0];
  if (major(process.versions.node) === major(version)) {
    return process.execPath;
  }
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const file = path.join('node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  const folder = await install({
    name: `${name}-${version}`,
    title: `Node ${version}`,
    megabytes: 250,
    files: [file],
    build: (into) => npm(into, ['install', '--prefix', into, '--no-save', `${name}@${version}`]),
    verify: async (into) => {
      const { stdout } = await execa(path.join(into, file), ['--version']);
      if (stdout !== `v${version}`) {
        throw new SetupError(`npm's ${name}@${version} says that it is ${stdout}.`);
      }
    },
  });
  return path.join(folder, file);
}
