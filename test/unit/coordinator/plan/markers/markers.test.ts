import assert from 'node:assert/strict';
import { without } from '../../../../../src/coordinator/plan/markers/marked-text.ts';
import {
  joinMarkers,
  type Markers,
  parseMarkers,
} from '../../../../../src/coordinator/plan/markers/markers.ts';

/** Marks what stands between back ticks as inline code, as the Markdown reader would. */
function parse(text: string): Markers {
  const code = [...text.matchAll(/`([^`]+)`/g)].map(({ index, 0: all, 1: value = '' }) => ({
    start: index,
    end: index + all.length,
    value,
  }));
  return parseMarkers({ text, code });
}

describe('a group marker', () => {
  const read: readonly (readonly [text: string, group: string | null])[] = [
    ['[P:Group-infra] Setup DB', 'infra'],
    ['Setup DB [P:Group-infra]', 'infra'],
    ['Setup [P:Group-infra] DB', 'infra'],
    ['[p:group-3] lower case', '3'],
    ['[P:GROUP-A] upper case', 'A'],
    ['[P:Group-user-models.v2] hyphens and dots', 'user-models.v2'],
    ['[P:Group-größe_ü] Unicode', 'größe_ü'],
    ['[P:Group-数据] more Unicode', '数据'],
    ['(depends on T1) [P:Group-a]', 'a'],
    ['**[P:Group-a]** bold', 'a'],
    ['[P] spec-kit says this of a task', null],
    ['[P1] a priority', null],
    ['no marker at all', null],
    ['quoted: `[P:Group-a]`', null],
    ['[P:Group-] without a name', null],
    ['[P:Group-a b] with a space', null],
    ['array[P:Group-a]', 'a'],
  ];
  for (const [text, group] of read) {
    it(`reads ${group ?? 'nothing'} from “${text}”`, () => {
      assert.equal(parse(text).group, group);
    });
  }

  it('counts once: the first of two different ones, with a warning about the other', () => {
    const { group, problems } = parse('[P:Group-a] x [P:Group-b] y [P:Group-A]');
    assert.equal(group, 'a');
    assert.deepEqual(
      problems.map(({ code, start, end }) => ({ code, start, end })),
      [{ code: 'several-groups', start: 14, end: 25 }],
    );
  });
});

describe('what is almost a group marker', () => {
  const almost: readonly (readonly [text: string, written: string, suggestion: string])[] = [
    ['[P:Grup-a] x', '[P:Grup-a]', '[P:Group-a]'],
    ['[P: Group-a] x', '[P: Group-a]', '[P:Group-a]'],
    ['[ P:Group-a ] x', '[ P:Group-a ]', '[P:Group-a]'],
    ['[P:Group a] x', '[P:Group a]', '[P:Group-a]'],
    ['[P:Group_a] x', '[P:Group_a]', '[P:Group-a]'],
    ['[P-Group-a] x', '[P-Group-a]', '[P:Group-a]'],
    ['[P Group a b] x', '[P Group a b]', '[P:Group-a-b]'],
    ['[P:Group-] x', '[P:Group-]', '[P:Group-name]'],
    ['(P:Group-a) x', '(P:Group-a)', '[P:Group-a]'],
    ['x [P:Group-a without its end', '[P:Group-a', '[P:Group-a]'],
    ['x P:Group-a', 'P:Group-a', '[P:Group-a]'],
    ['[P:auth] x', '[P:auth]', '[P:Group-auth]'],
  ];
  for (const [text, written, suggestion] of almost) {
    it(`is found in “${text}”`, () => {
      const { group, problems } = parse(text);
      assert.equal(group, null);
      assert.equal(problems.length, 1);
      const [{ code, message, start, end }] = problems as [(typeof problems)[0]];
      assert.equal(code, 'almost-marker');
      assert.equal(text.slice(start, end), written);
      assert.equal(message, `“${written}” is not read as a group marker. Write “${suggestion}”.`);
    });
  }

  for (const text of [
    '[P]',
    '[P] [US1] Model',
    '[Priority: 1]',
    '`[P: Group-a]`',
    'HTTP:Group-a',
  ]) {
    it(`is not seen in “${text}”`, () => assert.deepEqual(parse(text).problems, []));
  }

  it('is reported at most twenty times for one text', () => {
    assert.equal(parse('[P: x] '.repeat(500)).problems.length, 20);
  });
});

describe('the other markers', () => {
  type Expected = Partial<Omit<Markers, 'spans' | 'problems'>>;
  const read: readonly (readonly [text: string, expected: Expected])[] = [
    ['[Files: src/a.ts, src/a.test.ts]', { files: ['src/a.ts', 'src/a.test.ts'] }],
    ['[files: `src/a.ts`,`b`]', { files: ['src/a.ts', 'b'] }],
    ['[File: ./src\\a.ts]', { files: ['src/a.ts'] }],
    ['[Files: app/[id]/page.tsx, x]', { files: ['app/[id]/page.tsx', 'x'] }],
    ['[Files: app/(auth)/page.tsx (edit)]', { files: ['app/(auth)/page.tsx'] }],
    ['[Files: ]', {}],
    ['[Files: never closed', {}],
    ['x\n**Files:** a.ts (create), b/c.ts (edit, later)\ny', { files: ['a.ts', 'b/c.ts'] }],
    ['x\n  - **Files**: `a.ts` (create)', { files: ['a.ts'] }],
    ['see **Files:** a.ts', {}],
    ['Edit `src/a.ts` and `lib/b.py`', { files: ['src/a.ts', 'lib/b.py'] }],
    ['`src/a.ts` [Files: src/a.ts, z.ts]', { files: ['src/a.ts', 'z.ts'] }],
    ['[Context: docs/api.md, `b.md`]', { contextFiles: ['docs/api.md', 'b.md'] }],
    ['x (depends on T012, T013)', { dependencies: ['T012', 'T013'] }],
    ['x (Depends on: 1.1 and 1.2)', { dependencies: ['1.1', '1.2'] }],
    ['x (depends on tasks T1, and T2; #3.)', { dependencies: ['T1', 'T2', '#3'] }],
    ['x (depends on `T1`)', { dependencies: ['T1'] }],
    ['x (depends on T1) (depends on T1, T2)', { dependencies: ['T1', 'T2'] }],
    ['x (depends on T1,\n  T2)', { dependencies: ['T1', 'T2'] }],
    ['x (depends on plans/api.md#T3)', { dependencies: ['plans/api.md#T3'] }],
    ['x (depends on T1 for its schema)', { dependencies: ['T1'] }],
    ['x (depends on the migration)', { dependencies: ['the migration'] }],
    ['x (depends on nothing)', {}],
    ['this depends on T1', {}],
    ['[Subagent: security-auditor]', { subagent: 'security-auditor' }],
    ['[Fallback: codex, gemini]', { fallbackAgents: ['codex', 'gemini'] }],
    ['[Skills: mcp-builder, pdf]', { skills: ['mcp-builder', 'pdf'] }],
    ['[Priority: 0]', { priority: 0 }],
    ['[priority: P4]', { priority: 4 }],
    ['Build\n`run: npm run build`', { run: 'npm run build' }],
    ['Build\r\n  - `run:  npm test -- --x `\r\nmore', { run: 'npm test -- --x' }],
    ['Build with `run: npm run build` now', {}],
    ['Build\n`run:`', {}],
    ['Build\nrun: npm run build', {}],
    ['Build\n`test: npm test`', { test: 'npm test' }],
    ['Build\n1. `test: npm test -- --x`\n- `run: make`', { test: 'npm test -- --x', run: 'make' }],
    ['Build with `test: npm test` now', {}],
    ['`test: sh src/check.sh`', { test: 'sh src/check.sh' }],
    ['`test:`', {}],
    ['Look at it [No-Change]', { noChange: true }],
    ['Try it [interactive] [Priority: 1]', { interactive: true, priority: 1 }],
    ['`[Interactive]`', {}],
    ['[no-change] look at it [Priority: 1]', { noChange: true, priority: 1 }],
    ['`[No-Change]`', {}],
    ['[No-Change: x]', {}],
    ['[Unknown: x] [US1: y]', {}],
    ['`[Files: a.ts]` `(depends on T1)` `[Priority: 1]`', {}],
  ];
  const nothing: Required<Expected> = {
    group: null,
    subagent: null,
    fallbackAgents: [],
    skills: [],
    priority: null,
    dependencies: [],
    files: [],
    contextFiles: [],
    run: null,
    test: null,
    noChange: false,
    interactive: false,
  };
  for (const [text, expected] of read) {
    it(`are read from “${text.replaceAll('\n', '⏎')}”`, () => {
      const found = parse(text);
      assert.deepEqual(found, { ...nothing, ...expected, spans: found.spans, problems: [] });
    });
  }

  for (const written of ['5', 'high', '-1', '']) {
    it(`warn of the priority “${written}”`, () => {
      const { priority, problems } = parse(`[Priority: ${written}]`);
      assert.equal(priority, null);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['invalid-priority'],
      );
    });
  }

  for (const written of ['[NoChange]', '[no change]', '[No_Changes]', '[ No-Change ]']) {
    it(`warn of “${written}”, which is almost a marker`, () => {
      const { noChange, problems } = parse(`Look at it ${written}`);
      assert.equal(noChange, false);
      assert.deepEqual(
        problems.map(({ code, message }) => [code, message]),
        [['almost-no-change', `“${written}” is not read as a marker. Write “[No-Change]”.`]],
      );
    });
  }

  it('warn of a second test line', () => {
    const { test, problems } = parse('x\n`test: a`\n`test: b`');
    assert.equal(test, 'a');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['several-tests'],
    );
  });

  it('warn of a second run line', () => {
    const { run, problems } = parse('x\n`run: a`\n`run: b`');
    assert.equal(run, 'a');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['several-runs'],
    );
  });
});

describe('back-ticked text', () => {
  const files: readonly (readonly [code: string, file: string | null])[] = [
    ['src/models/entity.py', 'src/models/entity.py'],
    ['./src/a.ts', 'src/a.ts'],
    ['src/a.ts:12', 'src/a.ts'],
    ['src/a.ts#L3-L9', 'src/a.ts'],
    ['package.json', 'package.json'],
    ['docker/Dockerfile', 'docker/Dockerfile'],
    ['Makefile', 'Makefile'],
    ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
    ['app/[id]/page.tsx', 'app/[id]/page.tsx'],
    ['src/größe.ts', 'src/größe.ts'],
    ['npm test', null],
    ['--json', null],
    ['console.log', null],
    ['Node.js', null],
    ['v1.2.3', null],
    ['api/v1.0', null],
    ['origin/main', null],
    ['@types/node', null],
    ['src/models/', null],
    ['src/**/*.ts', null],
    ['/etc/passwd', null],
    ['/abs/file.ts', null],
    ['../outside.ts', null],
    ['src/../../outside.ts', null],
    ['https://example.org/a.html', null],
    ['describe()', null],
  ];
  for (const [code, file] of files) {
    it(`“${code}” is ${file === null ? 'no file' : `the file ${file}`}`, () => {
      assert.deepEqual(parse(`x \`${code}\``).files, file === null ? [] : [file]);
    });
  }
});

