/** Bare numbers (`1.`) may be the numbering of a list that restarts in every section. */
export interface LeadingId {
  readonly id: string;
  readonly rest: string;
  readonly bare: boolean;
}

const FORMS: readonly RegExp[] = [
  /^(\d+(?:\.\d+)+[a-z]?)[.):]?(?=\s|$)/, // 1.2.1
  /^(T\d{1,6}[a-z]?)[.):]?(?=\s|$)/, // T012
  /^(#\d+)[.):]?(?=\s|$)/, // #12
  /^([A-Z][A-Z0-9]*-\d+):(?=\s|$)/, // PROJ-12: (with its colon; `UTF-8 …` is no id)
  /^\[(\d+(?:\.\d+)+|T\d{1,6}|#\d+|[A-Z][A-Z0-9]*-\d+)\]:?(?=\s|$)/, // [T012]
];
const BARE = /^(\d{1,6})[.):](?=\s|$)/;

/** The leading id of a title and the title without it; `null` if there is none. */
export function leadingId(title: string): LeadingId | null {
  for (const form of FORMS) {
    const match = form.exec(title);
    if (match?.[1] !== undefined) {
      return { id: match[1], rest: restOf(title, match), bare: false };
    }
  }
  const match = BARE.exec(title);
  return match?.[1] === undefined ? null : { id: match[1], rest: restOf(title, match), bare: true };
}

function restOf(title: string, match: RegExpExecArray): string {
  return title
    .slice(match[0].length)
    .replace(/^\s+[-–—:|](?=\s)/, '')
    .trim();
}
