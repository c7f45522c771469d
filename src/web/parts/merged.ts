/** Values of an address, some of them changed. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Undefined or empty takes one away. */
export function merged(before: Values, changed: Values): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...before, ...changed })) if (value !== undefined && value !== '') all[name] = value;
  return all;
}
