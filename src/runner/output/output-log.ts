import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Keeps what a program printed: all of it, or where that is more than `maxBytes` its first and its last half, with a
 * line between them that says so. The last half waits in memory until `close`. The file appears with the first byte.
 */
export class OutputLog {
  readonly #path: string;
  readonly #half: number;
  #fd: number | null = null;
  #written = 0;
  #tail: Buffer[] = [];
  #tailLength = 0;
  #dropped = 0;
  #over = false;

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

  /** Writes the last half and closes the file. Calling it twice is harmless. */
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
    this.#over = true;
  }

  #keep(part: Buffer): void {
    // A copy: a slice would keep the whole chunk that it was cut from.
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

  /** The log is a convenience: a full disk must not keep the attempt from ending properly. */
  #put(bytes: Buffer): void {
    if (this.#over || bytes.length === 0) {
      return;
    }
    try {
      this.#fd ??= openSync(this.#path, 'w');
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#fd, bytes, done);
      }
      this.#written += bytes.length;
    } catch {
      this.#over = true;
    }
  }
}
