import { checklistItems, type ChecklistItem } from './checklist-items.ts';
import { itemText, type ItemText } from './item-text.ts';
import { fingerprints, normaliseTitle } from '../../coordinator/plan/identity.ts';
import { leadingId, type LeadingId } from '../../coordinator/plan/leading-id.ts';
import { sha256Hex } from '../../system/hash.ts';

/** An item with its identity, as far as the text gives it one. */
export interface IdentifiedItem {
  readonly item: ChecklistItem;
  readonly text: ItemText;
  readonly id: string;
  /** Whether the id stands in the text. */
  readonly written: boolean;
  /** Without the id. */
  readonly title: string;
  readonly fingerprint: string;
}

/** Every item of a checklist with its id and fingerprint, in order. */
export function identifiedItems(source: string): readonly IdentifiedItem[] {
  const read = checklistItems(source).map((item) => {
    const text = itemText(item, source);
    return { item, text, leading: leadingId(text.title) };
  });
  const numbered = bareNumbersAreIds(read.map(({ leading }) => leading));
  const named = read.map(({ item, text, leading }) => ({
    item,
    text,
    id: leading !== null && (!leading.bare || numbered) ? leading.id : null,
    title: titleOf(text, leading),
  }));
  const titles = fingerprints(named.map(({ title }) => title));
  const makeId = textIds(new Map(named.map(({ item, title }) => [item, title])));
  return named.map(({ item, text, id, title }, index) => ({
    item,
    text,
    id: id ?? makeId(item, title),
    written: id !== null,
    title,
    fingerprint: titles[index] ?? '',
  }));
}

function titleOf(text: ItemText, leading: LeadingId | null): string {
  const choices = [leading?.rest, text.title, text.markers.run ?? ''];
  return choices.find((choice) => choice !== undefined && choice !== '') ?? '(no text)';
}

/** `1.`, `2.` are ids unless the numbering starts anew somewhere: then they are only numbers. */
function bareNumbersAreIds(leading: readonly (LeadingId | null)[]): boolean {
  const bare = leading.flatMap((each) => (each?.bare === true ? [each.id] : []));
  return new Set(bare).size === bare.length;
}

/**
 * Ids for items that have none: readable words of the title and a hash over headings, enclosing items and title. Markers
 * and numbers are not part of it, so that adding some changes no id. Repeated ones are counted.
 */
function textIds(
  titles: ReadonlyMap<ChecklistItem, string>,
): (item: ChecklistItem, title: string) => string {
  const taken = new Map<string, number>();
  return (item, title) => {
    const path = [...item.headings.map(plainHeading), ...enclosing(item, titles), title];
    const digest = sha256Hex(path.map(normaliseTitle).join('\u001f')).slice(0, 6);
    const id = `${slug(title)}-${digest}`;
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
}

function enclosing(
  item: ChecklistItem,
  titles: ReadonlyMap<ChecklistItem, string>,
): readonly string[] {
  const path: string[] = [];
  for (let outer = item.parent; outer !== null; outer = outer.parent) {
    path.unshift(titles.get(outer) ?? '');
  }
  return path;
}

/** A heading without its `#` and its number, which change when sections are inserted. */
function plainHeading(heading: string): string {
  return heading
    .replace(/^#+[ \t]*/, '')
    .replace(/^\d+(?:\.\d+)*[.):]?\s+/, '')
    .replace(/\[P:Group-[^\]\s]+\]/gi, '');
}

const MAX_SLUG = 32;

function slug(title: string): string {
  const words = normaliseTitle(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  let made = '';
  for (const word of words) {
    if (made !== '' && made.length + 1 + word.length > MAX_SLUG) break;
    made = made === '' ? Array.from(word).slice(0, MAX_SLUG).join('') : `${made}-${word}`;
  }
  return made === '' ? 'task' : made;
}
