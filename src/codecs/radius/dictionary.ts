/** What is known of RADIUS attributes, from data (`data/radius/dictionary.json`). */

/**
 * RFC 2865 §5, RFC 3162, RFC 2868. integer: 32 bits without sign; time: seconds since 1970; tagged ones have a tag of one octet in front.
 * byte: one octet, as 3GPP has it.
 */
export const valueTypes = [
  'text',
  'octets',
  'integer',
  'time',
  'byte',
  'ipv4',
  'ipv6',
  'ipv6-prefix',
  'interface-id',
  'tagged-text',
  'tagged-integer',
] as const;
export type ValueType = (typeof valueTypes)[number];

export interface AttributeDefinition {
  readonly name: string;
  /** Of the vendor's own numbers where there is one. */
  readonly code: number;
  /** IANA's enterprise number; 0: a standard attribute. */
  readonly vendor: number;
  readonly type: ValueType;
  /** Names of integers. */
  readonly values: ReadonlyMap<number, string>;
}

/** How a make of NAS is told limits. `{}` in a form stands for the number. */
export interface Dialect {
  readonly volume?: { readonly octets: string; readonly gigawords: string };
  readonly time?: { readonly attribute: string; readonly form: string };
  readonly result?: { readonly attribute: string; readonly form: string };
}

/** The file. Attributes as `27 Session-Timeout integer`. */
export interface DictionaryData {
  readonly vendors: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dialects: Readonly<Record<string, Dialect>>;
}

const STANDARD = 'standard';
const NO_VALUES: ReadonlyMap<number, string> = new Map();

export class RadiusDictionary {
  readonly names = new Map<string, AttributeDefinition>();
  readonly vendors: ReadonlyMap<number, string>;
  readonly dialects: ReadonlyMap<string, Dialect>;
  readonly #byCode = new Map<string, AttributeDefinition>();

  /** Throws for data that contradicts itself. */
  constructor({ vendors, attributes, values, dialects }: DictionaryData) {
    this.vendors = new Map(Object.entries(vendors).map(([number, name]) => [Number(number), name]));
    for (const [owner, list] of Object.entries(attributes)) {
      const vendor = owner === STANDARD ? 0 : [...this.vendors].find(([, name]) => name === owner)?.[0];
      if (vendor === undefined) throw new TypeError(`vendor ${owner} has no number`);
      for (const line of list) this.#add(line, vendor, values);
    }
    for (const name of Object.keys(values)) this.named(name);
    for (const { volume, time, result } of Object.values(dialects))
      for (const name of [volume?.octets, volume?.gigawords, time?.attribute, result?.attribute]) if (name !== undefined) this.named(name);
    this.dialects = new Map(Object.entries(dialects));
  }

  /** Throws for a name that the data does not have: names in code are constants. */
  named(name: string): AttributeDefinition {
    const found = this.names.get(name);
    if (found === undefined) throw new TypeError(`there is no attribute ${name}`);
    return found;
  }

  attribute(vendor: number, code: number): AttributeDefinition | undefined {
    return this.#byCode.get(`${vendor} ${code}`);
  }

  #add(line: string, vendor: number, values: DictionaryData['values']): void {
    const [, digits, name = '', word] = /^(\d{1,3}) ([\w.-]+) ([\w-]+)$/.exec(line) ?? [];
    const type = valueTypes.find((each) => each === word);
    const code = Number(digits);
    if (digits === undefined || type === undefined || code > 255) throw new TypeError(`"${line}" is no attribute`);
    const key = `${vendor} ${code}`;
    if (this.names.has(name) || this.#byCode.has(key)) throw new TypeError(`attribute ${name} is there twice`);
    const named = values[name];
    const definition: AttributeDefinition = {
      ...{ name, code, vendor, type },
      values: named === undefined ? NO_VALUES : new Map(Object.entries(named).map(([value, text]) => [Number(value), text])),
    };
    this.names.set(name, definition);
    this.#byCode.set(key, definition);
  }
}
