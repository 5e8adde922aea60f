import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { ToolPlan, ToolPlanOptions } from '../format/tool-plan.ts';
import { isToolFolder, openToolPlan } from './tools.ts';

/** What all tools of one workspace are opened with. */
type Shared = Omit<ToolPlanOptions, 'place'>;

/** The plans of one workspace that tools keep, opened as they are found. */
export class ToolPlans {
  readonly #shared: Shared;
  readonly #changed: (place: string) => Promise<void>;
  readonly #plans = new Map<string, ToolPlan>();
  readonly #following: Disposable[] = [];
  #onError: ((error: unknown) => void) | null = null;

  /** `changed`: reads a place again. */
  constructor(shared: Shared, changed: (place: string) => Promise<void>) {
    this.#shared = shared;
    this.#changed = changed;
  }

  /** By its folder, which is the source of its tasks as well. */
  get(place: string): ToolPlan | undefined {
    return this.#plans.get(place);
  }

  /** Opens those of these places that are a tool's and are not open yet. */
  async open(places: readonly string[]): Promise<void> {
    for (const place of places) {
      if (this.#plans.has(place) || !isToolFolder(place.split('/').at(-1) ?? '')) {
        continue;
      }
      const plan = await openToolPlan({ ...this.#shared, place });
      this.#plans.set(place, plan);
      this.#followOne(plan);
    }
  }

  /** From now on has each read again when it may have changed; those that are opened later as well. */
  follow(onError: (error: unknown) => void): Disposable {
    this.#onError = onError;
    for (const plan of this.#plans.values()) {
      this.#followOne(plan);
    }
    return {
      dispose: () => {
        this.#onError = null;
        disposeAll(this.#following.splice(0));
      },
    };
  }

  #followOne(plan: ToolPlan): void {
    const onError = this.#onError;
    if (onError === null) {
      return;
    }
    const follower = plan.follow(() => {
      this.#changed(plan.place).catch(onError);
    });
    this.#following.push(follower);
  }
}
