import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectFile, quotedIn, readPage } from './page.ts';

const PAGE = readPage('docs/recipes.md');

interface Example {
  /** The first path that the step of the example names. */
  readonly file: string;
  readonly code: string;
}

const pathsIn = (text: string): string[] =>
  quotedIn(text.replaceAll(/^```\w*\n[^]*?^```$/gm, '')).flatMap(
    (quoted) => /(?:^| )((?:src|test|tools|docs|media)\/[\w./-]+)/.exec(quoted)?.[1] ?? [],
  );

/** The examples that have imports, which are whole files. */
const examples: readonly Example[] = PAGE.split(/^\*\*\d+\. /m).flatMap((step) =>
  Array.from(step.matchAll(/^```ts\n([^]*?)^```$/gm), ([, code = '']) => ({
    file: pathsIn(step)[0] ?? '',
    code,
  })).filter(({ code }) => code.includes("from '")),
);

describe('docs/recipes.md', () => {
  const created = new Set(examples.map(({ file }) => file));
  const isKnown = (file: string): boolean => created.has(file) || existsSync(projectFile(file));

  it('imports in its examples what there is, from the place where the file is', () => {
    const unknown = examples.flatMap(({ file, code }) =>
      Array.from(code.matchAll(/from '(\.[^']+)'/g), ([, target = '']) =>
        path.posix.join(path.posix.dirname(file), target),
      )
        .filter((target) => !isKnown(target))
        .map((target) => `${file}: ${target}`),
    );
    assert.ok(examples.length > 10);
    assert.deepEqual(unknown, []);
  });

  it('names files that exist or that it creates', () => {
    const named = new Set(pathsIn(PAGE));
    assert.ok(named.size > 30);
    assert.deepEqual(
      // Recordings are made with the program that the recipe adds.
      [...named].filter((file) => !isKnown(file) && !file.startsWith('test/fixtures/')),
      [],
    );
  });
});
