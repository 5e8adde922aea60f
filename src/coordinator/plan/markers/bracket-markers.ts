import type { Span } from './marked-text.ts';

const NAMES = {
  file: 'files',
  files: 'files',
  context: 'context',
  subagent: 'subagent',
  fallback: 'fallback',
  skill: 'skills',
  skills: 'skills',
  priority: 'priority',
} as const;
export type BracketName = (typeof NAMES)[keyof typeof NAMES];

const OPENING = /\[(files?|context|subagent|fallback|skills?|priority):/gi;
/** A longer marker is considered unclosed. */
const MAX_LENGTH = 4000;

/** `[Name: content]`; `items` are its comma-separated parts without back ticks. */
export interface BracketMarker extends Span {
  readonly name: BracketName;
  readonly content: string;
  /** Offset of `content`. */
  readonly from: number;
  readonly items: readonly string[];
}

/** Markers of the form `[Files: …]`. `prose` determines where they are; `text` includes their inline code. */
export function bracketMarkers(prose: string, text: string): readonly BracketMarker[] {
  const found: BracketMarker[] = [];
  if (!prose.includes('[')) {
    return found;
  }
  for (const { index: start, 0: opening, 1: word = '' } of prose.matchAll(OPENING)) {
    const end = closingBracket(text, start + opening.length);
    if (end === null) {
      continue;
    }
    const from = start + opening.length;
    const content = text.slice(from, end - 1);
    const items = content
      .split(',')
      .map((item) => item.replaceAll('`', '').trim())
      .filter((item) => item !== '');
    found.push({ name: nameOf(word), content, from, items, start, end });
  }
  return found;
}

/** The offset after the closing bracket; nested brackets belong to paths such as `app/[id]/page.tsx`. */
function closingBracket(text: string, from: number): number | null {
  let depth = 1;
  const limit = Math.min(text.length, from + MAX_LENGTH);
  for (let index = from; index < limit; index += 1) {
    const character = text[index];
    if (character === '[') {
      depth += 1;
    } else if (character === ']') {
      depth -= 1;
    }
    if (depth === 0) {
      return index + 1;
    }
  }
  return null;
}

function nameOf(word: string): BracketName {
  const name = word.toLowerCase();
  return isKnown(name) ? NAMES[name] : 'files';
}

function isKnown(name: string): name is keyof typeof NAMES {
  return Object.hasOwn(NAMES, name);
}
