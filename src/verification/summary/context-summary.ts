import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { gitSection } from './git-section.ts';
import { inline, section } from './markdown.ts';

const summaryFactsSchema = z.object({
  group: z.string(),
  tasks: z.array(
    z.object({ id: z.string(), title: z.string(), status: z.string(), detail: z.string() }),
  ),
});
/** A run's facts about its group, for the summary. */
export type SummaryFacts = z.infer<typeof summaryFactsSchema>;

/** Reads the facts that a run wrote to a file; `null` if the file is missing or unreadable. */
export async function readSummaryFacts(path: string): Promise<SummaryFacts | null> {
  try {
    const parsed = summaryFactsSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Returns the built-in context refresh: the state of the workspace (absolute path) as Markdown that agents get before
 * they start. Only reads git, with a time limit, and truncates long lists.
 */
export async function contextSummary(
  workspaceRoot: string,
  facts: SummaryFacts | null,
): Promise<string> {
  const sections = ['# Context\n', await gitSection(workspaceRoot)];
  if (facts !== null) {
    sections.push(taskSection(facts));
  }
  return sections.join('\n');
}

const MOST_TASKS = 200;

function taskSection({ group, tasks }: SummaryFacts): string {
  const lines = tasks.slice(0, MOST_TASKS).map(({ id, title, status, detail }) => {
    const more = detail === '' ? '' : ` – ${inline(detail)}`;
    return `- ${inline(id)} ${inline(title)}: ${inline(status)}${more}`;
  });
  if (tasks.length > MOST_TASKS) {
    lines.push(`- and ${tasks.length - MOST_TASKS} more`);
  }
  return section(`Tasks of ${inline(group)}`, lines.join('\n') || 'It has no tasks.');
}

const USAGE = 2;

/**
 * The program behind `--summary <workspace> <facts.json | ->`: prints the summary and returns the exit code, 2 for
 * wrong arguments. Omits missing or unreadable facts: the summary is useful without them.
 */
export async function runSummary(argv: readonly string[]): Promise<number> {
  const [workspace, facts] = argv;
  if (workspace === undefined || facts === undefined || argv.length > 2) {
    process.stderr.write('Usage: --summary <workspace> <facts.json | ->\n');
    return USAGE;
  }
  const summaryFacts = facts === '-' ? null : await readSummaryFacts(facts);
  const text = await contextSummary(resolve(workspace), summaryFacts);
  // Awaited, because ending the program with a full pipe would lose the rest.
  await new Promise<void>((written) => process.stdout.write(text, () => written()));
  return 0;
}
