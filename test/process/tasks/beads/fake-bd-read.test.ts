import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { BeadsPlan, type BeadsTimes } from '../../../../src/tasks/beads/beads-plan.ts';
import type { ToolStatus } from '../../../../src/tasks/format/tool-plan.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { type FakeBd, fakeBd } from '../../../support/beads/fake-bd.ts';
import { issueKey } from '../../../support/beads/tasks.ts';
import { eventually } from '../../../support/eventually.ts';
import { lives, pidIn } from '../../../support/processes.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const ONE = '{ id: "bd-1", title: "One" }';
const EXPORTED = '{"id":"bd-7","title":"Exported"}\n';
/** Prints where its child is, and waits with it for what never comes. */
const HANGS = `
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
writeFileSync('child.pid', String(child.pid));
setInterval(() => {}, 1000);`;

describe('beads whose bd does what it should not', function () {
  this.timeout(60_000);
  let root: string;
  let fake: FakeBd;
  let trusted: boolean;

  before(function () {
    // The program in bd's place is a script with a first line for the kernel.
    if (process.platform === 'win32') {
      skip(this, 'Windows cannot start scripts by their first line');
    }
  });
  beforeEach(() => {
    root = temporaryDirectory();
    trusted = true;
    fake = fakeBd(root, `print([${ONE}]);`);
  });
  afterEach(() => removeDirectory(root));

  const open = (times: Partial<BeadsTimes> = {}, bd = fake.path) => {
    const options = { workspaceRoot: root, place: '.beads', mayRun: () => trusted, bd };
    return new BeadsPlan(options, times);
  };
  const exported = () => writeFileSync(join(root, '.beads', 'issues.jsonl'), EXPORTED);
  /** The ids that are shown, and what is said about it. */
  const shown = async (plan: BeadsPlan) => {
    const read = await plan.read();
    assert.ok(read !== null);
    assert.equal(read.format, 'beads');
    return {
      ids: read.tasks.map(({ id }) => id).join(' '),
      problems: read.problems.map(({ severity, code }) => `${severity} ${code}`),
      message: read.problems[0]?.message ?? '',
      file: read.problems[0]?.place.file,
    };
  };
  const write = (plan: BeadsPlan, status: ToolStatus, fingerprint = 'one', id = 'bd-1') =>
    plan.write({ source: asSourceId('.beads'), id, fingerprint }, status);

  for (const wrapper of ['data', 'items']) {
    it(`is read through the wrapper ${wrapper}`, async () => {
      fake.become(`print({ schema_version: 1, ${wrapper}: [${ONE}] });`);
      assert.deepEqual((await shown(open())).ids, 'bd-1');
    });
  }

  it('asks for all issues, in the folder that holds them, without what leads elsewhere', async () => {
    process.env.BEADS_DIR = '/nowhere';
    process.env.GIT_DIR = '/nowhere';
    try {
      fake.become(`
        const { BEADS_DIR = '', GIT_DIR = '' } = process.env;
        print([{ id: 'bd-1', title: args.join(' ') + ' in ' + process.cwd() + BEADS_DIR + GIT_DIR }]);`);
      const read = await open().read();
      assert.equal(read?.tasks[0]?.title, `list --all --flat --json --limit 0 in ${root}`);
    } finally {
      delete process.env.BEADS_DIR;
      delete process.env.GIT_DIR;
    }
  });

  it('is asked for where it is before every start', async () => {
    let bd: string | undefined = join(root, 'no-such-bd');
    const options = { workspaceRoot: root, place: '.beads', mayRun: () => true, bd: () => bd };
    const plan = new BeadsPlan(options);
    assert.deepEqual((await shown(plan)).problems, ['error beads-missing']);
    bd = fake.path;
    assert.equal((await shown(plan)).ids, 'bd-1');
  });

  it('has the same hash for the same issues', async () => {
    const plan = open();
    const first = await plan.read();
    assert.equal((await plan.read())?.hash, first?.hash);
    fake.become(`print([{ id: 'bd-1', title: 'Other' }]);`);
    assert.notEqual((await plan.read())?.hash, first?.hash);
  });

  it('asks for what open issues wait for and bd hides', async () => {
    fake.become(`
      const gate = { id: 'g-1', title: 'Gate', issue_type: 'gate' };
      const waits = { id: 'bd-1', title: 'One', dependencies: [{ depends_on_id: 'g-1', type: 'blocks' }] };
      print(args.includes('--include-gates') && args.includes('--id=g-1') ? [gate] : [waits]);`);
    const store = await PlanStore.open(root, { bd: fake.path });
    const { tasks, problems } = store.current();
    assert.deepEqual(problems, []);
    assert.deepEqual([...tasks.keys()], ['.beads#bd-1', '.beads#g-1']);
    assert.equal(tasks.get(issueKey('g-1'))?.status.launchable, false);
  });

  it('asks for the categories of statuses only where there are other ones', async () => {
    await open().read();
    assert.deepEqual(fake.calls(), ['list']);
    fake.become(`
      if (args[0] === 'list') print([{ id: 'bd-1', title: 'One', status: 'qa' }]);
      else print({ schema_version: 1, custom_statuses: [{ name: 'qa', category: 'wip' }] });`);
    const read = await open().read();
    assert.equal(read?.tasks[0]?.status.status, 'in_progress');
    assert.deepEqual(fake.calls(), ['list', 'list', 'statuses']);
  });

  describe('keeps what it said last', () => {
    const failures: readonly (readonly [string, string, RegExp])[] = [
      ['fails', `console.error('Error: no space left'); process.exit(1);`, /said: no space left\./],
      ['prints no JSON', `console.log('○ bd-1 One');`, /no JSON, but “○ bd-1 One”\. Update beads/],
      ['stops half-way', `process.stdout.write('[{"id":"bd-1","ti');`, /printed no JSON/],
      ['is ended', `process.kill(process.pid, 'SIGKILL');`, /ended by a signal/],
      ['says an error', `print({ schema_version: 1, error: 'gone' });`, /said: gone\./],
    ];
    for (const [title, script, message] of failures) {
      it(`when it ${title}`, async () => {
        const plan = open();
        await plan.read();
        exported();
        fake.become(script);
        const now = await shown(plan);
        assert.equal(now.ids, 'bd-1');
        assert.deepEqual(now.problems, ['error beads-failed']);
        assert.match(now.message, message);
        assert.match(now.message, /What is shown is what it said before\. Try “bd list” beside/);
        fake.become(`print([]);`);
        assert.deepEqual(await shown(plan), {
          ids: '',
          problems: [],
          message: '',
          file: undefined,
        });
      });
    }

    it('when it hangs, and ends all that it had started', async () => {
      const plan = open({ readMs: 3000 });
      fake.become(HANGS);
      const now = await shown(plan);
      assert.deepEqual(now.problems, ['error beads-failed']);
      assert.match(now.message, /did not answer within 3 s and was ended\. The issues in \.beads/);
      const pid = await pidIn(join(root, 'child.pid'));
      await eventually('its child has ended', async () => !(await lives(pid)));
    });
  });

  describe('shows the export, and says that it may be stale,', () => {
    it('when there is no bd', async () => {
      exported();
      const now = await shown(open({}, join(root, 'no-such-bd')));
      assert.deepEqual([now.ids, now.problems], ['bd-7', ['warning beads-missing']]);
      assert.match(now.message, /export that may be stale, and nothing can be closed in it\./);
      assert.match(now.message, /Install beads, or say in the setting parallelGroups\.bdPath/);
      assert.equal(now.file, '.beads/issues.jsonl');
    });

    it('when nothing may be started, and starts nothing', async () => {
      exported();
      trusted = false;
      const plan = open();
      const now = await shown(plan);
      assert.deepEqual([now.ids, now.problems], ['bd-7', ['warning beads-restricted']]);
      assert.match(now.message, /In Restricted Mode bd is not started/);
      const closed = await write(plan, 'completed', 'exported', 'bd-7');
      assert.ok(!closed.ok);
      assert.match(closed.failure.message, /Trust this folder, then try again/);
      assert.deepEqual(fake.calls(), []);
      trusted = true;
      assert.deepEqual(await shown(plan), {
        ids: 'bd-1',
        problems: [],
        message: '',
        file: undefined,
      });
    });

    it('when bd has no database yet', async () => {
      exported();
      fake.become(`console.error('Error: no beads database found\\nHint: …'); process.exit(1);`);
      const now = await shown(open());
      assert.deepEqual([now.ids, now.problems], ['bd-7', ['warning beads-no-database']]);
      assert.match(now.message, /Run “bd bootstrap”/);
    });

    it('when the folder holds nothing else, in which bd would take that of a folder above', async () => {
      rmSync(join(root, '.beads', 'metadata.json'));
      exported();
      assert.deepEqual((await shown(open())).problems, ['warning beads-no-database']);
      assert.deepEqual(fake.calls(), []);
    });
  });

  it('says that nothing is shown where there is no export either', async () => {
    const now = await shown(open({}, join(root, 'no-such-bd')));
    assert.deepEqual([now.ids, now.problems], ['', ['error beads-missing']]);
    assert.match(now.message, /The issues in \.beads are not shown\. Install beads/);
    assert.equal(now.file, '.beads/metadata.json');
  });

  it('is none in a folder that only has the name, or is gone', async () => {
    rmSync(join(root, '.beads', 'metadata.json'));
    assert.equal(await open().read(), null);
    rmSync(join(root, '.beads'), { recursive: true });
    assert.equal(await open().read(), null);
    mkdirSync(join(root, 'x'));
    assert.deepEqual((await PlanStore.open(join(root, 'x'))).current().sources, []);
  });

  it('is another folder’s where bd works with that', async () => {
    writeFileSync(join(root, '.beads', 'metadata.json'), '{"dolt_mode":"embedded"}');
    mkdirSync(join(root, 'main', '.beads'), { recursive: true });
    fake.become(`
      if (args[0] === 'where') print({ path: ${JSON.stringify(join(root, 'main', '.beads'))} });
      else print([${ONE}]);`);
    assert.equal(await open().read(), null);
    fake.become(`print(args[0] === 'where' ? { path: '/elsewhere/.beads' } : [${ONE}]);`);
    assert.equal((await shown(open())).ids, 'bd-1');
  });
});
