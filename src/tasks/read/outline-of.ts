import { asSourceId } from '../../shared/ids.ts';
import type { Outline } from '../format/outline.ts';
import { formatOf } from './formats.ts';

/**
 * Where everything stands in the text of a plan (`path`: see `formatOf`); `null` where its format is not edited in the
 * editor. Offsets count from behind a byte order mark, as those of an editor's document do.
 */
export function outlineOf(text: string, path: string): Outline | null {
  const plain = text.replace(/^\uFEFF/, '');
  return formatOf(path, plain).outline?.(plain, asSourceId(path)) ?? null;
}
