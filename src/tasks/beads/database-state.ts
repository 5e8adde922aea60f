import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { errorCode } from '../../system/error-code.ts';
import { EXPORT } from './issues/issue-places.ts';
import { isFolder, namesIn, textOf } from './issues/on-disk.ts';

/** The folders below `.beads` in which bd keeps its databases. */
const DATABASES = ['embeddeddolt', 'dolt'] as const;
/** Files whose changes can affect bd's output, or whether bd works at all. */
const SETTINGS = ['metadata.json', 'config.yaml', 'redirect', EXPORT] as const;
/** Files that bd rewrites even on a read: constant in size and irrelevant here. */
const NOISE: ReadonlySet<string> = new Set(['LOCK', 'journal.idx']);

/** The file in which bd notes its own version at every call. */
const LAST_BD = '.local_version';

/** The state of a tracker as the file system shows it, without starting bd. */
export interface DatabaseState {
  /**
   * Changes on every write. Reads touch the database's files too (times, even a rename), but leave their sizes and
   * names: the journal of the embedded database only ever grows.
   */
  readonly signature: string;
  /** Folders whose content changes on a write; absolute. */
  readonly folders: readonly string[];
  /** Whether the signature reflects every write; `false` if a server keeps the database. */
  readonly detectsWrites: boolean;
  /** The version of the bd that used the database last on this machine, as bd notes it; `null` if it did not. */
  readonly lastBd: string | null;
  /** Whether bd would find a tracker in this folder, rather than in a parent folder. */
  readonly project: boolean;
  /** Whether the database is in this folder, and not in one that `redirect` points to. */
  readonly own: boolean;
}

/** Reads the state of the `.beads` folder at `folder` (absolute). Never fails: the state omits what does not exist. */
export async function databaseState(folder: string): Promise<DatabaseState> {
  const home = await redirected(folder);
  const names = await namesIn(folder);
  const journals = await journalFolders(home);
  const settings = await Promise.all(SETTINGS.map((name) => describe(folder, name, true)));
  const journalStates = await Promise.all(journals.map(journalState));
  const served = await isServed(home);
  const lastBd = (await textOf(join(home, LAST_BD)))?.trim() ?? '';
  const legacy = names.some((name) => name.endsWith('.db'));
  return {
    signature: [...settings, ...journalStates].join('\n'),
    folders: [folder, ...journals],
    detectsWrites: journals.length > 0 && !served,
    lastBd: lastBd === '' ? null : lastBd,
    project:
      legacy ||
      ['metadata.json', 'config.yaml', 'redirect', ...DATABASES].some((each) =>
        names.includes(each),
      ),
    own: home === folder && (journals.length > 0 || served || legacy),
  };
}

/** Whether the tracker at `folder` (absolute) keeps its database in files, which bd can open read-only. */
export async function isEmbedded(folder: string): Promise<boolean> {
  const home = await redirected(folder);
  return (await journalFolders(home)).length > 0 && !(await isServed(home));
}

/** Returns the folder that the first non-comment line of `redirect` names; without that file, `folder` itself. */
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

/** Returns the folders that hold the tables of each database: `<database>/<name>/.dolt/noms`. */
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

async function describe(folder: string, name: string, withTime: boolean): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(join(folder, name));
    return `${name} ${size}${withTime ? ` ${mtimeMs}` : ''}`;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return `${name} -`;
  }
}

const metadataSchema = z.looseObject({ dolt_mode: z.optional(z.string()) });

/** Whether a server, possibly on another machine, keeps the database. */
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
