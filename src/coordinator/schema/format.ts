/**
 * Version of every file that a run or a workflow writes for other processes: journals, attempts and their events. A reader
 * refuses any other version; a run of another version is shown from its `metadata.json`. Raise it whenever a name or a
 * meaning in these files changes.
 */
export const FORMAT = 2 as const;
