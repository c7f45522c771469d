/** Checks a whole message against the dictionary: header, lengths, flags, values, rules of the command and of each group. */
import { AvpCursor, MANDATORY, RESERVED_AVP_BITS } from './avp-cursor.ts';
import type { AvpDefinition, Dictionary } from './dictionary.ts';
import {
  ERROR,
  HEADER_BYTES,
  type Header,
  PROXIABLE,
  REQUEST,
  RESERVED_HEADER_BITS,
  RETRANSMITTED,
  readHeader,
  VERSION,
} from './header.ts';
import type { Members } from './members.ts';
import type { DiameterFault, ProtocolError } from './results.ts';
import { leastBytes, valueFault } from './values.ts';

/** Groups in groups. The deepest of the standards has 6. */
export const MOST_NESTING = 32;
/** A broken message can have a fault in each AVP. */
export const MOST_FAULTS = 100;

/** Faults in the order of their place. An empty list: the message is right, as far as it can be said without a session. */
export function checkMessage(dictionary: Dictionary, bytes: Uint8Array): readonly DiameterFault[] {
  return new Checker(dictionary, bytes).run();
}

class Checker {
  readonly #dictionary: Dictionary;
  readonly #view: DataView;
  readonly #faults: DiameterFault[] = [];
  readonly #chain: number[] = [];
  readonly #path: string[] = [];

  constructor(dictionary: Dictionary, bytes: Uint8Array) {
    this.#dictionary = dictionary;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): readonly DiameterFault[] {
    const header = readHeader(this.#view, 0);
    if (header === undefined) {
      this.#say('DIAMETER_INVALID_MESSAGE_LENGTH', 0, `${this.#view.byteLength} octets are fewer than a header has`);
      return this.#faults;
    }
    const end = this.#header(header);
    if (header.version === VERSION) this.#avps(HEADER_BYTES, end, this.#membersOf(header));
    return this.#faults;
  }

  /** Where the message ends. */
  #header({ version, length, flags, command, application }: Header): number {
    const there = this.#view.byteLength;
    if (version !== VERSION) this.#say('DIAMETER_UNSUPPORTED_VERSION', 0, `version ${version}, where there is only ${VERSION}`);
    if (length < HEADER_BYTES || length % 4 !== 0)
      this.#say('DIAMETER_INVALID_MESSAGE_LENGTH', 1, `a length of ${length} octets; it is at least ${HEADER_BYTES} and a multiple of 4`);
    else if (length !== there) this.#say('DIAMETER_INVALID_MESSAGE_LENGTH', 1, `a length of ${length} octets, where there are ${there}`);
    if ((flags & RESERVED_HEADER_BITS) !== 0) this.#say('DIAMETER_INVALID_HDR_BITS', 4, 'reserved bits are set');
    if ((flags & REQUEST) !== 0 && (flags & ERROR) !== 0) this.#say('DIAMETER_INVALID_HDR_BITS', 4, 'E is set in a request');
    if ((flags & REQUEST) === 0 && (flags & RETRANSMITTED) !== 0) this.#say('DIAMETER_INVALID_HDR_BITS', 4, 'T is set in an answer');
    const known = this.#dictionary.commands.get(command);
    if (known === undefined) this.#say('DIAMETER_COMMAND_UNSUPPORTED', 5, `command ${command} is not in the dictionary`, false);
    else if (!known.proxiable && (flags & PROXIABLE) !== 0) this.#say('DIAMETER_INVALID_HDR_BITS', 4, `P is set in ${known.name}`);
    if (this.#dictionary.applicationName(application) === undefined)
      this.#say('DIAMETER_APPLICATION_UNSUPPORTED', 8, `application ${application} is not in the dictionary`, false);
    return Math.min(Math.max(length, HEADER_BYTES), there);
  }

  #membersOf({ command, flags }: Header): Members | undefined {
    if ((flags & REQUEST) !== 0) return this.#dictionary.commands.get(command)?.request;
    return (flags & ERROR) !== 0 ? this.#dictionary.errorAnswer : this.#dictionary.commands.get(command)?.answer;
  }

