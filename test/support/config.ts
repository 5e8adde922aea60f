import { type Config, DEFAULT_CONFIG } from '../../src/coordinator/schema/config.ts';

/** Returns the default configuration with the changes of a test. */
export function configOf(changes: Partial<Config> = {}): Config {
  return { ...DEFAULT_CONFIG, ...changes };
}
