const NATURAL = new Intl.Collator('en', { numeric: true });

/** Compares ids naturally: `T2` before `T10`. Different ids are never equal. */
export function naturally(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return NATURAL.compare(a, b) || (a < b ? -1 : 1);
}
