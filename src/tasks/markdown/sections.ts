import type { IdentifiedItem } from './identify-items.ts';

/** Tasks that follow one another under one heading, the smaller headings below it included. */
export interface Section {
  /** The heading's words, without `#` and formatting; empty for tasks that stand before the first. */
  readonly heading: string;
  readonly items: readonly IdentifiedItem[];
}

const USUAL_DEPTH = 2;

/**
 * The sections of a plan, in order. Which headings open them is told by the largest that `opens` knows by its words; the
 * others of that size do so as well.
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
  return depths.length === 0 ? USUAL_DEPTH : Math.min(...depths);
}

/** 1 … 6; headings are `## …`, or underlined by `=` or `-`. */
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
