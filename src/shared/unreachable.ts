/** Ends every `switch` over a union, so that a new member is a type error where it is not handled. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
