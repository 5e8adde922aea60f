/** The sum of a cart in cents, with what is taken off. */
export function total(items, discount = 0) {
  let sum = 0;
  for (const { price, count } of items) {
    if (count < 0) {
      throw new RangeError('A cart holds no negative counts.');
    }
    sum += price * count;
  }
  return discount > 0 && discount < 1 ? Math.round(sum * (1 - discount)) : sum;
}

// TODO: taxes differ by country.
export const isEmpty = (items) => items.every(({ count }) => count === 0);
