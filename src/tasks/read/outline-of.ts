import { asSourceId } from '../../shared/ids.ts';
import type { Outline } from '../format/outline.ts';
import { formatOf } from './formats.ts';

/**
 * Returns the outline of the text of a plan (`path`: see `formatOf`); `null` if the editor does not edit its format.
 * Offsets exclude a byte order mark, as those of an editor's document do.
 */
export function outlineOf(text: string, path: string): Outline | null {
  const plain = text.replace(/^\uFEFF/, '');
  return formatOf(path, plain).outline?.(plain, asSourceId(path)) ?? null;
}
