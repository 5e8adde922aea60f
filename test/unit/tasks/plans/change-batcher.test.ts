import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ChangeBatcher } from '../../../../src/tasks/plans/change-batcher.ts';

describe('changes that settle', () => {
  const collect = () => {
    const reports: (readonly string[])[] = [];
    let heard = (): void => undefined;
    const next = () => new Promise<void>((resolve) => (heard = resolve));
    const settling = new ChangeBatcher((paths) => {
      reports.push(paths);
      heard();
    });
    return { settling, reports, next };
  };

  it('are reported together once it is quiet, each path once', async () => {
    const { settling, reports, next } = collect();
    const reported = next();
    for (const path of ['a', 'b', 'a']) {
      settling.add(path);
    }
    await reported;
    assert.deepEqual(reports, [['a', 'b']]);
    const again = next();
    settling.add('c');
    await again;
    assert.deepEqual(reports, [['a', 'b'], ['c']]);
  });

  it('are reported although one file changes without end', async () => {
    const { settling, reports } = collect();
    settling.add('quiet');
    while (reports.length === 0) {
      settling.add('restless');
      await delay(10);
    }
    assert.deepEqual(reports[0], ['quiet', 'restless']);
    settling.dispose();
  });

  it('are not reported after the end', async () => {
    const { settling, reports } = collect();
    settling.add('a');
    settling.dispose();
    await delay(200);
    assert.deepEqual(reports, []);
  });
});
