/** Messages from and to plain values by name, checked by the dictionary's rules: for peers, tools and tests. */
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { AvpCursor } from './avp-cursor.ts';
import { checkMessage, MOST_NESTING } from './check.ts';
import type { AvpDefinition, CommandDefinition, Dictionary } from './dictionary.ts';
import { ERROR, HEADER_BYTES, type Header, PROXIABLE, REQUEST, RETRANSMITTED, readHeader } from './header.ts';
import type { Members } from './members.ts';
import { type AvpValue, readValue } from './values.ts';
import { writeValue } from './write-value.ts';
import type { MessageWriter } from './writer.ts';

export type AvpInput = AvpValue | AvpValues;
/** By the AVP's name; a list where it stands several times. */
export interface AvpValues {
  readonly [name: string]: AvpInput | readonly AvpInput[];
}

export interface MessageInput {
  /** `CCR`, `CCA` … */
  readonly command: string;
  /** The command's own, unless said: a RAR of credit control has 4. */
  readonly application?: number;
  readonly hopByHop: number;
  readonly endToEnd: number;
  /** E: a protocol error, with the members of RFC 6733 §7.2. */
  readonly error?: boolean;
  /** T */
  readonly retransmitted?: boolean;
}

/** The message, a view over the writer's buffer. Refused: names and values that the dictionary does not have, and what breaks the command's rules. */
export function buildMessage(dictionary: Dictionary, writer: MessageWriter, input: MessageInput, values: AvpValues): Result<Uint8Array> {
  const request = input.command.endsWith('R');
  const command = [...dictionary.commands.values()].find(({ short }) => input.command === `${short}R` || input.command === `${short}A`);
  if (command === undefined) return { ok: false, refusals: [refuse('diameter.message-wrong', `there is no command ${input.command}`)] };
  const flags =
    (request ? REQUEST : 0) |
    (command.proxiable ? PROXIABLE : 0) |
    (input.error === true ? ERROR : 0) |
    (input.retransmitted === true ? RETRANSMITTED : 0);
  const refusals: Refusal[] = [];
  writer.start(flags, command.code, input.application ?? command.application, input.hopByHop, input.endToEnd);
  writeMembers(dictionary, writer, membersOf(dictionary, command, flags), values, [], refusals);
  if (refusals.length > 0) return { ok: false, refusals };
  const message = writer.finish();
  const faults = checkMessage(dictionary, message).filter(({ fatal }) => fatal);
  if (faults.length > 0) {
    return {
      ok: false,
      refusals: faults.map(({ error, path, message: text }) => refuse('diameter.message-wrong', `${error}: ${text}`, { field: path })),
    };
  }
  return { ok: true, value: message };
}

function membersOf(dictionary: Dictionary, command: CommandDefinition, flags: number): Members {
  if ((flags & REQUEST) !== 0) return command.request;
  return (flags & ERROR) !== 0 ? dictionary.errorAnswer : command.answer;
}

/** In the order of the rules, and behind them the others. */
function writeMembers(
  dictionary: Dictionary,
  writer: MessageWriter,
  members: Members | undefined,
  values: AvpValues,
  path: readonly string[],
  refusals: Refusal[],
): void {
  const ruled = (members?.list ?? []).map(({ avp }) => avp.name).filter((name) => values[name] !== undefined);
  for (const name of new Set([...ruled, ...Object.keys(values)])) {
    const given = values[name];
    const avp = dictionary.names.get(name);
    const here = [...path, name];
    if (given === undefined) continue;
    if (avp === undefined) refusals.push(refuse('diameter.message-wrong', 'the dictionary has no such AVP', { field: here.join(' > ') }));
    else for (const value of isList(given) ? given : [given]) writeOne(dictionary, writer, avp, value, here, refusals);
  }
}

const isList = (given: AvpInput | readonly AvpInput[]): given is readonly AvpInput[] => Array.isArray(given);
const isGroup = (value: AvpInput): value is AvpValues => typeof value === 'object' && !(value instanceof Uint8Array);

function writeOne(
  dictionary: Dictionary,
  writer: MessageWriter,
  avp: AvpDefinition,
  value: AvpInput,
  path: readonly string[],
  refusals: Refusal[],
): void {
  const field = path.join(' > ');
  if (isGroup(value) !== (avp.type === 'Grouped') || path.length > MOST_NESTING) {
    refusals.push(
      refuse('diameter.message-wrong', avp.type === 'Grouped' ? 'it is a group and needs members' : 'it is no group', { field }),
    );
  } else if (isGroup(value)) {
    writer.open(avp);
    writeMembers(dictionary, writer, avp.members, value, path, refusals);
    writer.close();
  } else if (!writeValue(writer, avp, value)) {
    refusals.push(refuse('diameter.message-wrong', `it is no ${avp.type}`, { field, value: String(value).slice(0, 120) }));
  }
}

export interface ReadMessage {
  readonly header: Header;
  /** `CCR`; undefined for a command that is not in the dictionary. */
  readonly command: string | undefined;
  /** A list for what its rule allows more often than once, and for what no rule names. AVPs that are unknown or no value are left out. */
  readonly values: AvpValues;
}

/** The values of a message; undefined without a header. `checkMessage` says what is wrong with it. */
export function readMessage(dictionary: Dictionary, bytes: Uint8Array): ReadMessage | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, 0);
  if (header === undefined) return undefined;
  const definition = dictionary.commands.get(header.command);
  const members = definition === undefined ? undefined : membersOf(dictionary, definition, header.flags);
  return {
    header,
    command: dictionary.commandShort(header.command, (header.flags & REQUEST) !== 0),
    values: readMembers(dictionary, view, HEADER_BYTES, header.length, members, 0),
  };
}

function readMembers(
  dictionary: Dictionary,
  view: DataView,
  from: number,
  to: number,
  members: Members | undefined,
  depth: number,
): AvpValues {
  const values: Record<string, AvpInput | AvpInput[]> = {};
  const cursor = new AvpCursor(view).enter(from, to);
  while (cursor.next()) {
    const avp = dictionary.avp(cursor.code, cursor.vendor);
    if (avp === undefined) continue;
    const value = read(dictionary, view, avp, cursor, depth);
    if (value === undefined) continue;
    const before = values[avp.name];
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) values[avp.name] = [before, value];
    else values[avp.name] = members?.byAvp.get(avp)?.most === 1 ? value : [value];
  }
  return values;
}

function read(dictionary: Dictionary, view: DataView, avp: AvpDefinition, cursor: AvpCursor, depth: number): AvpInput | undefined {
  if (avp.type !== 'Grouped') return readValue(avp.type, view, cursor.from, cursor.to);
  return depth < MOST_NESTING ? readMembers(dictionary, view, cursor.from, cursor.to, avp.members, depth + 1) : undefined;
}
