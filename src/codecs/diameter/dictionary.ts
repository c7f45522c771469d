/** Dictionaries as data: AVPs, groups, commands, found by code or by name. The data of ours is data/diameter/dictionary.json. */
import { type Members, readMembers } from './members.ts';

export const dataTypes = [
  'OctetString',
  'Integer32',
  'Integer64',
  'Unsigned32',
  'Unsigned64',
  'Float32',
  'Float64',
  'Grouped',
  'Address',
  'Time',
  'UTF8String',
  'DiameterIdentity',
  'DiameterURI',
  'Enumerated',
  'IPFilterRule',
  'QoSFilterRule',
] as const;
export type DataType = (typeof dataTypes)[number];

/** What the octets of an OctetString mean. */
export const octetForms = ['user-location', 'ms-time-zone', 'rat-type', 'ipv4', 'ipv6', 'ipv6-prefix', 'plmn', 'tbcd'] as const;
export type OctetForm = (typeof octetForms)[number];

export interface AvpData {
  readonly code: number;
  readonly vendor?: number;
  readonly name: string;
  readonly type: string;
  /** The M bit. */
  readonly mandatory?: string;
  readonly form?: string;
  readonly values?: Readonly<Record<string, string>>;
  /** In the notation of RFC 6733 §3.2. */
  readonly members?: string;
}

export interface CommandData {
  readonly code: number;
  /** Without -Request and -Answer. */
  readonly name: string;
  /** `CC` for CCR and CCA. */
  readonly short: string;
  readonly proxiable: boolean;
  readonly application: number;
  readonly request: string;
  readonly answer: string;
}

export interface DictionaryData {
  readonly vendors: Readonly<Record<string, string>>;
  readonly applications: Readonly<Record<string, string>>;
  /** Members of an answer whose E bit is set (RFC 6733 §7.2). */
  readonly errorAnswer: string;
  readonly commands: readonly CommandData[];
  readonly avps: readonly AvpData[];
}

export interface AvpDefinition {
  readonly code: number;
  /** 0: none. */
  readonly vendor: number;
  readonly name: string;
  readonly type: DataType;
  readonly mandatory: 'must' | 'mustNot' | 'may';
  readonly form: OctetForm | undefined;
  readonly values: ReadonlyMap<number, string>;
  readonly valuesByName: ReadonlyMap<string, number>;
  /** Of a group. */
  readonly members: Members | undefined;
}

export interface CommandDefinition {
  readonly code: number;
  readonly name: string;
  readonly short: string;
  readonly proxiable: boolean;
  readonly application: number;
  readonly request: Members;
  readonly answer: Members;
}

/** Code and vendor as one number: both have 32 bits, of which the vendor's fit exactly in a double up to 2^21. */
export function avpKey(code: number, vendor: number): number {
  return vendor * 4294967296 + code;
}

export class Dictionary {
  readonly avps: ReadonlyMap<number, AvpDefinition>;
  readonly names: ReadonlyMap<string, AvpDefinition>;
  readonly commands: ReadonlyMap<number, CommandDefinition>;
  readonly errorAnswer: Members;
  readonly #data: DictionaryData;

  /** Throws a TypeError when the data contradicts itself: it comes with the program. */
  constructor(data: DictionaryData) {
    this.#data = data;
    const avps = data.avps.map(avpOf);
    this.avps = new Map(avps.map((avp) => [avpKey(avp.code, avp.vendor), avp]));
    this.names = new Map(avps.map((avp) => [avp.name, avp]));
    if (this.avps.size !== avps.length || this.names.size !== avps.length) throw new TypeError('an AVP is in the dictionary twice');
    this.commands = new Map(
      data.commands.map((command) => [
        command.code,
        { ...command, request: readMembers(command.request, this.names), answer: readMembers(command.answer, this.names) },
      ]),
    );
    this.errorAnswer = readMembers(data.errorAnswer, this.names);
    data.avps.forEach(({ members }, index) => {
      const avp = avps[index];
      if (avp !== undefined && members !== undefined) avp.members = readMembers(members, this.names);
    });
  }

  avp(code: number, vendor: number): AvpDefinition | undefined {
    return this.avps.get(avpKey(code, vendor));
  }

  /** An AVP that the program itself names; a TypeError when the dictionary lacks it. */
  named(name: string): AvpDefinition {
    const avp = this.names.get(name);
    if (avp === undefined) throw new TypeError(`the dictionary has no AVP ${name}`);
    return avp;
  }

  /** `Credit-Control-Request`, or `Command 99 Request`. */
  commandName(code: number, request: boolean): string {
    const name = this.commands.get(code)?.name;
    return name === undefined ? `Command ${code} ${request ? 'Request' : 'Answer'}` : `${name}-${request ? 'Request' : 'Answer'}`;
  }

  /** `CCR`; undefined for a command that is not known. */
  commandShort(code: number, request: boolean): string | undefined {
    const short = this.commands.get(code)?.short;
    return short === undefined ? undefined : `${short}${request ? 'R' : 'A'}`;
  }

  applicationName(id: number): string | undefined {
    return this.#data.applications[id];
  }

  vendorName(id: number): string | undefined {
    return this.#data.vendors[id];
  }
}

function avpOf({ code, vendor = 0, name, type, mandatory, form, values = {} }: AvpData): AvpDefinition & { members: Members | undefined } {
  const dataType = dataTypes.find((known) => known === type);
  if (dataType === undefined) throw new TypeError(`${name} has the unknown type ${type}`);
  const octetForm = octetForms.find((known) => known === form);
  if (form !== octetForm) throw new TypeError(`${name} has the unknown form ${form}`);
  const numbered = Object.entries(values).map(([value, label]) => [Number(value), label] as const);
  return {
    code,
    vendor,
    name,
    type: dataType,
    mandatory: mandatory === 'must' || mandatory === 'mustNot' ? mandatory : 'may',
    form: octetForm,
    values: new Map(numbered),
    valuesByName: new Map(numbered.map(([value, label]) => [label, value])),
    members: undefined,
  };
}
