/** An id that the user may have meant. */
interface Candidate {
  readonly id: string;
}

/** Longest id to compare, characters: a longer one is a sentence, and the comparison is quadratic. */
const LONGEST = 60;

/** Returns the candidates with the most similar spelling, the best first; empty if none is similar. */
export function closestIds<T extends Candidate>(
  written: string,
  candidates: Iterable<T>,
  most: number,
): readonly T[] {
  const wanted = normalized(written);
  if (wanted === '' || written.length > LONGEST) {
    return [];
  }
  const farthest = wanted.length <= 3 ? 1 : 2;
  const near: { readonly candidate: T; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const id = normalized(candidate.id);
    if (candidate.id !== written && Math.abs(id.length - wanted.length) <= farthest) {
      const distance = editDistance(wanted, id);
      if (distance <= farthest) {
        near.push({ candidate, distance });
      }
    }
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Normalizes an id: `T-012`, `t012`, `#T012` and `T12` are spellings of the same id. */
function normalized(id: string): string {
  return id
    .toLowerCase()
    .replaceAll(/[\s#_-]/g, '')
    .replaceAll(/(?<![\d.])0+(?=\d)/g, '');
}

/** The least number of characters to replace, insert, delete or swap with the next that turns `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = last;
    last = next;
  }
  return last[b.length] ?? 0;
}
