import type { BuiltInAgent } from '../../../../src/shared/agent-ids.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import type { RealClient } from './real-client.ts';

/** The real client of every built-in agent. The compiler reports a missing one. */
const BY_AGENT: Readonly<Record<BuiltInAgent, RealClient>> = {
  claude,
  gemini,
  codex,
  opencode,
  copilot,
};

/** Every client that can be installed from npm. */
export const CLIENTS: readonly RealClient[] = Object.values(BY_AGENT);
