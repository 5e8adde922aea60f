import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../system/error-code.ts';

const NAME = /^journal\.([1-9]\d{0,14})\.jsonl$/;

/** The longest accepted segment; more than a million events. */
export const MOST_SEGMENT_BYTES = 512 * 1024 * 1024;

/** The segment of `epoch`. Only the holder of that epoch writes it. */
export function segmentFile(runDirectory: string, epoch: number): string {
  return join(runDirectory, `journal.${epoch}.jsonl`);
}

/** The epochs with a segment, newest first; none if the directory does not exist. Throws other system errors. */
export async function listEpochs(runDirectory: string): Promise<number[]> {
  let names: string[];
  try {
    names = await readdir(runDirectory);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return [];
    }
    throw error;
  }
  const epochs = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  return epochs.sort((a, b) => b - a);
}
