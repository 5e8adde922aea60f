import fc from 'fast-check';

const word = fc.constantFrom(
  'Build',
  'test',
  'größe',
  '`src/a.ts`',
  '**bold**',
  '🚀',
  '[x]',
  'a_b',
  '#',
  '(y)',
  '\\*',
);
const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const marker = fc.constantFrom(
  '',
  ' [P:Group-a]',
  ' [p:group-B.2] more',
  ' [P: Group-a]',
  ' [Files: b.ts]',
  ' (depends on T1)',
  ' (depends on T1, T2 and `T3`)',
  ' <!-- [ ] -->',
);
const ending = fc.constantFrom('\n', '\r\n', '\r');
const start = fc.constantFrom(
  '',
  '\uFEFF',
  '# Plan\n',
  '---\ntitle: x\n---\n',
  '```\n- [ ] code\n```\n\n',
);
const box = fc.constantFrom(
  '- [ ] ',
  '* [ ] ',
  '- [x] ',
  '  - [ ] ',
  '1. [ ] ',
  '-\t[ ]\t',
  '> - [ ] ',
);
const item = fc
  .tuple(box, fc.constantFrom('', '', 'T', '1.', '**T'), fc.nat(20), title, marker)
  .map(([opening, prefix, number, words, mark]) => {
    const id = prefix === '' ? '' : `${prefix}${number}${prefix === '**T' ? '**' : ''} `;
    return `${opening}${id}${words}${mark}`;
  });
const other = fc.constantFrom(
  '',
  '## Phase',
  '  more [P:Group-c]',
  '  (depends on T2)',
  '  **Files:** `c.ts`, d.ts (new)',
  '  `run: make`',
  '- [ ] `run: make`',
  '- plain',
);

/** Checklists of all forms, valid and invalid. */
export const checklists: fc.Arbitrary<string> = fc
  .tuple(
    start,
    fc.array(fc.oneof({ weight: 5, arbitrary: item }, { weight: 2, arbitrary: other }), {
      maxLength: 8,
    }),
    ending,
  )
  .map(([opening, lines, end]) => opening + lines.join(end));

const jsonText = fc
  .tuple(
    fc.array(fc.oneof(word, fc.constantFrom('"', '\\', '\n', '\n\n    code', '```\n')), {
      minLength: 1,
      maxLength: 5,
    }),
    marker,
  )
  .map(([words, mark]) => words.join(' ') + mark);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const jsonTask = fc.record({
  id: fc.oneof(
    fc.nat(9),
    fc.nat(9).map((number) => `T${number}`),
    fc.constant(' "x" '),
  ),
  title: maybe(fc.oneof(jsonText, fc.constant(''))),
  description: maybe(jsonText),
  dependencies: maybe(fc.array(fc.constantFrom('T1', 'T2', 3, 'a#"b"'), { maxLength: 3 })),
  files: maybe(fc.array(fc.constantFrom('a.ts', './b"c.ts'), { maxLength: 2 })),
  run: maybe(fc.constant('make')),
});

/** JSON plans of both forms, with varying white space. */
export const jsonPlans: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(jsonTask, { maxLength: 6 }),
    fc.boolean(),
    fc.constantFrom(undefined, 2, '\t'),
    ending,
    fc.constantFrom('', '\uFEFF'),
    fc.boolean(),
  )
  .map(([tasks, wrapped, indent, end, mark, ascii]) => {
    const json = JSON.stringify(wrapped ? { tasks } : tasks, null, indent).replaceAll('\n', end);
    const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return mark + (ascii ? json.replace(/[^\x20-\x7e\s]/g, escaped) : json);
  });
