import type { Outline } from '../format/outline.ts';

/** An id with a number at the end, possibly with leading zeros. A new id drops the letter after it (`T12a`). */
const NUMBERED = /^(.*?)(\d+)[a-z]?$/i;

/**
 * Returns an id that no task of the plan has, in the style of `like`: `T013` after `T012`, `1.4` after `1.3`. If `like`
 * is not written out or has no number, follows the style of the last task that has one.
 */
export function freeId({ tasks }: Outline, like: string): string {
  const written = tasks.filter(({ idSpan }) => idSpan !== null).map(({ id }) => id);
  const model =
    written.includes(like) && NUMBERED.test(like)
      ? like
      : written.findLast((id) => NUMBERED.test(id));
  const [, prefix = 'T', digits = '0'] = NUMBERED.exec(model ?? '') ?? [];
  const used = new Set(tasks.map(({ id }) => id));
  const numbers = [...used].flatMap((id) => {
    const match = NUMBERED.exec(id);
    return match?.[1] === prefix ? [Number(match[2])] : [];
  });
  for (let next = Math.max(0, ...numbers) + 1; ; next += 1) {
    const id = prefix + String(next).padStart(digits.length, '0');
    if (!used.has(id)) {
      return id;
    }
  }
}
