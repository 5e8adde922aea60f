import * as z from 'zod/mini';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import { readRegularFile } from './read-regular-file.ts';
import { describeError } from './state-failure.ts';

/** Ten times the metadata of a group of 10,000 tasks. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads and validates a JSON file of at most `mostBytes`; `null` if it does not exist. The failure is a sentence that
 * names the file.
 */
export async function readJsonFile<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  mostBytes = MOST_BYTES,
): Promise<Result<z.infer<Schema> | null, string>> {
  let text: string;
  try {
    text = (await readRegularFile(path, mostBytes)).toString('utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return success(null);
    }
    return failure(t('{0} cannot be read: {1}.', path, describeError(error)));
  }
  return parseJson(text, schema, path);
}

function parseJson<Schema extends z.ZodMiniType>(
  text: string,
  schema: Schema,
  path: string,
): Result<z.infer<Schema>, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure(t('{0} is not JSON.', path));
  }
  const parsed = z.safeParse(schema, json);
  if (parsed.success) {
    return success(parsed.data);
  }
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  return failure(t('{0} has another form than expected{1}.', path, where));
}
