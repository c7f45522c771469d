/** Lists of an account's text. */
import type { AsciiReader } from './ascii-reader.ts';

const NONE: readonly never[] = [];

/** `id`: the account's, which is said in many places. */
export function list<Member>(from: AsciiReader, id: string, read: (from: AsciiReader, id: string) => Member): readonly Member[] {
  from.open();
  if (from.isEmpty()) return NONE;
  const members = [read(from, id)];
  while (from.more()) members.push(read(from, id));
  return members;
}

export function readName(from: AsciiReader): string {
  return from.name();
}

export function nameOrNothing(from: AsciiReader): string | undefined {
  return from.isNothing() ? undefined : from.name();
}

export function integerOrNothing(from: AsciiReader): number | undefined {
  return from.isNothing() ? undefined : from.integer();
}
