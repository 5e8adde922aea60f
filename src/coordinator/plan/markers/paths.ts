import { pieces, type Span } from './marked-text.ts';

/** Extensions that make a back-ticked word without `/` a file; excludes product names such as `node.js`. */
const FILE_EXTENSIONS = new Set(
  (
    'astro bash c cc cfg cjs conf cpp cs css csv cts cxx dart ex exs fs go gql gradle graphql h hpp htm html hs ini ipynb ' +
    'java jl js json json5 jsonc jsonl jsx kt kts less lock lua m markdown md mdx mjs mm mts php pl prisma proto ps1 py ' +
    'pyi r rb rs rst sass scala scss sh sol sql svelte svg swift tf toml ts tsx txt vue wasm xml yaml yml zig zsh'
  ).split(' '),
);
const FILES_WITHOUT_EXTENSION = /^(?:Dockerfile|Makefile|Procfile|Gemfile|Rakefile|Justfile)$/;
/** Words with a file extension that usually name a product. */
const NOT_FILES = /^(?:node|next|vue|react|express|three|d3|nuxt|deno|bun|socket)\.(?:js|io)$/i;

/** Canonical path: `/` as separator, without `./`, back ticks, quotes and line number. */
export function tidyPath(written: string): string {
  return written
    .trim()
    .replace(/^[`'"]+|[`'"]+$/g, '')
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/:\d+(?:[:-]\d+)?$|#L\d+(?:-L?\d+)?$/, '');
}

/** A path of a list and its range there. */
export interface ListedPath extends Span {
  readonly path: string;
}

/** The paths of a list such as `a.ts (create), b.ts (edit)`; text in parentheses after a path is a remark. */
export function pathList(written: string): readonly string[] {
  return placedPaths(written).map(({ path }) => path);
}

/** The paths of a list with their ranges. */
export function placedPaths(written: string): readonly ListedPath[] {
  const list = written.replace(/\s\([^()]*\)/g, (remark) => ' '.repeat(remark.length));
  return pieces(list, /[,\n]/g).flatMap((piece) => {
    const path = tidyPath(list.slice(piece.start, piece.end));
    return path === '' ? [] : [{ path, ...pathPlace(list, piece, path) }];
  });
}

/** Range of a cleaned path in its original text; all of it if the path is spelled differently there. */
export function pathPlace(text: string, { start, end }: Span, path: string): Span {
  const index = text.slice(start, end).indexOf(path);
  return index === -1 ? { start, end } : { start: start + index, end: start + index + path.length };
}

/**
 * The file that a back-ticked text names; `null` for a command, flag, package, branch, URL, glob, directory or a path
 * outside the workspace.
 */
export function backTickedPath(code: string): string | null {
  // Most back-ticked text has nothing that could be a file extension.
  if (!code.includes('.') && !code.includes('file')) {
    return null;
  }
  const path = tidyPath(code);
  if (path.length > 260 || !/^[\p{L}\p{N}_@.()[\]$+-][\p{L}\p{N}_@./()[\]$+-]*$/u.test(path)) {
    return null;
  }
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return null;
  }
  const name = parts.at(-1) ?? '';
  if (FILES_WITHOUT_EXTENSION.test(name)) {
    return path;
  }
  if (/[()]$/.test(name) || path.startsWith('-') || NOT_FILES.test(path)) {
    return null;
  }
  const extension = /\.([A-Za-z][A-Za-z0-9]{0,9})$/.exec(name)?.[1];
  if (extension === undefined) {
    return null;
  }
  return parts.length > 1 || FILE_EXTENSIONS.has(extension.toLowerCase()) ? path : null;
}
