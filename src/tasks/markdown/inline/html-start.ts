/** Elements that begin an HTML block at the start of a line, even with an incomplete tag (CommonMark 4.6). */
const BLOCKS = new Set(
  (
    'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt ' +
    'fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link ' +
    'main menu menuitem nav noframes ol optgroup option p param pre script search section source style summary table ' +
    'tbody td textarea tfoot th thead title tr track ul'
  ).split(' '),
);
const NAME = /<\/?([a-z][a-z0-9-]*)/iy;
const ATTRIBUTE = '\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"\'=<>`]+|\'[^\']*\'|"[^"]*"))?';
const TAG = new RegExp(`<(?:/[a-z][a-z0-9-]*\\s*|[a-z][a-z0-9-]*(?:${ATTRIBUTE})*\\s*/?)>`, 'iy');
const ADDRESS = /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>]+@[^\s<>]+)>/iy;

/**
 * Returns the offset after the tag at `at` if the tag is complete and follows text on its line (`from`: start of the
 * line), else `null`. A tag that begins a line may begin an HTML block.
 */
export function inlineTagEnd(text: string, from: number, at: number): number | null {
  if (!/\w/.test(text.slice(from, at))) {
    return null;
  }
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[1] ?? '';
  TAG.lastIndex = at;
  if (BLOCKS.has(name.toLowerCase()) || !TAG.test(text)) {
    return null;
  }
  return /[\r\n]/.test(text.slice(at, TAG.lastIndex)) ? null : TAG.lastIndex;
}

/**
 * Whether HTML or an address in angle brackets can begin at the `<` at this offset; `false` for `a < b` and
 * `Array<string, …>`. May return false positives, which only parsing can rule out.
 */
export function mayBeHtml(text: string, at: number): boolean {
  const next = text.charAt(at + 1);
  if (next === '!' || next === '?') {
    return true;
  }
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[1];
  if (name !== undefined && BLOCKS.has(name.toLowerCase())) {
    return true;
  }
  TAG.lastIndex = at;
  ADDRESS.lastIndex = at;
  return TAG.test(text) || ADDRESS.test(text);
}
