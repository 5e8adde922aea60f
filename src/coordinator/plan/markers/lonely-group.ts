import { asGroupId } from '../../../shared/ids.ts';
import type { GroupMarker } from './group-marker.ts';

/**
 * A text with one group marker and none of the characters without which there is no other marker, nor anything that is
 * almost one (a colon: `P:Group-a` without brackets). The cases are spelled out because ignoring them costs twice as much.
 */
const LONELY = /^([^`(*:[]*)\[[Pp]:[Gg][Rr][Oo][Uu][Pp]-([^\]\s`(*:[]+)\][^`(*:[]*$/;

/**
 * The group marker of a text that has no other marker: so are most tasks that are marked at all, and seeing it at once
 * makes reading 100,000 of them several times as fast. `null`: look closely.
 */
export function lonelyGroup(text: string): GroupMarker | null {
  if (!text.includes('[')) {
    return null;
  }
  const found = LONELY.exec(text);
  if (found === null) {
    return null;
  }
  const [, before = '', id = ''] = found;
  const start = before.length;
  return { id: asGroupId(id), start, end: start + '[P:Group-]'.length + id.length };
}
