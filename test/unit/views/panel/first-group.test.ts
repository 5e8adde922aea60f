import assert from 'node:assert/strict';
import { asGroupKey } from '../../../../src/shared/ids.ts';
import type { RunView } from '../../../../src/shared/view-models/group-views.ts';
import { firstGroup } from '../../../../src/views/panel/first-group.ts';
import { endedRun, groupView, runView, START } from '../../../support/webview/views.ts';

const group = (name: string, run: RunView | null) => groupView([], { key: asGroupKey(name), run });
const never = group('never', null);
const older = group('older', endedRun(5, { startedAt: START }));
const newer = group('newer', endedRun(5, { startedAt: START + 60_000 }));
const running = group('running', runView({ startedAt: START }));

describe('the group that the status panel begins with', () => {
  const cases = [
    ['the one that was chosen', [never, running, newer], 'newer', newer],
    ['one that runs', [never, newer, running], null, running],
    ['the one that ran last', [never, older, newer], null, newer],
    ['the first where none ever ran', [never, group('other', null)], null, never],
    ['another where the chosen one is gone', [never, older], 'gone', older],
    ['none where there is none', [], null, null],
  ] as const;
  for (const [what, groups, chosen, expected] of cases) {
    it(`is ${what}`, () => {
      const key = chosen === null ? null : asGroupKey(chosen);
      assert.equal(firstGroup(groups, key), expected);
    });
  }
});
