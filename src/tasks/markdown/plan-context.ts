import { type Document, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import type { PlanContext, Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Reading } from '../format/format.ts';
import { isNested, parseYaml } from '../format/front-matter.ts';
import { LineIndex } from '../format/line-index.ts';
import { type FrontMatterPlace, frontMatterPlace } from './items/parse-tree.ts';

/** Maximum length of front matter, in UTF-16 units. A longer text is something else, and crafted YAML parses slowly. */
const MAX_LENGTH = 64 * 1024;

/** Adds the context of the whole job, and the problems, from the front matter. A text without tasks is no plan. */
export function withPlanContext(reading: Reading, text: string, source: SourceId): Reading {
  const place = reading.tasks.length === 0 ? null : frontMatterPlace(text);
  if (place === null || !/^[\w-]+[ \t]*:/m.test(text.slice(place.start, place.end))) {
    return reading;
  }
  const { context, faults } = readContext(text, place);
  const lines = new LineIndex(text);
  const problems = faults.map(({ message, start, end }): Problem => {
    const what = { severity: 'warning', code: 'front-matter', message } as const;
    return lines.problem(source, what, start, end);
  });
  return { ...reading, context, problems: [...problems, ...reading.problems] };
}

/** A fault in the front matter. Offsets count in the whole text. */
interface Fault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const NONE: PlanContext = { requirements: [], constraints: [], decisions: [] };

function readContext(
  text: string,
  { start, end }: FrontMatterPlace,
): { readonly context: PlanContext; readonly faults: readonly Fault[] } {
  const content = text.slice(start, end);
  if (content.length > MAX_LENGTH || isNested(content)) {
    return { context: NONE, faults: [{ message: TOO_MUCH(), start, end }] };
  }
  const document = parseYaml(content);
  const [broken] = document.errors;
  if (broken !== undefined) {
    // Report text that is missing at the very end in the last line.
    const last = start + content.trimEnd().length;
    const [from = start, to = end] = broken.pos.map((offset) => Math.min(start + offset, last));
    const message = `${NOT_READ()} (${broken.message.replace(/\.$/, '')}). ${REMEDY()}`;
    return { context: NONE, faults: [{ message, start: from, end: to }] };
  }
  const reader = new ContextReader(document, content, start);
  const context: PlanContext = {
    requirements: reader.list('requirements'),
    constraints: reader.list('constraints'),
    decisions: reader.list('decisions'),
  };
  return { context, faults: reader.faults };
}

const NOT_READ = (): string => t('The front matter of this plan is not valid YAML here');
const REMEDY = (): string =>
  t(
    'Put a text that has “: ” or “#” in it in quotes; until then nothing of the front matter counts.',
  );
const TOO_MUCH = (): string =>
  t(
    'The front matter of this plan is too long or nested too deeply, so nothing of it counts. Write plain lists of texts.',
  );

/** Reads lists of texts at the top level and below `context:`. */
class ContextReader {
  readonly faults: Fault[] = [];
  readonly #document: Document;
  readonly #content: string;
  readonly #base: number;

  constructor(document: Document, content: string, base: number) {
    this.#document = document;
    this.#content = content;
    this.#base = base;
  }

  list(key: keyof PlanContext): string[] {
    const { contents } = this.#document;
    if (!isMap(contents)) {
      return [];
    }
    const below = contents.get('context', true);
    const nodes = [contents.get(key, true), isMap(below) ? below.get(key, true) : undefined];
    return nodes.flatMap((node) => (isNode(node) ? this.#texts(key, node) : []));
  }

  #texts(key: string, node: Node): string[] {
    if (isScalar(node)) {
      return plain(node.value);
    }
    const items: readonly unknown[] = isSeq(node) ? node.items : [node];
    return items.flatMap((item) => {
      if (isScalar(item)) {
        return plain(item.value);
      }
      const written = isSeq(node) ? this.#written(item) : null;
      if (written !== null) {
        return [written];
      }
      this.#fault(key, isNode(item) ? item : node);
      return [];
    });
  }

  /** Returns a map with one pair as text: the author of `- deadline: Dec 12` meant a text. `null` for anything else. */
  #written(item: unknown): string | null {
    if (!isMap(item) || item.items.length !== 1 || !item.range) {
      return null;
    }
    const [pair] = item.items;
    if (!isScalar(pair?.key) || !isScalar(pair.value)) {
      return null;
    }
    return `${String(pair.key.value)}: ${String(pair.value.value)}`;
  }

  #fault(key: string, node: Node): void {
    const [from = 0, to = this.#content.length] = node.range ?? [];
    const message = t(
      '“{0}” has something other than a text here, which does not count. Write a list of texts.',
      key,
    );
    this.faults.push({ message, start: this.#base + from, end: this.#base + to });
  }
}

function plain(value: unknown): string[] {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? [] : [text];
}
