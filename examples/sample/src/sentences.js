const ABBREVIATION = /\b(?:Mr|Mrs|Dr|St|etc|e\.g|i\.e)\.$/;

/**
 * Splits a text into sentences. A full stop after a common abbreviation does not end one.
 *
 * @example sentences('Dr. Who left. Why?') // ["Dr. Who left.", "Why?"]
 */
export function sentences(text) {
  const found = [];
  let current = '';
  for (const piece of text.split(/(?<=[.!?])\s+/)) {
    current = current === '' ? piece : `${current} ${piece}`;
    if (ABBREVIATION.test(current)) continue;
    if (current.trim() !== '') found.push(current.trim());
    current = '';
  }
  if (current.trim() !== '') found.push(current.trim());
  return found;
}
