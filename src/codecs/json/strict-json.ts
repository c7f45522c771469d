/**
 * JSON as charging needs it (RFC 8259): numbers of 64 bits exact, names that stand twice refused, groups at most so deep. JSON.parse takes
 * the last of two equal names and says nothing, and rounds above 2^53.
 */

/** An integer beyond 2^53 is a bigint. Objects have no prototype: `__proto__` is a name like others. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export class JsonFault extends Error {}

const MOST_DEPTH = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\x00-\x1f]*/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Throws a JsonFault with the place. */
export function parseStrictJson(text: string): Json {
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail('there is more behind the end');
  }

  value(depth: number): Json {
    this.#space();
    if (depth > MOST_DEPTH) this.#fail(`groups stand in each other more than ${MOST_DEPTH} deep`);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#list(depth);
    if (first === '"') return this.#string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#number();
  }

  #object(depth: number): JsonObject {
    const members: Record<string, Json> = Object.create(null);
    this.#at += 1;
    if (this.#take('}')) return members;
    do {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('a name is expected');
      const name = this.#string();
      if (Object.hasOwn(members, name)) this.#fail(`the name ${JSON.stringify(name)} stands twice`);
      if (!this.#take(':')) this.#fail('a colon is expected');
      members[name] = this.value(depth + 1);
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('a comma or the end of the object is expected');
    return members;
  }

  #list(depth: number): Json[] {
    const items: Json[] = [];
    this.#at += 1;
    if (this.#take(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) this.#fail('a comma or the end of the list is expected');
    return items;
  }

  #string(): string {
    let text = '';
    this.#at += 1;
    while (true) {
      text += this.#matched(PLAIN) ?? '';
      const next = this.#text[this.#at];
      this.#at += 1;
      if (next === '"') return text;
      if (next !== '\\') this.#fail('a text does not end, or has control characters');
      const sign = this.#text[this.#at] ?? '';
      this.#at += 1;
      const plain = ESCAPES[sign];
      if (plain !== undefined) text += plain;
      else if (sign === 'u' && /^[0-9a-fA-F]{4}$/.test(this.#text.slice(this.#at, this.#at + 4))) {
        text += String.fromCharCode(Number.parseInt(this.#text.slice(this.#at, this.#at + 4), 16));
        this.#at += 4;
      } else this.#fail('no such escape');
    }
  }

  #number(): number | bigint {
    const from = this.#at;
    NUMBER.lastIndex = from;
    const found = NUMBER.exec(this.#text);
    if (found === null) return this.#fail('a value is expected');
    this.#at = NUMBER.lastIndex;
    const [digits, fraction, exponent] = found;
    const number = Number(digits);
    if (fraction !== undefined || exponent !== undefined || Number.isSafeInteger(number)) return number;
    return digits.length > 40 ? this.#fail('a number is too long') : BigInt(digits);
  }

  #matched(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #space(): void {
    this.#matched(SPACE);
  }

  #take(sign: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #fail(message: string): never {
    throw new JsonFault(`${message}, at character ${this.#at + 1}`);
  }
}
