/**
 * Any data of ours as JSON and back, exactly: a bigint is written as {"#": "digits"}. For what is written once a session or more rarely; an account,
 * which is written with every request, has a shape of its own (account-json.ts).
 */
import { JsonWriter } from './json-writer.ts';

const MARK = '#';

const writer = new JsonWriter();

/** Octet by octet: a copy with objects for its bigints, which `JSON.stringify` takes, is 6.5 kB of objects for a record of use, and three times the time. */
export function toExactJson(value: unknown): string {
  writer.start();
  writeExact(writer, plainOf(value));
  return writer.finish();
}

/** As members of lists have it; see `isLeftOut`. */
function writeExact(to: JsonWriter, value: unknown): void {
  switch (typeof value) {
    case 'string':
      to.text(value);
      break;
    case 'number':
      to.number(value);
      break;
    case 'boolean':
      to.raw(value ? 'true' : 'false');
      break;
    case 'bigint':
      to.raw('{"#":"');
      to.digits(value);
      to.raw('"}');
      break;
    case 'object':
      if (value === null) to.raw('null');
      else if (Array.isArray(value)) writeList(to, value);
      else writeMembers(to, value as Readonly<Record<string, unknown>>);
      break;
    default:
      to.raw('null');
  }
}

function writeList(to: JsonWriter, list: readonly unknown[]): void {
  to.raw('[');
  for (let at = 0; at < list.length; at += 1) {
    if (at > 0) to.raw(',');
    writeExact(to, plainOf(list[at]));
  }
  to.raw(']');
}

function writeMembers(to: JsonWriter, members: Readonly<Record<string, unknown>>): void {
  let isFirst = true;
  to.raw('{');
  for (const name in members) {
    if (!Object.hasOwn(members, name)) continue;
    const value = plainOf(members[name]);
    if (isLeftOut(value)) continue;
    if (!isFirst) to.raw(',');
    isFirst = false;
    to.text(name);
    to.raw(':');
    writeExact(to, value);
  }
  to.raw('}');
}

/** What says itself how it is written, as dates do. */
function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { toJSON } = value as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? plainOf(toJSON.call(value)) : value;
}

const isLeftOut = (value: unknown): boolean => value === undefined || typeof value === 'function' || typeof value === 'symbol';

/** The type is that of what was written: our own rows. */
export function fromExactJson<T>(text: string): T {
  return JSON.parse(text, (_, each: unknown) => (isBigint(each) ? BigInt(each[MARK]) : each)) as T;
}

function isBigint(value: unknown): value is { readonly [MARK]: string } {
  return typeof value === 'object' && value !== null && MARK in value && typeof value[MARK] === 'string' && Object.keys(value).length === 1;
}
