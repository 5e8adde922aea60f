// How large a file is and what it is made of: bytes, lines, blank lines, words, its longest line.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { leaveResult, unit } from './leave-result.mjs';

const path = unit();
const bytes = readFileSync(path);
if (bytes.includes(0)) {
  leaveResult(`${bytes.length} bytes, binary`, {
    [path]: { bytes: bytes.length, binary: true },
  });
} else {
  const text = bytes.toString('utf8');
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const widths = lines.map((line) => [...line].length);
  const longest = Math.max(...widths);
  const facts = {
    bytes: bytes.length,
    lines: text === '' ? 0 : lines.length,
    blank: text === '' ? 0 : lines.filter((line) => line.trim() === '').length,
    words: text.match(/\S+/g)?.length ?? 0,
    longestLine: { line: widths.indexOf(longest) + 1, characters: longest },
    kind: extname(path).slice(1) || 'none',
  };
  leaveResult(`${facts.lines} lines, ${facts.words} words, ${facts.bytes} bytes`, {
    [path]: facts,
  });
}
