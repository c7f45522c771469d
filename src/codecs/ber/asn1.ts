/**
 * Types of ASN.1 modules (ITU-T X.680) as types of a BER format, for a user who has the module of an exchange. What BER
 * does not need is passed over: constraints, defaults, values, imports, macros. What OCTET STRINGs hold, ASN.1 does not say;
 * well-known names (IMSI, AddressString, TimeStamp …) are read as what the standards of mobile networks say.
 */
import type { BerTypes, BerTypeText } from '#core/usage/ber-form.ts';
import type { BerKind } from '#core/usage/ber-schema.ts';

export interface Asn1Reading {
  readonly types: BerTypes;
  /** Names that are used and not declared, such as those of imports: they are read as octets. */
  readonly missing: readonly string[];
  /** Assignments that could not be read, with the line they begin in. */
  readonly unread: readonly { readonly name: string; readonly line: number }[];
}

const PRIMITIVES: Readonly<Record<string, BerKind>> = {
  INTEGER: 'integer',
  ENUMERATED: 'enumerated',
  BOOLEAN: 'boolean',
  NULL: 'null',
  'OCTET STRING': 'octets',
  'BIT STRING': 'bits',
  'OBJECT IDENTIFIER': 'oid',
  REAL: 'octets',
  ANY: 'any',
  EXTERNAL: 'any',
  UTF8String: 'utf8',
  GraphicString: 'utf8',
  GeneralString: 'utf8',
  TeletexString: 'utf8',
  T61String: 'utf8',
  IA5String: 'ia5',
  VisibleString: 'ia5',
  PrintableString: 'ia5',
  NumericString: 'ia5',
  UTCTime: 'utc-time',
  GeneralizedTime: 'generalized-time',
};

/** Names of octet strings whose content the standards of mobile networks define. */
const KNOWN: Readonly<Record<string, BerKind>> = {
  IMSI: 'tbcd',
  IMEI: 'tbcd',
  'TBCD-STRING': 'tbcd',
  AddressString: 'address',
  'ISDN-AddressString': 'address',
  ISDNAddressString: 'address',
  BCDDirectoryNumber: 'bcd-number',
  TimeStamp: 'timestamp',
  MSTimeZone: 'time-zone',
  'PLMN-Id': 'plmn',
  'MCC-MNC': 'plmn',
  IPBinV4Address: 'ip',
  IPBinV6Address: 'ip',
};

const TOKEN =
  /\s+|--(?:(?!--)[^\n])*(?:--|(?=\n)|$)|\/\*[\s\S]*?\*\/|("[^"]*"|'[^']*'[BH]?|::=|\.\.\.|\.\.|\[\[|\]\]|[A-Za-z]\w*(?:-\w+)*(?:\.&?\w+(?:-\w+)*)*|&[\w-]+|-?\d+|[^\s])/g;
const LONGEST_MODULE = 4_000_000;

interface Token {
  readonly text: string;
  readonly at: number;
}

/** Reads one or several modules in one text. Never throws for what stands in it. */
export function readAsn1(text: string): Asn1Reading {
  const tokens: Token[] = [];
  for (const match of text.slice(0, LONGEST_MODULE).matchAll(TOKEN))
    if (match[1] !== undefined) tokens.push({ text: match[1], at: match.index });
  const reader = new ModuleReader(tokens);
  reader.read();
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  return { ...reader.result(), unread: reader.unread.map(({ text: name, at }) => ({ name, line: lineOf(at) })) };
}

/** The types that a record needs, in the order in which they are met. */
export function typesFor(types: BerTypes, record: string): BerTypes {
  const wanted = [record];
  for (const name of wanted) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    const texts = typeof type === 'string' ? [type] : Object.values(type ?? {}).flatMap((parts) => Object.values(parts ?? {}));
    for (const text of texts) {
      const used = text.split(' ').at(-1) ?? '';
      if (Object.hasOwn(types, used) && !wanted.includes(used)) wanted.push(used);
    }
  }
  return Object.fromEntries(wanted.flatMap((name) => (Object.hasOwn(types, name) ? [[name, types[name] ?? 'octets']] : [])));
}

class Unreadable extends Error {}