  /** The AVPs between two offsets; what they are in has these members, undefined where nobody knows. */
  #avps(from: number, to: number, members: Members | undefined): void {
    const cursor = new AvpCursor(this.#view).enter(from, to);
    const counts = new Map<AvpDefinition, number>();
    let place = 0;
    while (this.#faults.length < MOST_FAULTS && cursor.next()) {
      const definition = this.#dictionary.avp(cursor.code, cursor.vendor);
      this.#chain.push(cursor.at);
      this.#path.push(definition?.name ?? `AVP ${cursor.code}${cursor.vendor === 0 ? '' : ` of vendor ${cursor.vendor}`}`);
      this.#flags(cursor, definition);
      if (definition !== undefined) {
        if (members !== undefined) this.#rule(cursor.at, definition, members, counts, place);
        this.#data(cursor, definition);
      }
      this.#chain.pop();
      this.#path.pop();
      place += 1;
    }
    if (this.#faults.length >= MOST_FAULTS) return;
    if (cursor.fault !== undefined) this.#length(cursor);
    for (const { avp, least } of members?.required ?? []) {
      const found = counts.get(avp) ?? 0;
      if (found < least) this.#missing(avp, to, least);
    }
  }

  #flags(cursor: AvpCursor, definition: AvpDefinition | undefined): void {
    const mandatory = (cursor.flags & MANDATORY) !== 0;
    if ((cursor.flags & RESERVED_AVP_BITS) !== 0) this.#say('DIAMETER_INVALID_AVP_BITS', cursor.at + 4, 'reserved bits are set');
    if (definition === undefined) {
      if (mandatory) this.#say('DIAMETER_AVP_UNSUPPORTED', cursor.at, 'it must be understood (M) and is not in the dictionary');
      return;
    }
    // Peers differ on M in practice, and the standards among themselves.
    if (definition.mandatory === 'must' && !mandatory)
      this.#say('DIAMETER_INVALID_AVP_BITS', cursor.at + 4, 'M is not set and must be', false);
    if (definition.mandatory === 'mustNot' && mandatory)
      this.#say('DIAMETER_INVALID_AVP_BITS', cursor.at + 4, 'M is set and must not be', false);
  }

  #rule(at: number, avp: AvpDefinition, members: Members, counts: Map<AvpDefinition, number>, place: number): void {
    const count = (counts.get(avp) ?? 0) + 1;
    counts.set(avp, count);
    const member = members.byAvp.get(avp);
    if (member === undefined) {
      if (!members.open) this.#say('DIAMETER_AVP_NOT_ALLOWED', at, 'what it stands in has no such member', false);
      return;
    }
    if (count === member.most + 1)
      this.#say('DIAMETER_AVP_OCCURS_TOO_MANY_TIMES', at, `it stands here more often than ${member.most} times`);
    if (member.fixed && place !== members.list.indexOf(member))
      this.#say('DIAMETER_AVP_NOT_ALLOWED', at, 'it has its place in front of the others', false);
  }

  #data(cursor: AvpCursor, definition: AvpDefinition): void {
    const { from, to, at } = cursor;
    if (definition.type === 'Grouped') {
      if (this.#chain.length > MOST_NESTING)
        this.#say('DIAMETER_INVALID_AVP_VALUE', at, `groups stand in each other more than ${MOST_NESTING} deep`);
      // What Failed-AVP quotes is wrong by its nature.
      else if (definition.name !== 'Failed-AVP') this.#avps(from, to, definition.members);
      return;
    }
    const fault = valueFault(definition, this.#view, from, to);
    if (fault === 'length') this.#say('DIAMETER_INVALID_AVP_LENGTH', at + 5, `${to - from} octets of data are no ${definition.type}`);
    else if (fault === 'value') {
      // A newer release may have more values, and who only looks can go on.
      const fatal = definition.type !== 'Enumerated';
      this.#say(
        'DIAMETER_INVALID_AVP_VALUE',
        from,
        fatal ? `it is no ${definition.type}` : 'the dictionary has no name for the value',
        fatal,
      );
    }
  }

  #length(cursor: AvpCursor): void {
    this.#chain.push(cursor.at);
    const name = cursor.fault === 'cut-header' ? undefined : this.#dictionary.avp(cursor.code, cursor.vendor)?.name;
    this.#path.push(name ?? 'AVP');
    const message =
      cursor.fault === 'cut-header'
        ? `${cursor.to - cursor.at} octets are left, fewer than the header of an AVP has`
        : cursor.fault === 'short'
          ? `a length of ${cursor.length} octets, fewer than its header has`
          : `a length of ${cursor.length} octets, where ${cursor.to - cursor.at} are left`;
    this.#say('DIAMETER_INVALID_AVP_LENGTH', cursor.fault === 'cut-header' ? cursor.at : cursor.at + 5, message);
    this.#chain.pop();
    this.#path.pop();
  }

  #missing(avp: AvpDefinition, at: number, least: number): void {
    this.#path.push(avp.name);
    const missing = { code: avp.code, vendor: avp.vendor, zeros: leastBytes(avp.type) };
    this.#say('DIAMETER_MISSING_AVP', at, least === 1 ? 'it must be there' : `it must be there ${least} times`, true, missing);
    this.#path.pop();
  }

  #say(error: ProtocolError, offset: number, message: string, fatal = true, missing?: DiameterFault['missing']): void {
    // One place is left for what is fatal: those that are not would hide it, and nothing is looked at when it is full.
    if (this.#faults.length >= (fatal ? MOST_FAULTS : MOST_FAULTS - 1)) return;
    const fault = { error, fatal, offset, path: this.#path.join(' > '), message, chain: [...this.#chain] };
    this.#faults.push(missing === undefined ? fault : { ...fault, missing });
  }
}
