import { lineStart } from './line-start.ts';
import type { MarkedText, Span } from './marked-text.ts';

/** A `run:` line (a shell line that runs instead of an agent) or a `test:` line (one that verifies the task). */
export interface CommandLine extends Span {
  readonly line: string;
}

const WRITTEN = { run: /^run:\s*(\S.*)$/s, test: /^test:\s*(\S.*)$/s } as const;

/** All `run: <command>` in back ticks that are alone on their line, except for a bullet. */
export function runLines(marked: MarkedText): readonly CommandLine[] {
  return commandLines(marked, WRITTEN.run);
}

/** All `test: <command>`, in the same form. */
export function testLines(marked: MarkedText): readonly CommandLine[] {
  return commandLines(marked, WRITTEN.test);
}

function commandLines({ text, code }: MarkedText, written: RegExp): readonly CommandLine[] {
  return code.flatMap(({ start, end, value }) => {
    const line = written.exec(value)?.[1]?.trim();
    return line !== undefined && aloneOnItsLine(text, start, end) ? [{ line, start, end }] : [];
  });
}

function aloneOnItsLine(text: string, start: number, end: number): boolean {
  const before = text.slice(lineStart(text, start), start);
  const after = /^[^\r\n]*/.exec(text.slice(end, end + 200))?.[0] ?? '';
  return /^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?$/.test(before) && after.trim() === '';
}
