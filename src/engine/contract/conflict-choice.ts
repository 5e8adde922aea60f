/** Whether tasks that name the same file run one after the other (`apart`) or in parallel (`together`). */
export type ConflictChoice = 'apart' | 'together';
