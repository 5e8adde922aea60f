import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import type { RealClient } from './real-client.ts';

/** Every client that can be had from npm. */
export const CLIENTS: readonly RealClient[] = [claude, gemini, codex, opencode, copilot];
