import * as z from 'zod/mini';
import { type AgentResult, agentResultSchema } from '../../coordinator/schema/events.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { readRegularFile } from '../../store/files/read-regular-file.ts';
import { errorCode } from '../../system/error-code.ts';

/** Results are messages to other tasks; reports and builds belong in files of their own. */
const MOST_BYTES = 256 * 1024;
/** Serializing JSON uses one stack frame for each level. */
const MOST_LEVELS = 32;

/** The journal has all results of a run and is read as a whole. */
const MOST_BYTES_OF_A_RUN = 64 * 1024 * 1024;

/** Reads the results of one run's attempts, up to a total size. */
export class ResultReader {
  readonly #most: number;
  #taken: number;

  /** `earlier`: results accepted before this process took over the run. */
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
 * Reads the result that the attempt in `directory` left for other tasks; `null` if it left none. The failure is a
 * sentence that names the file. A result never proves anything.
 */
export async function readAgentResult(
  directory: string,
): Promise<Result<AgentResult | null, string>> {
  const read = await inspectResult(directory);
  const { result: path } = attemptFiles(directory);
  return read.ok ? read : failure(`its result was left out, because ${path} ${read.failure}`);
}

/** Like `readAgentResult`, but the failure only completes a sentence that starts with the file: `is not JSON.` */
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
