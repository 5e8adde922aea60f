import * as z from 'zod/mini';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import { readRegularFile } from './read-regular-file.ts';
import { describeError } from './state-failure.ts';

/** Metadata of a group of 10,000 tasks is a tenth of this. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads and validates a JSON file of at most `mostBytes`: `null` if there is none. The failure is a sentence that names it. */
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
    return failure(`${path} cannot be read: ${describeError(error)}.`);
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
    return failure(`${path} is not JSON.`);
  }
  const parsed = z.safeParse(schema, json);
  if (parsed.success) {
    return success(parsed.data);
  }
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  return failure(`${path} has another form than expected${where}.`);
}
