import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

const graceSeconds = 5;

/**
 * Ends the process group `group` after this process has ended in any way: no hook runs after `kill -9`,
 * but the pipe to the guard closes. Returns a function that dismisses the guard.
 */
export function guardGroup(group: number): () => void {
  const end = `kill -s TERM -- -${group} && sleep ${graceSeconds} && kill -s KILL -- -${group}`;
  const guard = spawn('/bin/sh', ['-c', `cat > /dev/null; ${end}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  // The pipe alone must not keep this process from ending.
  if (guard.stdin instanceof Socket) {
    guard.stdin.unref();
  }
  return () => void guard.kill('SIGKILL');
}
