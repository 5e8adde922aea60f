/** Deep equality: plain objects and arrays by content, everything else by identity. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && isSameList(a, b);
  }
  return isPlain(a) && isPlain(b) && isSameRecord(a, b);
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, place) => isSame(each, b[place]));
}

/** Loops instead of lists of names, because many tasks are compared at once. */
function isSameRecord(a: PlainObject, b: PlainObject): boolean {
  let names = 0;
  for (const name in a) {
    names += 1;
    const other = b[name];
    if (!isSame(a[name], other) || (other === undefined && !Object.hasOwn(b, name))) {
      return false;
    }
  }
  for (const name in b) {
    names -= name in b ? 1 : 0;
  }
  return names === 0;
}

type PlainObject = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is PlainObject {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** The places at which two lists have different objects, up to the end of `now`. A loop, for lists of thousands. */
export function changedPlaces(before: readonly unknown[], now: readonly unknown[]): number[] {
  const places: number[] = [];
  for (let place = 0; place < now.length; place += 1) {
    if (before[place] !== now[place]) {
      places.push(place);
    }
  }
  return places;
}
