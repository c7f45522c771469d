/**
 * Any data of ours as JSON and back, exactly: a bigint is written as {"#": "digits"}. For what is written once a session or more rarely; an account,
 * which is written with every request, has a shape of its own (account-json.ts).
 */

const MARK = '#';

/** Written without a function that looks at each value on its way, with which V8 takes three times as long (5 instead of 14 µs for a record of use with three charges). */
export function toExactJson(value: unknown): string {
  return JSON.stringify(withoutBigints(value));
}

function withoutBigints(value: unknown): unknown {
  if (typeof value === 'bigint') return { [MARK]: `${value}` };
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return withoutBigints(value.toJSON());
  if (Array.isArray(value)) return value.map(withoutBigints);
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value))
    if (key === '__proto__') Object.defineProperty(copy, key, { value: withoutBigints(each), enumerable: true });
    else copy[key] = withoutBigints(each);
  return copy;
}

/** The type is that of what was written: our own rows. */
export function fromExactJson<T>(text: string): T {
  return JSON.parse(text, (_, each: unknown) => (isBigint(each) ? BigInt(each[MARK]) : each)) as T;
}

function isBigint(value: unknown): value is { readonly [MARK]: string } {
  return typeof value === 'object' && value !== null && MARK in value && typeof value[MARK] === 'string' && Object.keys(value).length === 1;
}
