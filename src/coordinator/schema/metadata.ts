import * as z from 'zod/mini';
import type { evidenceSchema, testsSchema } from './events.ts';

/**
 * `.parallel-groups/groups/<group>/metadata.json`: the background document's schema (snake_case) with added keys and
 * ISO 8601 times. Loose, so that other tools' files with more or fewer keys are still listed.
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

/** Usage; `cost_estimated` if a part of the cost is estimated from prices. */
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
  /** Changed `files`, artifacts `named` in its result, the `directory` with collected files; empty ones are absent. */
  artifacts: { files?: string[]; named?: Record<string, unknown>; directory?: string };
  evidence: z.infer<typeof evidenceSchema>[];
  usage: UsageMetadata | null;
  log: string | null;
  /** Logs of all attempts, newest last. */
  logs: string[];
  closed: boolean;
  blocked_by: string[];
  /** Why it is not running, in one sentence; only if it waits. */
  why?: string;
}

/** The metadata that we write. */
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
    /** `failed_before`: whether it already failed before the run; absent if unknown. */
    failures: { name: string; message: string; failed_before?: boolean }[];
  } | null;
  usage: UsageMetadata;
  /** Path of the report, once the run is over. */
  report: string | null;
  warnings: string[];
  proposed_tasks: string[];
}
