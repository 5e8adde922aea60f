// A process that tries to acquire a group's lock: it prints "ready", waits for a line on stdin, tries, prints the
// result as JSON, and runs until its stdin ends (without releasing anything).
import { createInterface } from 'node:readline';
import { acquireLock } from '../../../src/store/lock/group-lock.ts';
import { ownIdentity } from '../../../src/system/processes/process-identity.ts';

const [groupDirectory] = process.argv.slice(2);
const identity = await ownIdentity();
const lines = createInterface({ input: process.stdin });
lines.once('line', () => {
  void acquireLock(groupDirectory, { identity, label: 'contender', at: 1, takeFrom: null }).then(
    (result) => {
      const outcome = result.ok
        ? { ok: true, epoch: result.value.epoch }
        : { ok: false, reason: result.failure.reason, epoch: result.failure.epoch };
      console.log(JSON.stringify(outcome));
    },
  );
});
console.log('ready');
