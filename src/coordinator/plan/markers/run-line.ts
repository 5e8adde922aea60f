import { lineStart } from './line-start.ts';
import type { MarkedText, Span } from './marked-text.ts';

/** A `run:` line: a shell line that is carried out instead of an agent. */
export interface RunLine extends Span {
  readonly line: string;
}

/** Every `run: <command>` in back ticks that has its line to itself, but for a bullet. */
export function runLines({ text, code }: MarkedText): readonly RunLine[] {
  return code.flatMap(({ start, end, value }) => {
    const line = /^run:\s*(\S.*)$/s.exec(value)?.[1]?.trim();
    return line !== undefined && aloneOnItsLine(text, start, end) ? [{ line, start, end }] : [];
  });
}

function aloneOnItsLine(text: string, start: number, end: number): boolean {
  const before = text.slice(lineStart(text, start), start);
  const after = /^[^\r\n]*/.exec(text.slice(end, end + 200))?.[0] ?? '';
  return /^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?$/.test(before) && after.trim() === '';
}
