import type { AdapterId } from '../coordinator/schema/attempt.ts';
import type { AdapterOptions, StreamAdapter } from './contract/adapter.ts';
import { plainAdapter } from './plain.ts';

/**
 * An adapter for one attempt; `cwd` is the agent's working directory, absolute. An adapter with schemas is loaded only when
 * it is asked for: loading it takes as long as starting a process.
 */
export async function createAdapter(
  id: AdapterId,
  cwd: string,
  options: AdapterOptions = {},
): Promise<StreamAdapter> {
  switch (id) {
    case 'none':
      return plainAdapter();
    case 'claude': {
      const { claudeAdapter } = await import('./claude/claude.ts');
      return claudeAdapter(cwd, options);
    }
    case 'codex': {
      const { codexAdapter } = await import('./codex/codex.ts');
      return codexAdapter(cwd, options);
    }
    case 'gemini': {
      const { geminiAdapter } = await import('./gemini/gemini.ts');
      return geminiAdapter(cwd);
    }
    case 'opencode': {
      const { opencodeAdapter } = await import('./opencode/opencode.ts');
      return opencodeAdapter(cwd);
    }
    case 'copilot': {
      const { copilotAdapter } = await import('./copilot/copilot.ts');
      return copilotAdapter(cwd, options);
    }
  }
}
