import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Verdict } from '../../../src/agents/contract/adapter.ts';
import { createAdapter } from '../../../src/agents/registry.ts';
import { outcomeSchema, runnerEventSchema } from '../../../src/coordinator/schema/attempt.ts';
import { BUILT_IN_AGENTS, type BuiltInAgent } from '../../../src/shared/agent-ids.ts';
import { AT, RECORDED_CWD, type Recording, recordings } from '../../support/agent-stream.ts';

/** A stream as it may come: any lines, and a good exit, which must not make a success of them by itself. */
async function judge(agent: BuiltInAgent, lines: readonly string[]): Promise<Verdict> {
  const adapter = await createAdapter(agent, RECORDED_CWD);
  for (const line of lines) {
    adapter.accept(line, AT);
  }
  return adapter.finish({
    exitCode: 0,
    signal: null,
    stopped: null,
    spawnError: null,
    lastLine: '',
    at: AT,
  });
}

/** Events and outcome, as they are written and read again. */
async function readBack(agent: BuiltInAgent, lines: readonly string[]): Promise<void> {
  const adapter = await createAdapter(agent, RECORDED_CWD);
  for (const event of lines.flatMap((line) => adapter.accept(line, AT))) {
    runnerEventSchema.parse(JSON.parse(JSON.stringify({ ...event, at: AT })));
  }
  const outcome = { ...(await judge(agent, lines)), exitCode: 0, signal: null, durationMs: 0 };
  outcomeSchema.parse(JSON.parse(JSON.stringify(outcome)));
}

/** Without what the order of its parts may change: a summary, and which steps were told. */
const essence = ({ failure, sessionId, usage, edits, denials, lastWord }: Verdict): object => ({
  reason: failure?.reason ?? null,
  sessionId,
  usage,
  edits,
  denials,
  lastWord,
});

const filled = ({ lines }: Recording): string[] => lines.filter((line) => line !== '');

/** Part of the line that says that an agent is done; from there on, the stream may be called a success. */
const LAST_WORD: Readonly<Record<BuiltInAgent, string>> = {
  claude: '"type":"result"',
  codex: '"type":"turn.completed"',
  gemini: '"type":"result"',
  opencode: '"reason":"stop"',
  copilot: '"type":"result"',
};

const chatter = ['', 'Warning: x', '{"level":"info"}', '[1,2]', '{', '}', 'null', '{"type":3}'];
const strange = ['{"type":"brand.new","data":{"a":[{}]}}', '{"type":"system","subtype":"new"}'];

for (const agent of BUILT_IN_AGENTS) {
  describe(`Whatever becomes of a stream of ${agent}`, () => {
    let recorded: readonly Recording[] = [];
    before(() => {
      recorded = recordings(agent);
    });

    it('it is no success before its last word, wherever it is cut', async () => {
      let cuts = 0;
      for (const { lines } of recorded) {
        const text = lines.join('\n');
        const last = lines.find((line) => line.includes(LAST_WORD[agent]));
        const whole = last === undefined ? text.length : text.indexOf(last) + last.length;
        // Every byte near what counts, and a sample of the rest.
        for (let cut = 0; cut < whole; cut += cut > whole - 200 ? 1 : 97) {
          const verdict = await judge(agent, text.slice(0, cut).split('\n'));
          assert.ok(verdict.failure, `cut at ${cut} of ${whole}`);
          cuts += 1;
        }
      }
      assert.ok(cuts > 100);
    });

    it('text and unknown events between its lines change nothing', async () => {
      for (const recording of recorded) {
        const lines = filled(recording);
        const expected = essence(await judge(agent, lines));
        const noisy = lines.flatMap((line) => [...chatter, ...strange, line]);
        assert.deepEqual(essence(await judge(agent, noisy)), expected);
      }
    });

    it('its objects may stand in one line, with text around them', async () => {
      for (const recording of recorded) {
        const lines = filled(recording);
        const expected = essence(await judge(agent, lines));
        assert.deepEqual(essence(await judge(agent, [lines.join('')])), expected);
        assert.deepEqual(essence(await judge(agent, [`… ${lines.join(' ok ')} !`])), expected);
      }
    });

    it('fields that nobody knows, in every object of it, change nothing', async () => {
      for (const recording of recorded) {
        const lines = filled(recording);
        const expected = essence(await judge(agent, lines));
        const more = lines.map((line) => line.replaceAll('{"', '{"zz_new":[{"a":null}],"'));
        assert.deepEqual(essence(await judge(agent, more)), expected);
      }
    });

    it('values of any other kind, wherever they stand, make nothing throw, and nothing that cannot be read back', async () => {
      const streams = recorded.map((recording) => filled(recording).map(parsed));
      const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(1e308, -1e308, 1e15, -1, 0.5));
      const altered = fc.tuple(odd, fc.nat());
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...streams),
          fc.array(altered, { minLength: 1, maxLength: 12 }),
          async (stream, changes) => {
            const lines = stream.map((event, index) => {
              const [value, place] = changes[index % changes.length] ?? [null, 0];
              return JSON.stringify(replaced(event, value, place));
            });
            await readBack(agent, lines);
          },
        ),
        { numRuns: 200 },
      );
    });

    it('a line of megabytes is read or left out', async () => {
      const huge = 'x'.repeat(4_000_000);
      for (const line of [huge, `{"type":"${huge}"}`, `{"type":"text","text":"${huge}`]) {
        assert.ok((await judge(agent, [line])).failure);
      }
    });

    it('unknown events are counted, and a person is warned of them once', async () => {
      const adapter = await createAdapter(agent, RECORDED_CWD);
      const lines = [...strange, ...strange].map((line) => line.replace('system', 'sysdem'));
      const events = lines.flatMap((line) => adapter.accept(line, AT));
      assert.equal(adapter.unknown, 4);
      assert.deepEqual(
        events.map((event) => event.type === 'step' && event.kind),
        ['warns'],
      );
    });
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** `event` with the value at its `place`-th position replaced, counted through all of it and around. */
function replaced(event: unknown, value: unknown, place: number): unknown {
  let size = 0;
  const visit = (node: unknown, hit: number): unknown => {
    size += 1;
    if (size - 1 === hit) {
      return value;
    }
    if (Array.isArray(node)) {
      return node.map((each) => visit(each, hit));
    }
    if (typeof node !== 'object' || node === null) {
      return node;
    }
    return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, visit(each, hit)]));
  };
  visit(event, -1);
  const hit = place % size;
  size = 0;
  return visit(event, hit);
}
