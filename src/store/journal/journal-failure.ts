/** Nothing was started: there is no journal, or it ends before its first event. */
interface NotStartedFailure {
  readonly reason: 'not_started';
  readonly message: string;
}
/** A complete line is not what the format says. The file is kept as it is. `line` is 1-based. */
interface BadLineFailure {
  readonly reason: 'bad_line';
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
/** A newer (or foreign) program wrote the file. */
interface ForeignVersionFailure {
  readonly reason: 'foreign_version';
  readonly file: string;
  readonly message: string;
}
/** The segments do not fit together: one is missing, shorter than its successor accepted, or of another run. */
interface BrokenChainFailure {
  readonly reason: 'broken_chain';
  readonly file: string;
  readonly message: string;
}
/** The file system refused to read. */
interface CannotReadFailure {
  readonly reason: 'cannot_read';
  readonly file: string;
  readonly message: string;
}
/** The file system refused to write, or the file was deleted meanwhile. From then on nothing is written any more. */
interface CannotWriteFailure {
  readonly reason: 'cannot_write';
  readonly file: string;
  readonly message: string;
}

/** Why a journal cannot be read. `message` is a plain sentence that names the file. */
export type ReadFailure =
  | NotStartedFailure
  | BadLineFailure
  | ForeignVersionFailure
  | BrokenChainFailure
  | CannotReadFailure;

/** Why a journal cannot be written: then no effect may be performed, and the run is suspended. */
export type WriteFailure = CannotWriteFailure;
