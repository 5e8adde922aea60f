// What a reviewer looks at first in a JavaScript file: notes left behind, functions, the longest of them, branches.
import { readFileSync } from 'node:fs';
import { leaveResult, unit } from './leave-result.mjs';

const FUNCTION =
  /\bfunction\s*\*?\s*([\w$]+)?\s*\(|\b(?:const|let)\s+([\w$]+)\s*=\s*(?:async\s*)?(?:\([^)]*\)|[\w$]+)\s*=>/;
const BRANCH = /\b(?:if|for|while|case|catch)\b|&&|\|\||\?\?|\?(?![.?])/g;
const NOTE = /\b(?:TODO|FIXME|HACK)\b.*/;

const path = unit();
const lines = readFileSync(path, 'utf8').split(/\r?\n/);
const code = lines.map(withoutText);
const functions = code.flatMap((line, place) => {
  const found = FUNCTION.exec(line);
  return found === null
    ? []
    : [{ name: found[1] ?? found[2] ?? 'anonymous', line: place + 1, ...bodyFrom(place) }];
});
const [longest] = functions.toSorted((a, b) => b.lines - a.lines);
const facts = {
  functions: functions.length,
  longest: longest ?? null,
  complexity: 1 + branchesIn(code),
  notes: lines.flatMap((line, place) => {
    const note = NOTE.exec(line);
    return note === null ? [] : [{ line: place + 1, text: note[0].trim() }];
  }),
};
const words = longest === undefined ? '' : `, the longest ${longest.name} (${longest.lines} lines)`;
leaveResult(
  `functions: ${facts.functions}${words}, complexity ${facts.complexity}, notes: ${facts.notes.length}`,
  { [path]: facts },
);

/** A line without what only looks like code: the ends of strings, and comments. */
function withoutText(line) {
  return line
    .replace(/(['"`])(?:\\.|(?!\1).)*\1/g, "''")
    .replace(/\/\/.*|\/\*.*?\*\/|^\s*\*.*|\/\*.*/g, '');
}

/** From the line where a function begins to the one where its braces are closed. */
function bodyFrom(start) {
  let depth = 0;
  let opened = false;
  for (let place = start; place < code.length; place += 1) {
    for (const brace of code[place].match(/[{}]/g) ?? []) {
      depth += brace === '{' ? 1 : -1;
      opened = true;
    }
    if ((opened && depth <= 0) || (!opened && code[place].includes(';'))) {
      return { lines: place - start + 1, complexity: 1 + branchesIn(code.slice(start, place + 1)) };
    }
  }
  return { lines: code.length - start, complexity: 1 + branchesIn(code.slice(start)) };
}

function branchesIn(part) {
  return part.reduce((sum, line) => sum + (line.match(BRANCH)?.length ?? 0), 0);
}
