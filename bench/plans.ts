/** Plans with the size and shape of real ones; every call returns the same. */

const WORDS =
  'reads writes checks the configuration of every module before it starts and reports what went wrong (with the reason) so that a person can act on it: retries, limits, defaults'.split(
    ' ',
  );

function prose(seed: number, words: number): string {
  return Array.from({ length: words }, (_, index) => WORDS[(seed * 7 + index * 3) % WORDS.length])
    .join(' ')
    .concat('.');
}

/** A paragraph, a list with files in back ticks, and fenced code in every fourth. */
function details(seed: number): string {
  const list = Array.from(
    { length: 4 },
    (_, index) =>
      `${index + 1}. In \`src/part-${seed % 90}/file-${index}.ts\`, ${prose(seed + index, 9)}`,
  );
  const code = `\n\`\`\`ts\nexport function part${seed}(list: Array<string>): string {\n  return list[0] ?? \`\${list.length}\`;\n}\n\`\`\`\n`;
  return `${prose(seed, 62)}\n\n${list.join('\n')}\n${seed % 4 === 0 ? code : ''}\n- ${prose(seed, 15)}`;
}

const STATUSES = ['done', 'pending', 'pending', 'in-progress', 'done', 'review', 'deferred'];

/** 180 tasks with five subtasks each, in six tags; 1.5 MB. */
export function taskMasterFile(): string {
  const task = (id: number, seed: number) => ({
    id,
    title: `[P:Group-part-${seed % 12}] Build part ${seed}`,
    description: prose(seed, 14),
    details: details(seed),
    testStrategy: prose(seed + 1, 24),
    status: STATUSES[seed % STATUSES.length],
    priority: ['high', 'medium', 'low'][seed % 3],
    dependencies: id > 1 ? [id - 1] : [],
  });
  const tags = ['master', 'api', 'ui', 'docs', 'release', 'later'].map((tag, place) => {
    const tasks = Array.from({ length: 30 }, (_, index) => {
      const seed = place * 1000 + index * 10;
      const subtasks = Array.from({ length: 5 }, (_, part) => task(part + 1, seed + part + 1));
      return { ...task(index + 1, seed), subtasks };
    });
    return [tag, { tasks, metadata: { description: prose(place, 9) } }] as const;
  });
  return JSON.stringify(Object.fromEntries(tags), null, 2);
}

/** 700 issues, one line each; 1.1 MB. */
export function beadsExport(): string {
  return Array.from({ length: 700 }, (_, seed) =>
    JSON.stringify({
      _type: 'issue',
      id: `bd-${seed}`,
      title: `Build part ${seed}`,
      description: `${details(seed)}\n\n${prose(seed, 78)}`,
      status: ['closed', 'open', 'in_progress'][seed % 3],
      priority: seed % 5,
      issue_type: 'task',
      labels: [`parallel:Group-part-${seed % 12}`],
      dependencies:
        seed === 0
          ? []
          : [{ issue_id: `bd-${seed}`, depends_on_id: `bd-${seed - 1}`, type: 'blocks' }],
    }),
  ).join('\n');
}

/** 2,000 sections of 50 tasks, some of them nested and some with a second line. */
export function markdownPlan(): string {
  const lines: string[] = [];
  for (let id = 0; id < 100_000; id += 1) {
    if (id % 50 === 0) {
      lines.push('', `## ${id / 50 + 1}. Part ${id / 50}`, '');
    }
    const group = id % 3 === 0 ? ` [P:Group-part-${id % 40}]` : '';
    const file = id % 4 === 0 ? ` in \`src/part-${id % 90}/file.ts\`` : '';
    const after = id % 10 === 9 ? ` (depends on T${id - 1})` : '';
    const nested = id % 5 === 4 ? '  ' : '';
    lines.push(
      `${nested}- [${id % 7 === 0 ? 'x' : ' '}] T${id}${group} Build piece ${id}${file}${after}`,
    );
    if (id % 20 === 0) {
      lines.push('      and say what it is for');
    }
  }
  return lines.join('\n');
}
