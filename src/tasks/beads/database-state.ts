import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { errorCode } from '../../system/error-code.ts';
import { EXPORT } from './issues/issue-places.ts';
import { isFolder, namesIn, textOf } from './issues/on-disk.ts';

/** Where bd keeps its databases, below `.beads`. */
const DATABASES = ['embeddeddolt', 'dolt'] as const;
/** Files whose change can change what bd says, or whether it can say anything. */
const SETTINGS = ['metadata.json', 'config.yaml', 'redirect', EXPORT] as const;
/** What bd writes anew whenever it only looks: always of the same size, and of no meaning for us. */
const NOISE: ReadonlySet<string> = new Set(['LOCK', 'journal.idx']);

/** What can be seen of a tracker from outside, without starting bd. */
export interface DatabaseState {
  /**
   * Differs whenever something was written. Readings touch the database's files too (times, and even a rename), but leave
   * their sizes and names: the journal of the embedded database only ever grows.
   */
  readonly signature: string;
  /** Folders in which something happens on a write; absolute. */
  readonly folders: readonly string[];
  /** Whether all writes show in the signature. Not where a server keeps the database. */
  readonly telling: boolean;
  /** Whether bd would find something of its own in this folder, rather than in one around it. */
  readonly project: boolean;
  /** Whether the database is in this folder, and not where another one points to. */
  readonly own: boolean;
}

/** Looks at the `.beads` folder at `folder` (absolute). Never fails: what is not there is not in the state. */
export async function databaseState(folder: string): Promise<DatabaseState> {
  const home = await redirected(folder);
  const names = await namesIn(folder);
  const journals = await journalFolders(home);
  const settings = await Promise.all(SETTINGS.map((name) => describe(folder, name, true)));
  const tables = await Promise.all(journals.map(journalState));
  const served = await isServed(home);
  const legacy = names.some((name) => name.endsWith('.db'));
  return {
    signature: [...settings, ...tables].join('\n'),
    folders: [folder, ...journals],
    telling: journals.length > 0 && !served,
    project:
      legacy ||
      ['metadata.json', 'config.yaml', 'redirect', ...DATABASES].some((each) =>
        names.includes(each),
      ),
    own: home === folder && (journals.length > 0 || served || legacy),
  };
}

/** The folder that `redirect` leads to, by the first line that is no comment; the same one without it. */
async function redirected(folder: string): Promise<string> {
  const text = (await textOf(join(folder, 'redirect'))) ?? '';
  const target = text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#'));
  if (target === undefined) {
    return folder;
  }
  const path = resolve(dirname(folder), target);
  return (await isFolder(path)) ? path : folder;
}

/** Where the tables of each database are written: `<database>/<name>/.dolt/noms`. */
async function journalFolders(home: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const database of DATABASES) {
    for (const name of (await namesIn(join(home, database))).toSorted()) {
      const folder = join(home, database, name, '.dolt', 'noms');
      if (await isFolder(folder)) {
        found.push(folder);
      }
    }
  }
  return found;
}

async function journalState(folder: string): Promise<string> {
  const names = (await namesIn(folder)).filter((name) => !NOISE.has(name)).toSorted();
  const files = await Promise.all(names.map((name) => describe(folder, name, false)));
  const manifest = await textOf(join(folder, 'manifest'));
  return [folder, manifest ?? '', ...files].join('\n');
}

async function describe(folder: string, name: string, timed: boolean): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(join(folder, name));
    return `${name} ${size}${timed ? ` ${mtimeMs}` : ''}`;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return `${name} -`;
  }
}

const metadataSchema = z.looseObject({ dolt_mode: z.optional(z.string()) });

/** Whether a server keeps the database, perhaps on another machine. */
async function isServed(home: string): Promise<boolean> {
  try {
    const json: unknown = JSON.parse(await readFile(join(home, 'metadata.json'), 'utf8'));
    const mode = metadataSchema.safeParse(json).data?.dolt_mode;
    return mode !== undefined && mode !== 'embedded';
  } catch (error) {
    if (errorCode(error) === undefined && !(error instanceof SyntaxError)) {
      throw error;
    }
    return false;
  }
}
