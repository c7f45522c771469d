import { type Place, type Refusal, type RefusalCode, refuse } from '#core/refusals.ts';

type Data = Readonly<Record<string, unknown>>;

/** Reads plain data of a declaration and collects its faults, each with its field. */
export class SourceReading {
  readonly refusals: Refusal[] = [];
  readonly #at: Place;

  readonly #code: RefusalCode;
  readonly #what: string;

  constructor(at: Place, code: RefusalCode = 'usage.source-invalid', what = 'the source') {
    this.#at = at;
    this.#code = code;
    this.#what = what;
  }

  fault(field: string, problem: string, value?: string): undefined {
    const place = this.#at.field === undefined ? field : `${this.#at.field}.${field}`;
    const at = { ...this.#at, field: place, ...(value === undefined ? {} : { value: value.slice(0, 120) }) };
    this.refusals.push(refuse(this.#code, `${field === '' ? this.#what : field} ${problem}`, at));
    return undefined;
  }

  /** An object with no other keys than these. */
  map(value: unknown, field: string, keys: readonly string[]): Data | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fault(field, 'is not an object');
    for (const key of Object.keys(value))
      if (!keys.includes(key)) this.fault(field === '' ? key : `${field}.${key}`, `is not known; known: ${keys.join(', ')}`);
    return value as Data; // an object and no list, so its own keys are texts
  }

  /** `otherwise` undefined: required. */
  text(map: Data, name: string, otherwise: string | undefined): string | undefined {
    const value = map[name];
    if (value === undefined || value === null) return otherwise ?? this.fault(name, 'is missing');
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.fault(name, 'is not a text');
  }

  word<const W extends readonly string[]>(map: Data, name: string, words: W, otherwise: W[number] | undefined): W[number] | undefined {
    const text = this.text(map, name, otherwise);
    if (text === undefined) return undefined;
    return words.find((word) => word === text) ?? this.fault(name, `is not one of ${words.join(', ')}`, text);
  }

  flag(map: Data, name: string, otherwise: boolean): boolean {
    return this.word(map, name, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  whole(map: Data, name: string, least: number, most: number, otherwise: number): number {
    const text = this.text(map, name, String(otherwise)) ?? '';
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.fault(name, `is not a whole number from ${least} to ${most}`, text);
    return otherwise;
  }

  /** One ASCII character; `tab` and `\t` stand for the tabulator; '' where `none` allows it. */
  character(map: Data, name: string, otherwise: string, none = false): string | undefined {
    const text = this.text(map, name, otherwise) ?? otherwise;
    if (text === 'tab' || text === '\\t') return '\t';
    if (none && (text === '' || text === 'none')) return '';
    if (text.length === 1 && text >= '\t' && text <= '~' && text !== '\n' && text !== '\r') return text;
    return this.fault(name, 'is not one ASCII character', text);
  }

  /** One to eight ASCII characters; `tab` and `\t` stand for the tabulator. */
  separator(map: Data, name: string, otherwise: string): string | undefined {
    const text = (this.text(map, name, otherwise) ?? otherwise).replaceAll('\\t', '\t');
    if (text === 'tab') return '\t';
    if (/^[\t -~]{1,8}$/.test(text)) return text;
    return this.fault(name, 'is not one to eight ASCII characters', text);
  }

  /** Texts; one alone counts as a list of one. Undefined where it is left out. */
  list(map: Data, name: string): readonly string[] | undefined {
    const value = map[name];
    if (value === undefined || value === null) return undefined;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = items.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
    if (texts.length !== items.length || texts.length === 0 || texts.some((text) => text === ''))
      return this.fault(name, 'is not a list of texts');
    return texts;
  }
}
