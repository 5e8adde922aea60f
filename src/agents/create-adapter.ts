import type { AdapterId } from '../coordinator/attempt.ts';
import type { StreamAdapter } from './adapter.ts';
import { claudeAdapter } from './claude/claude.ts';
import { plainAdapter } from './plain.ts';

/** An adapter for one attempt; `cwd` is the agent's working directory, absolute. */
export function createAdapter(id: AdapterId, cwd: string): StreamAdapter {
  switch (id) {
    case 'none':
      return plainAdapter();
    case 'claude':
      return claudeAdapter(cwd);
  }
}
