/** No run was started: there is no journal, or it ends before its first event. */
interface NotStartedFailure {
  readonly reason: 'not_started';
  readonly message: string;
}
/** A complete line does not match the format. The file is not changed. `line` is 1-based. */
interface BadLineFailure {
  readonly reason: 'bad_line';
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
/** An older, newer or foreign program wrote the file, in a format that this version does not read. */
interface ForeignVersionFailure {
  readonly reason: 'foreign_version';
  readonly file: string;
  readonly message: string;
}
/** The segments do not fit together: one is missing, shorter than its successor states, or of another run. */
interface BrokenChainFailure {
  readonly reason: 'broken_chain';
  readonly file: string;
  readonly message: string;
}
/** The file system refused the read. */
interface CannotReadFailure {
  readonly reason: 'cannot_read';
  readonly file: string;
  readonly message: string;
}
/** The file system refused the write, or the file was deleted. Later writes fail too. */
interface CannotWriteFailure {
  readonly reason: 'cannot_write';
  readonly file: string;
  readonly message: string;
}

/** Why a journal cannot be read. `message` is a sentence that names the file. */
export type ReadFailure =
  | NotStartedFailure
  | BadLineFailure
  | ForeignVersionFailure
  | BrokenChainFailure
  | CannotReadFailure;

/** Why a journal cannot be written. Perform no effect after it: the run is suspended. */
export type WriteFailure = CannotWriteFailure;
