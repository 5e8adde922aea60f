import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { Clock } from '../../system/clock.ts';
import type { GuardedRun, Guards } from '../contract/guards.ts';
import { ConcurrencyAllocator } from './concurrency-allocator.ts';
import { freeMemoryMib, MemoryGuard } from './memory-guard.ts';

/** Creates the guards of one window or one command line. */
export function createGuards(freeMemory: () => number = freeMemoryMib): Guards {
  return { concurrency: new ConcurrencyAllocator(), freeMemory };
}

/** Applies the guards to a run from before its first decision until the result is disposed. */
export function guardRun(
  run: GuardedRun,
  {
    guards,
    bus,
    clock,
    config,
  }: { guards: Guards; bus: CoordinatorBus; clock: Clock; config: () => Config },
): Disposable {
  const { maxConcurrentPerWindow, minFreeMemoryMb } = config();
  const memory = new MemoryGuard(run, minFreeMemoryMb, clock, guards.freeMemory);
  memory.check();
  const place = guards.concurrency.join(run, maxConcurrentPerWindow);
  const events = bus.subscribe('run.event', 'guards', (event) => {
    if (event.run === run.state.plan.run) {
      guards.concurrency.update();
      memory.check();
    }
  });
  return {
    dispose: () => {
      disposeAll([events, memory, place]);
    },
  };
}
