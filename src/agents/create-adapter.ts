import type { AdapterId } from '../coordinator/attempt.ts';
import type { AdapterOptions, StreamAdapter } from './adapter.ts';
import { plainAdapter } from './plain.ts';

/**
 * An adapter for one attempt; `cwd` is the agent's working directory, absolute. An adapter with schemas is loaded only when
 * it is asked for: loading it takes as long as starting a process.
 */
export async function createAdapter(
  id: AdapterId,
  cwd: string,
  _options: AdapterOptions = {},
): Promise<StreamAdapter> {
  switch (id) {
    case 'none':
    case 'codex':
    case 'gemini':
    case 'opencode':
    case 'copilot':
      return plainAdapter();
    case 'claude': {
      const { claudeAdapter } = await import('./claude/claude.ts');
      return claudeAdapter(cwd);
    }
  }
}
