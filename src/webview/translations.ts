import { useBundle } from '../shared/messages.ts';

/** Shows the page in VS Code's display language, by the translations that the extension wrote into the page. */
export function useTranslations(page: Document): void {
  const data: unknown = JSON.parse(page.querySelector('#translations')?.textContent ?? '{}');
  if (typeof data === 'object' && data !== null) {
    const texts = Object.entries(data).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    useBundle(Object.fromEntries(texts));
  }
}
