/** One changed or untracked path of `git status --porcelain=v2 -z --no-renames`. */
export interface StatusEntry {
  /** Relative to the repository's root; a folder that is a nested repository ends with `/`. */
  readonly path: string;
  /** Mode and blob in the last commit (`100644:<hash>`), `null` if the commit does not have the path. */
  readonly committed: string | null;
  /** Git's status of a submodule (`SCMU`), else `null`. */
  readonly submodule: string | null;
}

/** Git's status of the working tree. */
export interface GitStatus {
  /** The commit that is checked out; `null` before the first one. */
  readonly head: string | null;
  readonly entries: readonly StatusEntry[];
}

/** Parses the output of `git status --porcelain=v2 --branch -z --no-renames`; ignores lines of other kinds. */
export function parseStatus(output: string): GitStatus {
  let head: string | null = null;
  const entries: StatusEntry[] = [];
  for (const record of output.split('\0')) {
    const oid = /^# branch\.oid ([0-9a-f]+)$/.exec(record)?.[1];
    if (oid !== undefined) {
      head = oid;
      continue;
    }
    const entry = entryOf(record);
    if (entry !== null) {
      entries.push(entry);
    }
  }
  return { head, entries };
}

function entryOf(record: string): StatusEntry | null {
  if (record.startsWith('? ')) {
    return { path: record.slice(2), committed: null, submodule: null };
  }
  if (record.startsWith('u ')) {
    return { path: afterFields(record, 10), committed: null, submodule: null };
  }
  if (!record.startsWith('1 ')) {
    return null;
  }
  const [, , submodule = '', mode = '', , , hash = ''] = record.split(' ', 7);
  return {
    path: afterFields(record, 8),
    committed: /^0+$/.test(hash) ? null : `${mode}:${hash}`,
    submodule: submodule.startsWith('S') ? submodule : null,
  };
}

/** The path is the last field and may itself contain blanks. */
function afterFields(record: string, fields: number): string {
  let start = 0;
  for (let field = 0; field < fields; field += 1) {
    start = record.indexOf(' ', start) + 1;
  }
  return record.slice(start);
}

/** Parses the output of `git diff --raw -z --no-renames --no-abbrev`: mode and blob of each path before and after. */
export function parseRawDiff(
  output: string,
): ReadonlyMap<string, { readonly before: string; readonly after: string }> {
  const parts = output.split('\0');
  const changes = new Map<string, { before: string; after: string }>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const fields = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) /.exec(parts[index] ?? '');
    const path = parts[index + 1];
    if (fields === null || path === undefined) {
      continue;
    }
    const [, modeBefore = '', modeAfter = '', before = '', after = ''] = fields;
    changes.set(path, { before: stateOf(modeBefore, before), after: stateOf(modeAfter, after) });
  }
  return changes;
}

function stateOf(mode: string, hash: string): string {
  return /^0+$/.test(mode) ? 'absent' : `${mode}:${hash}`;
}
