import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Words that this project avoids in comments and documentation, and plain words that replace them. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bnobody\b/i, '“no one”, or name what is missing: “no process coordinates it”'],
  [/\bwhoever\b/i, 'the subject itself: “the process that …”, “the caller”'],
  [/\banew\b/i, '“again”, or “a new …”'],
  [/\btold\b/i, 'the verb that is meant: “notified”, “reported”, “gets”'],
  [/\b(?:take|takes|taken) up\b/i, '“resume”, “take over” or “use”'],
  [/\bgoes on\b/i, '“continue”'],
  [/\bis at it\b/i, '“works on it”'],
];

interface Finding {
  readonly place: string;
  readonly word: string;
  readonly instead: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`),
];

describe('plain language', () => {
  for (const room of readdirSync(path.join(ROOT, 'src'))) {
    const files = sourcesOf(`src/${room}`);
    if (files.length > 0) {
      it(`is used in comments of src/${room}`, () => {
        report(files.flatMap(findInComments));
      });
    }
  }

  for (const page of PAGES) {
    it(`is used in ${page}`, () => {
      report(findIn(page, withoutCode(readFileSync(path.join(ROOT, page), 'utf8')), 1));
    });
  }

  it('finds words in comments, not in code and strings', () => {
    const source = [
      "const told = 'nobody'; // It goes on.",
      'const text = `whoever ${told /* taken up */} // anew`;',
      'const pattern = /\\/\\/ nobody/;',
      '/**',
      ' * Resolves when its holder is',
      ' * told of it.',
      ' */',
    ].join('\n');
    const found = commentsOf(source).flatMap(({ line, text }) => findIn('a.ts', text, line));
    assert.deepEqual(
      found.map(({ place, word }) => `${place} ${word}`),
      ['a.ts:1 goes on', 'a.ts:2 taken up', 'a.ts:6 told'],
    );
  });

  it('finds words in prose, not in examples', () => {
    const page = ['It starts anew.', '', '    nobody', '', '```sh', 'nobody', '```', 'Say `told`.'];
    assert.deepEqual(
      findIn('a.md', withoutCode(page.join('\n')), 1).map(({ place }) => place),
      ['a.md:1'],
    );
  });
});

function report(findings: readonly Finding[]): void {
  const lines = findings.map(({ place, word, instead }) => `${place}: “${word}”. Use ${instead}.`);
  assert.ok(lines.length === 0, [`${lines.length} findings:`, ...lines].join('\n'));
}

function sourcesOf(entry: string): string[] {
  if (entry.endsWith('.ts')) {
    return [entry];
  }
  return path.extname(entry) === ''
    ? readdirSync(path.join(ROOT, entry)).flatMap((name) => sourcesOf(`${entry}/${name}`))
    : [];
}

function findInComments(file: string): Finding[] {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  return commentsOf(source).flatMap(({ line, text }) => findIn(file, text, line));
}

/** Each word that `text` contains; its first line is line `first` of the file. */
function findIn(file: string, text: string, first: number): Finding[] {
  return text.split('\n').flatMap((line, index) =>
    WORDS.flatMap(([word, instead]) => {
      const found = word.exec(line);
      return found === null ? [] : [{ place: `${file}:${first + index}`, word: found[0], instead }];
    }),
  );
}

/** Every comment with its first line, counted from 1. */
function commentsOf(source: string): { readonly line: number; readonly text: string }[] {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true);
  const starts = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    const around = [
      ...(ts.getLeadingCommentRanges(source, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.end) ?? []),
    ];
    around.forEach(({ pos, end }) => starts.set(pos, end));
    node.getChildren(file).filter(isCode).forEach(visit);
  };
  visit(file);
  return [...starts].map(([pos, end]) => ({
    line: file.getLineAndCharacterOfPosition(pos).line + 1,
    text: source.slice(pos, end),
  }));
}

/** Doc comments are nodes too; their text is found as that of every other comment. */
function isCode(node: ts.Node): boolean {
  return !ts.isJSDoc(node);
}

/** The page with blank lines for code blocks, and without the code spans of its prose. */
function withoutCode(page: string): string {
  let fenced = false;
  return page
    .split('\n')
    .map((line) => {
      const isFence = line.trimStart().startsWith('```');
      fenced = isFence ? !fenced : fenced;
      return fenced || isFence || line.startsWith('    ') ? '' : line.replaceAll(/`[^`]*`/g, '');
    })
    .join('\n');
}
