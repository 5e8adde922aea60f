import { fit, textWidth } from '../../runner/terminal/text-width.ts';
import { visible } from '../../runner/terminal/visible.ts';
import { oneLine } from '../../shared/words/text.ts';

/**
 * Formats rows as lines with aligned columns, without empty columns. Text of plans and agents becomes safe for a terminal.
 * On a terminal, lines are cut to its width (`columns`; `null` = no limit).
 */
export function table(
  rows: readonly (readonly string[])[],
  indent = '',
  columns: number | null = terminalWidth(),
): string {
  const shown = rows.map((row) => row.map((cell) => visible(cell.replaceAll(/\s+/g, ' '))));
  const widths: number[] = [];
  for (const row of shown) {
    row.forEach((cell, place) => {
      widths[place] = Math.max(widths[place] ?? 0, textWidth(cell));
    });
  }
  return shown
    .map((row) => {
      const cells = row.flatMap((cell, place) => {
        const width = widths[place] ?? 0;
        return width === 0 ? [] : [cell + ' '.repeat(width - textWidth(cell))];
      });
      const line = `${indent}${cells.join('  ')}`.trimEnd();
      return columns === null ? line : fit(line, columns);
    })
    .join('\n');
}

/** Untrusted text on one line, safe for a terminal. */
export function visibleLine(text: string): string {
  return visible(oneLine(text));
}

function terminalWidth(): number | null {
  const { isTTY, columns } = process.stdout;
  // Some terminals report 0.
  return isTTY && columns > 0 ? columns : null;
}
