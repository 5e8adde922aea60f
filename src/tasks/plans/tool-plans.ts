import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { ToolPlan, ToolPlanOptions } from '../format/tool-plan.ts';
import { isToolFolder, openToolPlan } from './tools.ts';

/** Options that all tools of one workspace share. */
type SharedOptions = Omit<ToolPlanOptions, 'place'>;

/** The plans of one workspace that tools keep. Each opens when its folder is found. */
export class ToolPlans {
  readonly #shared: SharedOptions;
  readonly #changed: (place: string) => Promise<void>;
  readonly #plans = new Map<string, ToolPlan>();
  readonly #subscriptions: Disposable[] = [];
  #onError: ((error: unknown) => void) | null = null;

  /** `changed` reads a place again. */
  constructor(shared: SharedOptions, changed: (place: string) => Promise<void>) {
    this.#shared = shared;
    this.#changed = changed;
  }

  /** Returns the plan in a folder, which is also the source of the plan's tasks. */
  get(place: string): ToolPlan | undefined {
    return this.#plans.get(place);
  }

  /** Opens the plans in those of these places that belong to a tool and are not open yet. */
  async open(places: readonly string[]): Promise<void> {
    for (const place of places) {
      if (this.#plans.has(place) || !isToolFolder(place.split('/').at(-1) ?? '')) {
        continue;
      }
      const plan = await openToolPlan({ ...this.#shared, place });
      this.#plans.set(place, plan);
      this.#subscribe(plan);
    }
  }

  /** Reads each plan again when it may have changed, from now on; includes plans that open later. */
  follow(onError: (error: unknown) => void): Disposable {
    this.#onError = onError;
    for (const plan of this.#plans.values()) {
      this.#subscribe(plan);
    }
    return {
      dispose: () => {
        this.#onError = null;
        disposeAll(this.#subscriptions.splice(0));
      },
    };
  }

  #subscribe(plan: ToolPlan): void {
    const onError = this.#onError;
    if (onError === null) {
      return;
    }
    const subscription = plan.follow(() => {
      this.#changed(plan.place).catch(onError);
    });
    this.#subscriptions.push(subscription);
  }
}
