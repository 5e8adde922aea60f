import { builtCli, builtCliVariable } from '../built-cli.ts';

/** Runs once before mocha starts its workers: each of them would build the same command line. */
export async function mochaGlobalSetup(): Promise<void> {
  process.env[builtCliVariable] = await builtCli();
}
