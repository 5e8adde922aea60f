import { fit, textWidth } from '../../runner/terminal/text-width.ts';
import { visible } from '../../runner/terminal/visible.ts';

/**
 * Lines with aligned columns; empty columns are left out. Text of plans and agents is made harmless. Where it goes to a
 * terminal, lines are cut to its width (`columns`; `null` = as long as need be).
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

/** One line of untrusted text. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' ').trim());
}

function terminalWidth(): number | null {
  const { isTTY, columns } = process.stdout;
  // Some terminals say 0.
  return isTTY && columns > 0 ? columns : null;
}
