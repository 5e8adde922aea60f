// Writes the list of folders and their imports, as tools/layers/ states it, into docs/architecture.md:
//   npm run folders
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

const BEGIN = '<!-- folders -->';
const END = '<!-- /folders -->';
const LONGEST_LINE = 120;

/** Room → folder → the folders that it may import, and the reason. */
const tableSchema = z.record(
  z.string(),
  z.record(z.string(), z.tuple([z.array(z.string()), z.string()])),
);

export const ARCHITECTURE = fileURLToPath(new URL('../../docs/architecture.md', import.meta.url));

/** The rules of every room, each folder on a line of its own. */
export function folderList(): string {
  const rooms = tableSchema.parse(createRequire(import.meta.url)('../layers/inside-rooms.cjs'));
  return Object.entries(rooms)
    .map(([room, folders]) => {
      const lines = Object.entries(folders).map(([folder, [imports, reason]]) => {
        const names = imports.map((each) => named(room, each)).join(', ') || 'no other folder';
        return wrapped(`- ${named(room, folder)} imports ${names}. ${reason}`);
      });
      return [`**\`${room}\`**`, '', ...lines, ''].join('\n');
    })
    .join('\n');
}

/** The page with `list` between its two marks. */
export function withFolderList(page: string, list: string): string {
  const [before = '', rest = ''] = page.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${BEGIN}\n\n${list}\n${END}${after}`;
}

/** A folder within its room; the room's own folder by the name of the room. */
function named(room: string, folder: string): string {
  return folder === '.' ? `\`${room}/\`` : `\`${folder}\``;
}

function wrapped(item: string): string {
  const lines = [''];
  for (const word of item.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (longer.length <= LONGEST_LINE) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(`  ${word}`);
    }
  }
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(ARCHITECTURE, withFolderList(readFileSync(ARCHITECTURE, 'utf8'), folderList()));
}
