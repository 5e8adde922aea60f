import { accessSync, constants, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import * as z from 'zod/mini';
import { install } from './cache.ts';
import { SetupError } from './setup-error.ts';

const fontConfig = path.join('fonts', 'parallel-groups.conf');
// The package's own configuration names folders that exist in a serverless container only; a bare
// machine has no fonts at all, and every text would be blank.
const fontConfigText = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
const Manifest = z.object({ version: z.string() });

/** How to start a Chromium: its executable, and the environment that its libraries need. */
export interface InstalledChromium {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const missingLibraries =
  'Chromium misses shared libraries. On Debian or Ubuntu type:\n' +
  '  sudo apt-get install -y --no-install-recommends libnss3 libnspr4 libexpat1\n' +
  'or install your distribution’s chromium, or set CHROMIUM_PATH to one.';

/** Returns `CHROMIUM_PATH`, else the Chromium that npm brings, else one on the path. */
export async function installChromium(): Promise<InstalledChromium> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) {
      return { executable: named, env: {} };
    }
    throw new SetupError(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    return fromNpm();
  }
  const executable = onPath();
  if (executable !== undefined) {
    return { executable, env: {} };
  }
  throw new SetupError(
    `No Chromium was found for ${process.platform} ${process.arch}. Install Chromium or Chrome, or set CHROMIUM_PATH to one.`,
  );
}

async function fromNpm(): Promise<InstalledChromium> {
  const unpacker = import.meta.resolve('@sparticuz/chromium');
  const manifest = await readFile(new URL('../package.json', unpacker), 'utf8');
  const { version } = Manifest.parse(JSON.parse(manifest));
  const folder = await install({
    name: `chromium-${version}`,
    title: `Chromium ${version}`,
    megabytes: 250,
    files: ['chromium', 'al2023/lib/libnss3.so', fontConfig],
    build: (into) => unpack(unpacker, into),
    verify: async (into) => {
      await withLibraries(into);
    },
  });
  return withLibraries(folder);
}

/** Unpacks in a separate process, because the package uses the temporary folder of its process. */
async function unpack(unpacker: string, folder: string): Promise<void> {
  const libraries = fileURLToPath(new URL('../bin/al2023.tar.br', unpacker));
  const program =
    `import chromium, { inflate } from ${JSON.stringify(unpacker)};\n` +
    `await chromium.executablePath();\nawait inflate(${JSON.stringify(libraries)});`;
  await execa(process.execPath, ['--input-type=module', '--eval', program], {
    env: { TMPDIR: folder },
    timeout: 120_000,
  });
  await writeFile(path.join(folder, fontConfig), fontConfigText);
}

/** Adds the system's libraries if they are complete, otherwise those of the package. */
async function withLibraries(folder: string): Promise<InstalledChromium> {
  const executable = path.join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: path.join(folder, fontConfig) };
  const bundled = { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
  for (const env of [fonts, { ...fonts, ...bundled }]) {
    const { failed } = await execa(executable, ['--version'], {
      env,
      reject: false,
      timeout: 20_000,
    });
    if (!failed) {
      return { executable, env };
    }
  }
  throw new SetupError(missingLibraries);
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) =>
    systemNames.map((name) => path.join(folder, name)),
  );
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
