import { MessageBus } from './message-bus.ts';
import type { Questions, Topics } from './topics.ts';

/** Carries the coordinator's facts and questions to views, command line, policies, metrics and telemetry. */
export type CoordinatorBus = MessageBus<Topics, Questions>;

/** A bus that publishes failures of its own listeners as `subscriber.failed`. */
export function createCoordinatorBus(): CoordinatorBus {
  const bus: CoordinatorBus = new MessageBus<Topics, Questions>((failure) => {
    bus.publish('subscriber.failed', failure);
  });
  return bus;
}
