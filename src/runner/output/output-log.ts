import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Writes the output of a program to a file. If it exceeds `maxBytes`, the file has the first and the last half of that
 * size, with a line between them that says so. The last half stays in memory until `close`. The first byte creates the
 * file.
 */
export class OutputLog {
  readonly #path: string;
  readonly #half: number;
  #fd: number | null = null;
  #written = 0;
  #tail: Buffer[] = [];
  #tailLength = 0;
  #dropped = 0;
  #closed = false;

  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#half = Math.ceil(maxBytes / 2);
  }

  write(chunk: Buffer): void {
    const room = this.#half - this.#written;
    if (room > 0) {
      this.#put(chunk.subarray(0, room));
    }
    if (chunk.length > room) {
      this.#keep(chunk.subarray(Math.max(0, room)));
    }
  }

  /** Writes the last half and closes the file. Idempotent. */
  close(): void {
    if (this.#dropped > 0) {
      this.#put(Buffer.from(`\n[… ${this.#dropped} bytes of output left out here …]\n`));
    }
    for (const part of this.#tail) {
      this.#put(part);
    }
    this.#tail = [];
    if (this.#fd !== null) {
      closeSync(this.#fd);
    }
    this.#fd = null;
    this.#closed = true;
  }

  #keep(part: Buffer): void {
    // A copy: a slice would keep its whole chunk in memory.
    this.#tail.push(Buffer.from(part));
    this.#tailLength += part.length;
    let over = this.#tailLength - this.#half;
    while (over > 0) {
      const oldest = this.#tail[0];
      if (oldest === undefined) {
        break;
      }
      const cut = Math.min(over, oldest.length);
      if (cut === oldest.length) {
        this.#tail.shift();
      } else {
        this.#tail[0] = oldest.subarray(cut);
      }
      this.#tailLength -= cut;
      this.#dropped += cut;
      over -= cut;
    }
  }

  /** Ignores errors: a full disk must not prevent the attempt from ending properly. */
  #put(bytes: Buffer): void {
    if (this.#closed || bytes.length === 0) {
      return;
    }
    try {
      this.#fd ??= openSync(this.#path, 'w');
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#fd, bytes, done);
      }
      this.#written += bytes.length;
    } catch {
      this.#closed = true;
    }
  }
}
