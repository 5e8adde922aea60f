/** Tells whether something that came from outside has the shape of `T`. */
export type Check<T> = (value: unknown) => value is T;

export function text(value: unknown): value is string {
  return typeof value === 'string';
}

/** A branded id: outside it is nothing but text. `brand` makes it, and so names its type. */
export function idOf<T extends string>(_brand: (text: string) => T): Check<T> {
  return (value): value is T => typeof value === 'string';
}

/** A number to reckon with: neither NaN nor infinite. */
export function number(value: unknown): value is number {
  return Number.isFinite(value);
}

export function boolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** One of the given strings. */
export function oneOf<T extends string>(...members: readonly T[]): Check<T> {
  const known = new Set<unknown>(members);
  return (value): value is T => known.has(value);
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** An object with these members. A member that is missing here is a type error, so the check stays complete. */
export function shape<T extends object>(members: {
  readonly [K in keyof T]-?: Check<T[K]>;
}): Check<T> {
  const checks: [string, (value: unknown) => boolean][] = Object.entries(members);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) {
      return false;
    }
    const given = new Map<string, unknown>(Object.entries(value));
    return checks.every(([name, check]) => check(given.get(name)));
  };
}
