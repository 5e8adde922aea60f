import type { IdentifiedItem } from './identify-items.ts';

/** Consecutive tasks under one heading, including its subheadings. */
export interface Section {
  /** Text of the heading, without `#` and formatting; empty for tasks before the first heading. */
  readonly heading: string;
  readonly items: readonly IdentifiedItem[];
}

const DEFAULT_DEPTH = 2;

/**
 * Returns the sections of a plan, in order. The largest heading whose text `opens` recognises sets the level: all
 * headings of that level open sections.
 */
export function sectionsOf(
  items: readonly IdentifiedItem[],
  opens: (heading: string) => boolean,
): readonly Section[] {
  const depth = sectionDepth(items, opens);
  const sections: { written: string; heading: string; items: IdentifiedItem[] }[] = [];
  for (const each of items) {
    const written = each.item.headings.find((heading) => depthOf(heading) === depth) ?? '';
    const last = sections.at(-1);
    if (last?.written === written) {
      last.items.push(each);
    } else {
      sections.push({ written, heading: wordsOf(written), items: [each] });
    }
  }
  return sections;
}

function sectionDepth(
  items: readonly IdentifiedItem[],
  opens: (heading: string) => boolean,
): number {
  const headings = new Set(items.flatMap(({ item }) => item.headings));
  const depths = [...headings].filter((each) => opens(wordsOf(each))).map(depthOf);
  return depths.length === 0 ? DEFAULT_DEPTH : Math.min(...depths);
}

/** Returns the level of a heading, 1 to 6. Headings are `## …`, or underlined with `=` or `-`. */
function depthOf(heading: string): number {
  const marks = /^#+/.exec(heading)?.[0].length;
  return marks ?? (/[\r\n][ \t]*=+[ \t]*$/.test(heading) ? 1 : 2);
}

function wordsOf(heading: string): string {
  return heading
    .replace(/^#+[ \t]*|[ \t]+#+[ \t]*$|[\r\n]+[ \t]*(?:=+|-+)[ \t]*$/g, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
