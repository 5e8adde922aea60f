import type { Disposable } from '../../shared/disposable.ts';
import { MessageBus } from './message-bus.ts';
import type { Questions, Topics } from './topics.ts';

/** Carries what a coordinator tells and asks: to views, command line, policies, metrics and telemetry. */
export type CoordinatorBus = MessageBus<Topics, Questions>;

/** `after`: calls once after `ms`, unless disposed before. */
export function createCoordinatorBus(
  after: (ms: number, call: () => void) => Disposable,
): CoordinatorBus {
  const bus: CoordinatorBus = new MessageBus<Topics, Questions>({
    // All other topics tell facts, of which none can stand for another.
    snapshots: new Set(['workspace.changed'] as const),
    onFailure: (failed) => {
      bus.publish('subscriber.failed', failed);
    },
    after,
  });
  return bus;
}
