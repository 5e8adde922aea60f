import { fingerprints, normaliseTitle } from '../../coordinator/plan/identity.ts';
import { type LeadingId, leadingId } from '../../coordinator/plan/leading-id.ts';
import { sha256Hex } from '../../system/hash.ts';
import { type ChecklistItem, checklistItems } from './items/checklist-items.ts';
import { type ItemText, itemText } from './items/item-text.ts';
import type { Labelled } from './labels.ts';
import { slug } from './slug.ts';

/** An item with its identity, read from the text or derived from it. */
export interface IdentifiedItem {
  readonly item: ChecklistItem;
  readonly text: ItemText;
  readonly id: string;
  /** Whether the id is written in the text. */
  readonly written: boolean;
  /** The title without the id. */
  readonly title: string;
  /** The labels that the format separates from the title, in upper case. */
  readonly labels: readonly string[];
  readonly fingerprint: string;
}

/**
 * Returns every item of a checklist with its id and fingerprint, in order. `labelled` separates a format's labels from
 * titles: like markers, labels are not part of identities.
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
  const identified = read.map(({ item, text, plain, labels, leading }) => ({
    item,
    text,
    labels,
    id: leading !== null && (!leading.bare || numbered) ? leading.id : null,
    title: titleOf(plain, leading, text),
  }));
  const titleFingerprints = fingerprints(identified.map(({ title }) => title));
  const deriveId = idDeriver(new Map(identified.map(({ item, title }) => [item, title])));
  return identified.map(({ item, text, labels, id, title }, index) => ({
    item,
    text,
    labels,
    id: id ?? deriveId(item, title),
    written: id !== null,
    title,
    fingerprint: titleFingerprints[index] ?? '',
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

/** Whether `1.`, `2.` are ids. They are only numbers if the numbering restarts somewhere. */
function bareNumbersAreIds(leading: readonly (LeadingId | null)[]): boolean {
  const bare = leading.flatMap((each) => (each?.bare === true ? [each.id] : []));
  return new Set(bare).size === bare.length;
}

/**
 * Returns a function that derives ids: readable words of the title and a hash of headings, enclosing items and title.
 * The hash excludes markers and numbers, so that adding them changes no id. Repeated ids get a counter.
 */
function idDeriver(
  titles: ReadonlyMap<ChecklistItem, string>,
): (item: ChecklistItem, title: string) => string {
  const usedIds = new Map<string, number>();
  return (item, title) => {
    const path = [...item.headings.map(plainHeading), ...enclosing(item, titles), title];
    const digest = sha256Hex(path.map(normaliseTitle).join('\u001f')).slice(0, 6);
    const id = `${slug(title) || 'task'}-${digest}`;
    const count = (usedIds.get(id) ?? 0) + 1;
    usedIds.set(id, count);
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

/** Removes the `#` and the number of a heading, which change when sections are inserted, and its group marker. */
function plainHeading(heading: string): string {
  return heading
    .replace(/^#+[ \t]*/, '')
    .replace(/^\d+(?:\.\d+)*[.):]?\s+/, '')
    .replace(/\[P:Group-[^\]\s]+\]/gi, '');
}
