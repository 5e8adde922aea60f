// Says whether this machine can do the rest of the plan.
import { accessSync, constants } from 'node:fs';

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  process.exit(1);
}
accessSync(new URL('..', import.meta.url), constants.W_OK);
console.log(`Node ${process.versions.node} will do, and the folder can be written to.`);
