import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { RunView, TaskView } from '../../../../src/shared/view-models/group-views.ts';
import { layoutTimeline, type Timeline } from '../../../../src/webview/facts/timeline.ts';
import {
  endedRun,
  groupView,
  launched,
  runView,
  START,
  taskView,
} from '../../../support/webview/views.ts';

const at = (seconds: number) => START + seconds * 1000;
const ran = (id: string, from: number, to: number | null, changes: Partial<TaskView> = {}) =>
  taskView(id, { ...launched(from, to), ...changes });

function layout(tasks: readonly TaskView[], run: RunView, seconds: number): Timeline {
  const timeline = layoutTimeline(groupView(tasks, { run }), at(seconds));
  assert.ok(timeline !== null, 'there is something to draw');
  return timeline;
}
const lanesOf = ({ lanes }: Timeline) => lanes.map((lane) => lane.map(({ id }) => id).join(' '));

describe('the timeline', () => {
  it('is empty before the first task has started', () => {
    assert.equal(layoutTimeline(groupView([ran('a', 0, 5)]), at(9)), null);
    assert.equal(layoutTimeline(groupView([taskView('a')], { run: runView() }), at(9)), null);
  });

  it('places each bar by its share of the time', () => {
    const [[bar] = []] = layout([ran('a', 25, 75)], endedRun(100), 500).lanes;
    assert.equal(bar?.left, 25);
    assert.equal(bar.width, 50);
    assert.equal(bar.span, '0:25 to 1:15');
  });

  it('takes the first lane that is free, so that there are as few as ran at once', () => {
    const tasks = [ran('c', 20, 30), ran('a', 0, 10), ran('b', 5, 25), ran('d', 26, 40)];
    assert.deepEqual(lanesOf(layout(tasks, endedRun(40), 40)), ['a c', 'b d']);
  });

  it('draws what goes on up to now', () => {
    const [[bar] = []] = layout([ran('a', 0, null)], runView(), 50).lanes;
    assert.equal(bar?.width, 100);
    assert.equal(bar.span, '0:00 to now');
  });

  it('keeps the lane of a task that waits for its next try', () => {
    const waits = ran('a', 0, 10, { appearance: 'backing_off', dueAt: at(40) });
    const timeline = layout([waits, ran('b', 20, 30)], runView(), 30);
    assert.deepEqual(lanesOf(timeline), ['a', 'b']);
    assert.equal(timeline.lanes[0]?.[0]?.waiting, 75);
  });

  it('ends with its run, also for a task whose end was never learnt', () => {
    const timeline = layout([ran('lost', 20, null)], endedRun(40), 4000);
    const bar = timeline.lanes[0]?.[0];
    assert.equal(bar?.left, 50);
    assert.equal(bar.width, 50);
    assert.equal(bar.span, '0:20 to 0:40');
  });

  it('leaves out the work of an earlier run', () => {
    const tasks = [ran('old', -900, -800), ran('new', 0, 10)];
    assert.deepEqual(lanesOf(layout(tasks, endedRun(10), 10)), ['new']);
  });

  it('draws the newest of very many, and whatever goes on, and says how many it leaves out', () => {
    const many = Array.from({ length: 1000 }, (_, place) => ran(`t${place}`, place, place + 1));
    const long = ran('long', 0, null, { status: 'in_progress', appearance: 'running' });
    const { lanes, ticks, omitted } = layout([long, ...many], runView(), 1000);
    const bars = lanes.flat();
    assert.equal(omitted, 700);
    assert.equal(bars.length, 301);
    const went = bars.find(({ id }) => id === 'long');
    assert.deepEqual([went?.left, went?.width, went?.span], [0, 100, '0:00 to now']);
    const first = bars.find(({ id }) => id === 't700');
    assert.deepEqual([first?.left, first?.span], [0, '11:40 to 11:41']);
    assert.deepEqual(ticks[0], { left: (20 / 300) * 100, label: '12:00' });
  });

  it('counts time in steps that people count in', () => {
    const labels = (seconds: number) =>
      layout([ran('a', 0, 1)], endedRun(seconds), seconds).ticks.map(({ label }) => label);
    assert.deepEqual(labels(50), ['0:00', '0:10', '0:20', '0:30', '0:40']);
    // The label at two hours would be cut off by the end, which is near.
    assert.deepEqual(labels(7300), ['0:00', '30:00', '1:00:00', '1:30:00']);
  });

  it('never lets two bars of a lane overlap, nor any leave the drawing', () => {
    const stretch = fc.tuple(fc.nat(1000), fc.option(fc.nat(500)));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 40 }), (stretches) => {
        const tasks = stretches.map(([from, length], place) =>
          ran(`t${place}`, from, length === null ? null : from + length),
        );
        const { lanes, ticks } = layout(tasks, runView(), 1500);
        assert.equal(lanes.flat().length, tasks.length);
        assert.ok(ticks.length <= 7 && ticks.every(({ left }) => left >= 0 && left < 100));
        for (const lane of lanes) {
          for (const [place, bar] of lane.entries()) {
            const next = lane[place + 1];
            // The thinnest bars are drawn wider than they are, and may touch what follows.
            const seen = bar.width > 0.4 ? bar.width : 0;
            assert.ok(bar.left >= 0 && bar.left + bar.width <= 100.4 + 1e-9);
            assert.ok(next === undefined || next.left >= bar.left + seen - 1e-9);
          }
        }
      }),
    );
  });
});
