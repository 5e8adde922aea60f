import * as z from 'zod/mini';
import { type AgentResult, agentResultSchema } from '../../coordinator/schema/events.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { readRegularFile } from '../../store/files/read-regular-file.ts';
import { errorCode } from '../../system/error-code.ts';

/** A result is what others are told; a report or a build has a file of its own. */
const MOST_BYTES = 256 * 1024;
/** Writing JSON down costs a step of the stack for each level. */
const MOST_LEVELS = 32;

/** All results of a run are in its journal, which is read as a whole. */
const MOST_BYTES_OF_A_RUN = 64 * 1024 * 1024;

/** Reads what the attempts of one run leave, as long as there is room for it. */
export class ResultReader {
  readonly #most: number;
  #taken: number;

  /** `earlier`: what was taken before, by whoever held the run then. */
  constructor(earlier: Iterable<{ readonly result: AgentResult }>, most = MOST_BYTES_OF_A_RUN) {
    this.#most = most;
    this.#taken = 0;
    for (const { result } of earlier) {
      this.#taken += JSON.stringify(result).length;
    }
  }

  /** See `readAgentResult`. */
  async read(directory: string): Promise<Result<AgentResult | null, string>> {
    const left = await readAgentResult(directory);
    if (!left.ok || left.value === null) {
      return left;
    }
    const size = JSON.stringify(left.value).length;
    if (this.#taken + size > this.#most) {
      return failure(t('its result was left out, because the results of this run are too large.'));
    }
    this.#taken += size;
    return left;
  }
}

/**
 * What the attempt in `directory` left for the others; `null` where it left nothing. The failure is a sentence that
 * names the file. Whatever stands in it, it proves nothing.
 */
export async function readAgentResult(
  directory: string,
): Promise<Result<AgentResult | null, string>> {
  const read = await inspectResult(directory);
  const { result: path } = attemptFiles(directory);
  return read.ok ? read : failure(`its result was left out, because ${path} ${read.failure}`);
}

/** The same, its failure the end of a sentence that begins with the file: `is not JSON.` */
export async function inspectResult(
  directory: string,
): Promise<Result<AgentResult | null, string>> {
  let text: string;
  try {
    const { result } = attemptFiles(directory);
    text = (await readRegularFile(result, MOST_BYTES)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return success(null);
    }
    const why = error instanceof Error ? error.message : String(error);
    return failure(t('cannot be read: {0}.', why));
  }
  return parseResult(text);
}

function parseResult(text: string): Result<AgentResult, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failure(t('is not JSON.'));
  }
  if (isDeeper(value, MOST_LEVELS)) {
    return failure(t('is nested more than {0} levels deep.', MOST_LEVELS));
  }
  const parsed = z.safeParse(agentResultSchema, value);
  if (parsed.success) {
    return success(parsed.data);
  }
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return failure(t('has another form than expected: {0}{1}.', where, issue?.message ?? 'unknown'));
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
