import type { IdentifiedItem } from '../markdown/identify-items.ts';
import type { Section } from '../markdown/sections.ts';

/** The dependencies that a task states. */
export interface WrittenDependencies {
  /** Ids that its `(depends on …)` names, with ranges, phases and stories expanded; unknown ones as written. */
  readonly explicit: readonly string[];
  /** Earlier tasks that its text depends on in a sentence, such as `— depends on T012, T013`. */
  readonly mentioned: readonly string[];
}

const MENTIONED =
  /\bdepends\s+on\s+(T\d{1,6}[a-z]?(?:(?:\s*[,;&/–—-]\s*|\s+)(?:and\s+)?T\d{1,6}[a-z]?)*)/gi;
const RANGE = /\b(T)(\d{1,6})\s*(?:[-–—]|to|through)\s*T?(\d{1,6})\b/i;
const MAX_RANGE = 1000;

/** Returns a function that reads the dependencies that a task states. */
export function dependencyReader(
  phases: readonly Section[],
): (each: IdentifiedItem) => WrittenDependencies {
  const names = new Names(phases);
  return (each) => ({
    explicit: each.text.markers.dependencies.flatMap((written) => names.expand(written, each)),
    mentioned: names.before(mentionedIn(each).flatMap(rangeOf), each),
  });
}

/** Names of the tasks, phases and stories of a plan. */
class Names {
  readonly #places = new Map<string, number>();
  readonly #groups = new Map<string, string[]>();

  constructor(phases: readonly Section[]) {
    for (const { heading, items } of phases) {
      const phase = /^phase\s+[\p{L}\p{N}.]*[\p{L}\p{N}]/iu.exec(heading)?.[0];
      for (const { id, labels } of items) {
        if (!this.#places.has(id)) {
          this.#places.set(id, this.#places.size);
        }
        if (phase !== undefined) {
          this.#add(phase, id);
        }
        for (const story of labels.join().match(/US\d+/g) ?? []) {
          this.#add(story, id);
        }
      }
    }
  }

  /** Returns those of the ids that precede a task. */
  before(ids: readonly string[], { id: own }: IdentifiedItem): readonly string[] {
    const place = this.#places.get(own) ?? 0;
    return ids.filter((id) => (this.#places.get(id) ?? Infinity) < place);
  }

  /** Expands a written dependency of a task to the ids that it means; to itself if it means none. */
  expand(written: string, each: IdentifiedItem): readonly string[] {
    if (this.#places.has(written)) {
      return [written];
    }
    const group = this.#groups.get(written.toLowerCase());
    const meant =
      group === undefined
        ? rangeOf(written).filter((id) => this.#places.has(id))
        : this.before(group, each);
    return meant.length === 0 ? [written] : meant;
  }

  #add(name: string, id: string): void {
    const lower = name.toLowerCase();
    const ids = this.#groups.get(lower);
    if (ids === undefined) {
      this.#groups.set(lower, [id]);
    } else {
      ids.push(id);
    }
  }
}

function mentionedIn({ title, text: { description } }: IdentifiedItem): readonly string[] {
  return [...`${title} ${description}`.matchAll(MENTIONED)].flatMap(([, list = '']) =>
    list.split(/[,;&/]|\s(?:and\s)?(?=T\d)/i).map((id) => id.trim()),
  );
}

/** Expands `T005–T008` to every number from the first to the last; returns other text unchanged. */
function rangeOf(written: string): readonly string[] {
  const [, letter = '', first = '', last = ''] = RANGE.exec(written) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || count < 1 || count > MAX_RANGE) {
    return [written];
  }
  return Array.from(
    { length: count },
    (_, place) => letter + String(Number(first) + place).padStart(first.length, '0'),
  );
}
