import { packageExtension } from './vsix.ts';

/** Runs once before mocha starts its workers: several of them would write the same files. */
export async function mochaGlobalSetup(): Promise<void> {
  process.env.PARALLEL_GROUPS_VSIX = await packageExtension();
}
