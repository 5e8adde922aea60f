import { cardStyles } from './card-styles.ts';
import { controlStyles } from './control-styles.ts';
import { pageStyles } from './page-styles.ts';
import { statusStyles } from './status-styles.ts';
import { tableStyles } from './table-styles.ts';
import { timelineStyles } from './timeline-styles.ts';

/** Adds the styles to the page without a style element, so that a strict `style-src` needs no exception. */
export function adoptStyles(page: Document): void {
  const styles = [pageStyles, statusStyles, controlStyles, cardStyles, tableStyles, timelineStyles];
  page.adoptedStyleSheets = styles.flatMap(({ styleSheet }) => styleSheet ?? []);
}
