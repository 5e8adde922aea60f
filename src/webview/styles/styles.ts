import { cardStyles } from './card-styles.ts';
import { controlStyles } from './control-styles.ts';
import { pageStyles } from './page-styles.ts';
import { statusStyles } from './status-styles.ts';
import { tableStyles } from './table-styles.ts';
import { timelineStyles } from './timeline-styles.ts';

/** Gives the page its styles without any style element: a strict `style-src` needs no exception for them. */
export function adoptStyles(page: Document): void {
  const all = [pageStyles, statusStyles, controlStyles, cardStyles, tableStyles, timelineStyles];
  page.adoptedStyleSheets = all.flatMap(({ styleSheet }) => styleSheet ?? []);
}
