/**
 * Any data of ours as JSON and back, exactly: a bigint is written as {"#": "digits"}. For what is written once a session or more rarely; an account,
 * which is written with every request, has a shape of its own (account-json.ts).
 */

const MARK = '#';

export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? { [MARK]: String(each) } : each));
}

/** The type is that of what was written: our own rows. */
export function fromExactJson<T>(text: string): T {
  return JSON.parse(text, (_, each: unknown) => (isBigint(each) ? BigInt(each[MARK]) : each)) as T;
}

function isBigint(value: unknown): value is { readonly [MARK]: string } {
  return typeof value === 'object' && value !== null && MARK in value && typeof value[MARK] === 'string' && Object.keys(value).length === 1;
}