describe('markers', () => {
  it('are taken out of the text by their spans, and paths are left in it', () => {
    const text = '1.2 [P:Group-a] Make `a.ts` [Files: b.ts] (depends on 1.1) [Priority: 1] now';
    assert.equal(without(text, parse(text).spans).replace(/\s+/g, ' '), '1.2 Make `a.ts` now');
  });

  it('of a title go before those of a description, and lists are joined', () => {
    const joined = joinMarkers(
      parse('[P:Group-a] [Files: a.ts] [Priority: 1]'),
      parse('[P:Group-b] [Files: a.ts, b.ts] [Priority: 3] [Subagent: x] [Context: c]'),
    );
    assert.equal(joined.group, 'a');
    assert.equal(joined.priority, 1);
    assert.equal(joined.subagent, 'x');
    assert.deepEqual(joined.files, ['a.ts', 'b.ts']);
    assert.deepEqual(joined.contextFiles, ['c']);
  });

  it('of hostile texts are read in no time to speak of', function () {
    this.timeout(60_000);
    for (const piece of [
      '[Files: ',
      '[P: x ',
      '[P:Group-a] ',
      '(depends on ',
      '[',
      '`a` ',
      '[Files: [',
    ]) {
      parse(piece.repeat(50_000));
    }
  });
});
