/** The VS Code releases that the extension is tested on: the newest, and the lowest supported. */
export const releases = {
  '1.139': { product: '1.139.1', codeServer: '4.139.1', node: '24.21.0' },
  // Under Node 24 its extension host hangs.
  '1.110': { product: '1.110.0', codeServer: '4.110.0', node: '22.23.3' },
} as const;

export type Release = keyof typeof releases;

export const newest: Release = '1.139';

export function isRelease(text: string): text is Release {
  return Object.hasOwn(releases, text);
}