class ModuleReader {
  readonly unread: Token[] = [];
  readonly #tokens: readonly Token[];
  readonly #types = new Map<string, BerTypeText>();
  readonly #used = new Set<string>();
  #at = 0;
  #explicit = true;
  #automatic = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  result(): Omit<Asn1Reading, 'unread'> {
    const missing = [...this.#used].filter((name) => !this.#types.has(name)).sort();
    const known = missing.map((name): [string, BerTypeText] => [name, KNOWN[name] ?? 'octets']);
    return { types: Object.fromEntries([...this.#types, ...known]), missing: missing.filter((name) => KNOWN[name] === undefined) };
  }

  read(): void {
    while (this.#at < this.#tokens.length) {
      const name = this.#tokens[this.#at];
      if (this.#peek() === 'DEFINITIONS') this.#tagDefault();
      else if (name !== undefined && this.#isType(name.text)) this.#assignment(name);
      else this.#at += 1;
    }
  }

  /** `Name ::= Type`; not the assignment of a value. */
  #isType(name: string): boolean {
    return /^[A-Z]/.test(name) && PRIMITIVES[name] === undefined && this.#peek(1) === '::=' && /^[A-Z[]/.test(this.#peek(2) ?? '');
  }

  #tagDefault(): void {
    const word = this.#peek(1);
    this.#automatic = word === 'AUTOMATIC';
    this.#explicit = !this.#automatic && word !== 'IMPLICIT';
    this.#at += word === '::=' ? 2 : 4; // behind DEFINITIONS IMPLICIT TAGS ::=
  }

  #assignment(name: Token): void {
    this.#at += 2;
    const begin = this.#at;
    try {
      const known = KNOWN[name.text];
      const type = this.#type(name.text, 0);
      this.#types.set(name.text, known !== undefined && type === 'octets' ? known : type);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.unread.push(name);
      this.#at = begin;
    }
  }

  /** What the type is under its own name. A structure becomes a group; anything else an expression. */
  #type(name: string, depth: number): BerTypeText {
    const tag = this.#tag();
    const type = this.#untagged(name, depth);
    if (tag === '') return type;
    if (typeof type === 'string') return `${tag}${type}`;
    const inner = this.#own(`${name}-content`, type);
    return `${tag}${inner}`;
  }

  /** `[APPLICATION 5] IMPLICIT` as the beginning of an expression, `application 5 `; '' without a tag. */
  #tag(): string {
    if (this.#peek() !== '[') return '';
    this.#at += 1;
    const word = this.#peek();
    const tagClass = word === 'APPLICATION' || word === 'PRIVATE' || word === 'UNIVERSAL' ? this.#next().toLowerCase() : '';
    const number = this.#next();
    if (!/^\d+$/.test(number)) throw new Unreadable();
    this.#expect(']');
    const said = this.#peek();
    if (said === 'IMPLICIT' || said === 'EXPLICIT') this.#at += 1;
    const explicit = said === 'EXPLICIT' || (said !== 'IMPLICIT' && this.#explicit);
    return `${explicit ? 'explicit ' : ''}${tagClass === '' ? '' : `${tagClass} `}${number} `;
  }

  #untagged(name: string, depth: number): BerTypeText {
    if (depth > 40) throw new Unreadable();
    const word = this.#next();
    if (word === 'SEQUENCE' || word === 'SET') {
      this.#constraint();
      if (this.#peek() !== 'OF') return { [word === 'SET' ? 'set' : 'sequence']: this.#parts(name, depth) };
      this.#at += 1;
      this.#tag(); // tags of elements are not looked at
      const element = this.#untagged(`${name}-element`, depth + 1);
      return `list of ${typeof element === 'string' ? element : this.#own(`${name}-element`, element)}`;
    }
    if (word === 'CHOICE') return { choice: this.#parts(name, depth) };
    const two = `${word} ${this.#peek() ?? ''}`;
    const primitive = PRIMITIVES[two] ?? PRIMITIVES[word];
    if (PRIMITIVES[two] !== undefined) this.#at += 1;
    if (primitive === undefined) return this.#reference(word);
    if (word === 'ANY' && this.#peek() === 'DEFINED') this.#at += 3;
    const names = this.#peek() === '{' ? this.#names() : {};
    this.#constraint();
    const named = primitive === 'integer' || primitive === 'enumerated' || primitive === 'bits';
    return named && Object.keys(names).length > 0 ? { [primitive]: names } : primitive;
  }

  #reference(word: string): string {
    if (!/^[A-Z]/.test(word)) throw new Unreadable();
    if (this.#peek() === '{') throw new Unreadable();
    this.#constraint();
    if (word.includes('.')) return 'any';
    this.#used.add(word);
    return word;
  }

  #own(name: string, type: BerTypeText): string {
    this.#types.set(name, type);
    return name;
  }

  #parts(name: string, depth: number): Readonly<Record<string, string>> {
    const parts: [string, string][] = [];
    this.#expect('{');
    while (this.#peek() !== '}') {
      const word = this.#next();
      if (word === ',' || word === '[[' || word === ']]' || word === ':' || /^\d+$/.test(word)) continue;
      if (word === '...') {
        if (this.#peek() === '!') this.#at += 2;
        continue;
      }
      if (!/^[a-z]/.test(word)) throw new Unreadable();
      const written = this.#peek() === '[';
      const tag = this.#tag();
      const type = this.#untagged(`${name}-${word}`, depth + 1);
      const expression = typeof type === 'string' ? type : this.#own(`${name}-${word}`, type);
      parts.push([word, `${tag !== '' || written || !this.#automatic ? tag : `${parts.length} `}${expression}`]);
      this.#behindPart();
    }
    this.#at += 1;
    return Object.fromEntries(parts);
  }

  #behindPart(): void {
    if (this.#peek() === 'OPTIONAL') this.#at += 1;
    if (this.#peek() !== 'DEFAULT') return;
    this.#at += 1;
    let open = 0;
    for (let word = this.#peek(); word !== undefined && (open > 0 || (word !== ',' && word !== '}')); word = this.#peek()) {
      if (word === '{') open += 1;
      if (word === '}') open -= 1;
      this.#at += 1;
    }
  }

  /** `{ normal (0), busy (1) }`, or without numbers, which count then. */
  #names(): Readonly<Record<string, string>> {
    const names: [string, string][] = [];
    this.#expect('{');
    let next = 0;
    while (this.#peek() !== '}') {
      const word = this.#next();
      if (word === ',' || word === '...') continue;
      let number = String(next);
      if (this.#peek() === '(') {
        this.#at += 1;
        number = this.#next();
        this.#expect(')');
      }
      if (/^-?\d+$/.test(number)) names.push([number, word]);
      next = Number(number) + 1;
    }
    this.#at += 1;
    return Object.fromEntries(names);
  }

  #constraint(): void {
    if (this.#peek() === 'SIZE') this.#at += 1;
    while (this.#peek() === '(') {
      let open = 0;
      do {
        const word = this.#next();
        if (word === '(') open += 1;
        if (word === ')') open -= 1;
      } while (open > 0);
    }
  }

  #peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]?.text;
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Unreadable();
    this.#at += 1;
    return token.text;
  }

  #expect(word: string): void {
    if (this.#next() !== word) throw new Unreadable();
  }
}
