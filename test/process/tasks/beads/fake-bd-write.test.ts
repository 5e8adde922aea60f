import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { BeadsPlan, type BeadsTimes } from '../../../../src/tasks/beads/beads-plan.ts';
import type { ToolStatus } from '../../../../src/tasks/format/tool-plan.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { recordStatus } from '../../../../src/tasks/write/record-status.ts';
import { type FakeBd, fakeBd } from '../../../support/beads/fake-bd.ts';
import { issueKey } from '../../../support/beads/tasks.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const ONE = '{ id: "bd-1", title: "One" }';
describe('closing in beads whose bd does what it should not', function () {
  this.timeout(60_000);
  let root: string;
  let fake: FakeBd;

  before(function () {
    // The program in bd's place is a script with a first line for the kernel.
    if (process.platform === 'win32') {
      skip(this, 'Windows cannot start scripts by their first line');
    }
  });
  beforeEach(() => {
    root = temporaryDirectory();
    fake = fakeBd(root, `print([${ONE}]);`);
  });
  afterEach(() => removeDirectory(root));

  const open = (times: Partial<BeadsTimes> = {}, bd = fake.path) => {
    const options = { workspaceRoot: root, place: '.beads', mayRun: () => true, bd };
    return new BeadsPlan(options, times);
  };
  const write = (plan: BeadsPlan, status: ToolStatus, fingerprint = 'one', id = 'bd-1') =>
    plan.write({ source: asSourceId('.beads'), id, fingerprint }, status);

  describe('does not close', () => {
    const closing = `if (args[0] === 'list') print([${ONE}]);\nelse `;
    const refused: readonly (readonly [string, string, string, RegExp])[] = [
      [
        'what it refuses to close',
        `${closing}{ console.error('cannot close bd-1: blocked by open issues [bd-2]'); process.exit(1); }`,
        'unwritable',
        /^“bd-1” was not closed\. bd said: cannot close bd-1: blocked by .* Try again, or close it yourself: bd close bd-1$/,
      ],
      [
        'what others have locked',
        `${closing}{ print({ error: 'database is locked' }); process.exit(1); }`,
        'busy',
        /bd said: database is locked\./,
      ],
      [
        'what it does not answer for',
        `${closing}setInterval(() => {}, 1000);`,
        'busy',
        /did not answer/,
      ],
      ['what it cannot look up', `console.log('what?');`, 'unwritable', /printed no JSON/],
      [
        'what has another title now',
        `print([{ id: 'bd-1', title: 'Other' }]);`,
        'missing',
        /no longer/,
      ],
      ['what is gone', `print([]);`, 'missing', /no longer in \.beads/],
      [
        'what only has a similar id',
        `print([{ id: 'bd-12', title: 'One' }]);`,
        'missing',
        /no longer/,
      ],
    ];
    for (const [title, script, reason, message] of refused) {
      it(`${title}, and says why`, async () => {
        fake.become(script);
        const closed = await write(open({ writeMs: 4000 }), 'completed');
        assert.ok(!closed.ok);
        assert.equal(closed.failure.reason, reason);
        assert.match(closed.failure.message, message);
      });
    }

    it('what is closed, nor what failed or was cancelled', async () => {
      fake.become(`print([{ id: 'bd-1', title: 'One', status: 'closed' }]);`);
      const plan = open();
      for (const status of [
        'completed',
        'in_progress',
        'pending',
        'failed',
        'cancelled',
      ] as const) {
        assert.deepEqual(await write(plan, status), { ok: true, value: 'unchanged' }, status);
      }
      assert.deepEqual(fake.calls(), ['list', 'list', 'list']);
    });

    it('without bd', async () => {
      const closed = await write(open({}, join(root, 'no-such-bd')), 'completed');
      assert.ok(!closed.ok);
      assert.match(closed.failure.message, /^“bd-1” was not closed\. bd was not found\./);
    });
  });

  it('closes one after the other, however many are asked for at once', async () => {
    fake.become(`
      const turn = 'turn';
      if (existsSync(turn)) process.exit(9);
      writeFileSync(turn, '');
      setTimeout(async () => {
        (await import('node:fs')).rmSync(turn);
        print(args[0] === 'list' ? [1, 2, 3].map((n) => ({ id: 'bd-' + n, title: 'One' })) : []);
      }, 20);`);
    const plan = open();
    const ids = ['bd-1', 'bd-2', 'bd-3'];
    const closed = await Promise.all(ids.map((id) => write(plan, 'completed', 'one', id)));
    assert.deepEqual(
      closed.map((each) => each.ok && each.value),
      ['changed', 'changed', 'changed'],
    );
  });

  it('knows a repeated title by its id', async () => {
    fake.become(`
      if (args[0] === 'close') writeFileSync('closed', args.join(' '));
      print([{ id: 'bd-1', title: 'Same' }, { id: 'bd-2', title: 'Same', created_at: '2026-01-01' }]);`);
    const store = await PlanStore.open(root, { bd: fake.path });
    const task = store.current().tasks.get(issueKey('bd-2'));
    assert.ok(task !== undefined);
    assert.deepEqual(await recordStatus(store, task, 'completed'), { ok: true, value: undefined });
    assert.equal(
      readFileSync(join(root, 'closed'), 'utf8'),
      'close --reason=Proven by Parallel Groups --json -- bd-2',
    );
  });
});
