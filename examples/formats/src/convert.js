/** How one unit is expressed in the base unit of its kind: `value * factor + offset`. */
const UNITS = {
  C: { kind: 'temperature', factor: 1, offset: 0 },
  F: { kind: 'temperature', factor: 5 / 9, offset: -160 / 9 },
  K: { kind: 'temperature', factor: 1, offset: -273.15 },
  m: { kind: 'length', factor: 1, offset: 0 },
  km: { kind: 'length', factor: 1000, offset: 0 },
  mi: { kind: 'length', factor: 1609.344, offset: 0 },
  ft: { kind: 'length', factor: 0.3048, offset: 0 },
  g: { kind: 'weight', factor: 1, offset: 0 },
  kg: { kind: 'weight', factor: 1000, offset: 0 },
  lb: { kind: 'weight', factor: 453.59237, offset: 0 },
};

/** Converts a value between two units of one kind; throws a RangeError where that makes no sense. */
export function convert(value, from, to) {
  const source = UNITS[from];
  const target = UNITS[to];
  if (source === undefined || target === undefined || source.kind !== target.kind) {
    throw new RangeError(`${from} cannot be converted to ${to}.`);
  }
  return (value * source.factor + source.offset - target.offset) / target.factor;
}
