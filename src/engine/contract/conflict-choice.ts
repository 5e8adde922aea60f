/** Whether tasks that name the same file run one after the other, or at the same time all the same. */
export type ConflictChoice = 'apart' | 'together';
