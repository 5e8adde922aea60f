import * as z from 'zod/mini';
import { failure, type Result, success } from '../../../shared/result.ts';
import { faults } from '../../json/task-schema.ts';

/** A dependency on another issue; `list` and the export name its id, `show` contains the whole other issue. */
const dependencySchema = z.pipe(
  z.union([
    z.looseObject({ depends_on_id: z.string(), type: z.string() }),
    z.looseObject({ id: z.string(), dependency_type: z.string() }),
  ]),
  z.transform((value) =>
    'depends_on_id' in value && typeof value.depends_on_id === 'string'
      ? { on: value.depends_on_id, type: String(value.type) }
      : { on: String(value.id), type: String(value.dependency_type) },
  ),
);

const text = z.nullish(z.string());

/** One issue in the format of `bd list --json`, `bd show --json` and the export; ignores other keys. */
const issueSchema = z.looseObject({
  id: z.string().check(z.trim(), z.minLength(1)),
  title: text,
  description: text,
  design: text,
  acceptance_criteria: text,
  notes: text,
  status: text,
  priority: z.nullish(z.int().check(z.minimum(0), z.maximum(4))),
  issue_type: text,
  assignee: text,
  created_at: text,
  defer_until: text,
  deleted_at: text,
  labels: z.nullish(z.array(z.string())),
  dependencies: z.nullish(z.array(dependencySchema)),
  parent: text,
  ephemeral: z.nullish(z.boolean()),
  is_template: z.nullish(z.boolean()),
  pinned: z.nullish(z.boolean()),
  metadata: z.optional(z.unknown()),
});
export type Issue = z.infer<typeof issueSchema>;

/** An issue that cannot be read, and why. */
export interface BadIssue {
  /** `null` if the id cannot be read either. */
  readonly id: string | null;
  readonly message: string;
}

/** Reads one issue; the failure describes each fault in one clause. */
export function readIssue(value: unknown): Result<Issue, BadIssue> {
  const read = issueSchema.safeParse(value);
  if (read.success) {
    return success(read.data);
  }
  const named = z.looseObject({ id: z.string() }).safeParse(value);
  return failure({ id: named.success ? named.data.id : null, message: faults(read.error) });
}

const word = z.string().check(z.trim(), z.minLength(1));
/** `bd update --set-metadata` can write only strings, so a list may be comma-separated. */
const words = z.pipe(
  z.union([z.array(word), z.string()]),
  z.transform((value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== '')
      : value,
  ),
);
const groupName = z.pipe(
  z.union([word, z.number()]),
  z.transform((value) => String(value)),
);

const metadataSchema = z.looseObject({
  execution_parallel_group: z.nullish(groupName),
  subagent_type: z.nullish(word),
  execution_agent_type: z.nullish(word),
  fallback_agents: z.nullish(words),
  applicable_skills: z.nullish(words),
});
export type IssueMetadata = z.infer<typeof metadataSchema>;

/** Reads an issue's metadata, an object or its JSON; the failure describes what is wrong. */
export function readMetadata(value: unknown): Result<IssueMetadata, string> {
  if (value === undefined || value === null || value === '') {
    return success({});
  }
  const parsed = typeof value === 'string' ? parseJson(value) : success(value);
  if (!parsed.ok) {
    return parsed;
  }
  if (parsed.value === null) {
    return success({});
  }
  const read = metadataSchema.safeParse(parsed.value);
  return read.success ? success(read.data) : failure(faults(read.error));
}

function parseJson(json: string): Result<unknown, string> {
  try {
    const value: unknown = JSON.parse(json);
    return success(value);
  } catch {
    return failure('it is not JSON');
  }
}

/** The issues that bd printed, and those that cannot be read. */
export interface PrintedIssues {
  readonly issues: readonly Issue[];
  readonly bad: readonly BadIssue[];
}
