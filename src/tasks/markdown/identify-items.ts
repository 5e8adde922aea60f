import { fingerprints, normaliseTitle } from '../../coordinator/plan/identity.ts';
import { type LeadingId, leadingId } from '../../coordinator/plan/leading-id.ts';
import { sha256Hex } from '../../system/hash.ts';
import { type ChecklistItem, checklistItems } from './items/checklist-items.ts';
import { type ItemText, itemText } from './items/item-text.ts';
import type { Labelled } from './labels.ts';
import { slug } from './slug.ts';

/** An item with its identity, as far as the text gives it one. */
export interface IdentifiedItem {
  readonly item: ChecklistItem;
  readonly text: ItemText;
  readonly id: string;
  /** Whether the id stands in the text. */
  readonly written: boolean;
  /** Without the id. */
  readonly title: string;
  /** What the format counts as a label rather than as words of the title, in upper case. */
  readonly labels: readonly string[];
  readonly fingerprint: string;
}

/**
 * Every item of a checklist with its id and fingerprint, in order. `labelled` takes out of titles what a format counts as
 * labels: like markers they are no part of identities.
 */
export function identifiedItems(
  source: string,
  labelled: (title: string) => Labelled = unlabelled,
): readonly IdentifiedItem[] {
  const read = checklistItems(source).map((item) => {
    const text = itemText(item, source);
    const { title, labels } = labelled(text.title);
    return { item, text, plain: title, labels, leading: leadingId(title) };
  });
  const numbered = bareNumbersAreIds(read.map(({ leading }) => leading));
  const named = read.map(({ item, text, plain, labels, leading }) => ({
    item,
    text,
    labels,
    id: leading !== null && (!leading.bare || numbered) ? leading.id : null,
    title: titleOf(plain, leading, text),
  }));
  const titles = fingerprints(named.map(({ title }) => title));
  const makeId = textIds(new Map(named.map(({ item, title }) => [item, title])));
  return named.map(({ item, text, labels, id, title }, index) => ({
    item,
    text,
    labels,
    id: id ?? makeId(item, title),
    written: id !== null,
    title,
    fingerprint: titles[index] ?? '',
  }));
}

const NO_LABELS: readonly string[] = [];

function unlabelled(title: string): Labelled {
  return { title, labels: NO_LABELS };
}

function titleOf(plain: string, leading: LeadingId | null, { markers }: ItemText): string {
  const choices = [leading?.rest, plain, markers.run ?? ''];
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
    const id = `${slug(title) || 'task'}-${digest}`;
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
