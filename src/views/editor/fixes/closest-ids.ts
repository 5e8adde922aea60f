/** An id that a person may have meant. */
interface Candidate {
  readonly id: string;
}

/** Longer ones are no ids but sentences, and the comparison is quadratic. */
const LONGEST = 60;

/** The candidates that are spelled most like `written`, the best first; none where nothing is near. */
export function closestIds<T extends Candidate>(
  written: string,
  candidates: Iterable<T>,
  most: number,
): readonly T[] {
  const wanted = bare(written);
  if (wanted === '' || written.length > LONGEST) {
    return [];
  }
  const farthest = wanted.length <= 3 ? 1 : 2;
  const near: { readonly candidate: T; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const id = bare(candidate.id);
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

/** `T-012`, `t012`, `#T012` and `T12` differ in how they are written, not in what they mean. */
function bare(id: string): string {
  return id
    .toLowerCase()
    .replaceAll(/[\s#_-]/g, '')
    .replaceAll(/(?<![\d.])0+(?=\d)/g, '');
}

/** How many letters have to be changed, added, left out, or swapped with the next to make `b` of `a`. */
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
