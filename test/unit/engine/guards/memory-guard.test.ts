import { strict as assert } from 'node:assert';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { freeMemoryMib, MemoryGuard } from '../../../../src/engine/guards/memory-guard.ts';
import { runPlan } from '../../../support/coordinator/plans.ts';
import { Rehearsal } from '../../../support/coordinator/rehearsal.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** A run whose machine has as much memory as the test says. */
class Machine {
  readonly clock = new VirtualClock();
  readonly rehearsal: Rehearsal;
  readonly brake: MemoryGuard;
  free = 4096;
  reads = 0;

  constructor(least = 1024, ids = ['T1', 'T2', 'T3']) {
    this.rehearsal = new Rehearsal(runPlan(ids, { maxConcurrent: 1, tests: null }));
    const post = (event: RunEventBody): void => void this.rehearsal.happens(event);
    const run = { state: this.rehearsal.run, post };
    this.brake = new MemoryGuard(run, least, this.clock, () => {
      this.reads += 1;
      return this.free;
    });
  }

  get reason(): string | null {
    return this.rehearsal.run.policy.launchPaused;
  }
}

describe('the memory brake', () => {
  it('launches nothing while too little is free, says how little, and lets go once there is more', () => {
    const machine = new Machine();
    machine.free = 512;
    machine.brake.check();
    machine.rehearsal.prepares();
    assert.deepEqual(machine.rehearsal.live(), []);
    assert.equal(machine.reason, 'only 512 MiB of memory are free, 1024 are kept free');
    machine.free = 1024;
    machine.clock.pass(2000);
    assert.equal(machine.reason, null);
    assert.deepEqual(machine.rehearsal.live(), ['T1']);
  });

  it('goes on looking where nothing at all runs', () => {
    const machine = new Machine();
    machine.free = 1;
    machine.brake.check();
    machine.rehearsal.prepares();
    for (let turn = 0; turn < 50; turn += 1) {
      machine.clock.pass(2000);
    }
    assert.equal(machine.reads, 51);
    machine.free = 9999;
    machine.clock.pass(2000);
    assert.deepEqual(machine.rehearsal.live(), ['T1']);
  });

  it('reads nothing while nothing is ready to start', () => {
    const machine = new Machine(1024, ['T1']);
    machine.rehearsal.prepares();
    machine.brake.check();
    machine.clock.pass(60_000);
    assert.equal(machine.reads, 0);
  });

  it('reads at most every two seconds, however much happens', () => {
    const machine = new Machine();
    for (let turn = 0; turn < 20; turn += 1) {
      machine.brake.check();
    }
    assert.equal(machine.reads, 1);
  });

  it('is off at 0, and takes back what an earlier coordinator had found', () => {
    const machine = new Machine(0);
    machine.free = 0;
    machine.brake.check();
    assert.equal(machine.reads, 0);
    assert.equal(machine.reason, null);
    const { rehearsal } = new Machine();
    rehearsal.happens({ type: 'launch_pause.changed', reason: 'only 1 MiB of memory are free' });
    const post = (event: RunEventBody): void => void rehearsal.happens(event);
    new MemoryGuard({ state: rehearsal.run, post }, 0, machine.clock, () => 0).check();
    assert.equal(rehearsal.run.policy.launchPaused, null);
  });

  it('looks no more once it is disposed', () => {
    const machine = new Machine();
    machine.brake.dispose();
    machine.brake.check();
    assert.equal(machine.reads, 0);
  });
});

describe('the memory of this machine', () => {
  it('has some that is free', () => {
    assert.ok(freeMemoryMib() > 0);
  });
});
