import * as z from 'zod/mini';
import type { evidenceSchema, testsSchema } from './events.ts';

/**
 * `.parallel-groups/groups/<group>/metadata.json`: the background document's schema (snake_case), with added keys.
 * ISO 8601 times. Loose, so that files of other tools with more or fewer keys are still listed.
 */
const time = z.nullable(z.string());
export const groupMetadataSchema = z.looseObject({
  group_id: z.string(),
  group_name: z.string(),
  phase: z.string(),
  tasks: z.array(z.string()),
  created_at: z.string(),
  started_at: z.optional(time),
  completed_at: z.optional(time),
  status: z.string(),
  results: z.array(z.looseObject({ task_id: z.string(), status: z.string() })),
  errors: z.array(z.string()),
  pre_group_refresh_completed: z.optional(z.boolean()),
});
export type AnyGroupMetadata = z.infer<typeof groupMetadataSchema>;

/** An envelope, with the background document's keys and ours. */
/** What was used; `cost_estimated` where a part of the cost is by a table of prices, not as an agent said. */
export interface UsageMetadata {
  input_tokens: number;
  output_tokens: number;
  cost_usd: number | null;
  cost_estimated?: boolean;
}

export interface ResultMetadata {
  task_id: string;
  key: string;
  subagent: string;
  skills_applied: string[];
  role: string;
  status: string;
  /** Whether it is proven. */
  ok: boolean;
  started_at: string | null;
  completed_at: string | null;
  error?: string;
  failure: { code: string; message: string; remedy: string | null } | null;
  attempts: number;
  repairs: number;
  interrupted: number;
  agent: string | null;
  session_id: string | null;
  summary: string | null;
  /** `files` that it changed, what its result `named`, the `directory` where they were collected; nothing is left out. */
  artifacts: { files?: string[]; named?: Record<string, unknown>; directory?: string };
  evidence: z.infer<typeof evidenceSchema>[];
  usage: UsageMetadata | null;
  log: string | null;
  /** Of each attempt, the newest last. */
  logs: string[];
  closed: boolean;
  blocked_by: string[];
  /** Why it is not running, in one sentence; only where it waits. */
  why?: string;
}

/** What we write. */
export interface GroupMetadata {
  group_id: string;
  group_name: string;
  phase: string;
  tasks: string[];
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  status: string;
  results: ResultMetadata[];
  errors: string[];
  pre_group_refresh_completed: boolean;
  run_id: string;
  seq: number;
  source: string;
  exit_code: number | null;
  summary: {
    total: number;
    ok: number;
    failed: number;
    blocked: number;
    cancelled: number;
    units: string[];
  };
  tests: {
    status: z.infer<typeof testsSchema>['status'];
    command: string | null;
    total: number | null;
    passed: number | null;
    failed: number | null;
    duration_ms: number;
    /** `failed_before`: whether it failed before the run too; absent where that cannot be told. */
    failures: { name: string; message: string; failed_before?: boolean }[];
  } | null;
  usage: UsageMetadata;
  /** The run in words, once it is over. */
  report: string | null;
  warnings: string[];
  proposed_tasks: string[];
}
