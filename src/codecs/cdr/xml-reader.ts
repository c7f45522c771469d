import type { Source } from '#core/usage/source.ts';
import { type Rejection, reject, shown } from './draft.ts';
import type { RowReader, SlotTable } from './row-reader.ts';
import { urlDecoded } from './text-conversions.ts';

const DEEPEST = 64;
const MOST_ENTITY = 12;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const NAME = /[^\s/>=<"'&]+/y;
const ATTRIBUTE = /\s*([^\s/>=<"'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/**
 * Reads a record that is one XML element. A column is the path of an element from there, `variables.uuid`, or of an
 * attribute, `@core-uuid` and `callflow.@profile_index`; of several elements at one path the first counts. There is no
 * document type and no entity but the five of XML, so that a small text cannot mean a large one.
 */
export class XmlReader implements RowReader {
  readonly #slots: ReadonlyMap<string, number>;
  readonly #keySlots: readonly number[];
  readonly #urlDecode: boolean;
  readonly #values: (string | undefined)[];
  #text = '';
  #seen: (readonly [string, string])[] | undefined;

  constructor(source: Source, slots: SlotTable) {
    this.#keySlots = source.key.map((column) => slots.slot(column));
    this.#slots = new Map(slots.columns.map((column, slot) => [column, slot]));
    this.#values = slots.columns.map(() => undefined);
    this.#urlDecode = source.xml?.urlDecode ?? false;
  }

  take(text: string): Rejection | undefined {
    this.#values.fill(undefined);
    this.#text = text;
    const fault = this.#read(text);
    return fault === undefined ? undefined : reject('usage.xml-damaged', `${fault}: ${shown(text)}`);
  }

  value(slot: number): string {
    const value = this.#values[slot] ?? '';
    return this.#urlDecode && /%[0-9A-Fa-f]{2}/.test(value) ? urlDecoded(value).toWellFormed() : value;
  }

  keySlots(): readonly number[] {
    return this.#keySlots;
  }

  columns(): readonly (readonly [string, string])[] {
    const seen: (readonly [string, string])[] = [];
    this.#seen = seen;
    this.#read(this.#text);
    this.#seen = undefined;
    return seen;
  }

  /** Undefined when the text is one whole element; else what is wrong with it. */
  #read(text: string): string | undefined {
    const names: string[] = [];
    const paths: string[] = [];
    const parts: string[] = [];
    let at = 0;
    do {
      const tag = text.indexOf('<', at);
      if (tag < 0) return names.length === 0 ? 'it is no element' : `the element ${names.at(-1)} does not end`;
      if (tag > at) {
        const data = plainText(text.slice(at, tag));
        if (data === undefined) return 'it has an entity that is none of the five of XML';
        if (names.length === 0) return 'text stands before the element';
        parts[parts.length - 1] += data;
      }
      if (text.startsWith('<!--', tag) || text.startsWith('<?', tag)) {
        const ending = text.startsWith('<?', tag) ? '?>' : '-->';
        const end = text.indexOf(ending, tag + 2);
        if (end < 0) return 'a comment does not end';
        at = end + ending.length;
        continue;
      }
      if (text.startsWith('<![CDATA[', tag)) {
        const end = text.indexOf(']]>', tag);
        if (end < 0 || names.length === 0) return 'a CDATA section does not end';
        parts[parts.length - 1] += text.slice(tag + 9, end);
        at = end + 3;
        continue;
      }
      const closing = text.startsWith('</', tag);
      NAME.lastIndex = tag + (closing ? 2 : 1);
      const name = NAME.exec(text)?.[0];
      if (name === undefined || name.startsWith('!')) return 'it has a tag without a name, or a DOCTYPE';
      at = NAME.lastIndex;
      if (!closing) {
        if (names.length >= DEEPEST) return `its elements are nested deeper than ${DEEPEST}`;
        const above = paths.at(-1);
        const path = above === undefined ? '' : above === '' ? name : `${above}.${name}`;
        const behind = this.#attributes(text, at, path);
        if (behind < 0) return `the tag ${name} is damaged`;
        at = behind;
        if (text.startsWith('/>', at)) {
          this.#set(path, '');
          at += 2;
          continue;
        }
        if (text[at] !== '>') return `the tag ${name} is damaged`;
        names.push(name);
        paths.push(path);
        parts.push('');
        at += 1;
        continue;
      }
      const end = text.indexOf('>', at);
      if (end < 0 || text.slice(at, end).trim() !== '') return `the end of ${name} is damaged`;
      const opened = names.pop();
      if (opened !== name) return `${name} ends where ${opened ?? 'nothing'} is open`;
      this.#set(paths.pop() ?? '', (parts.pop() ?? '').trim());
      at = end + 1;
    } while (names.length > 0);
    return text.slice(at).trim() === '' ? undefined : 'text stands behind the element';
  }

  /** Position behind the attributes and the space after them; −1 when they are damaged. */
  #attributes(text: string, from: number, path: string): number {
    let at = from;
    for (;;) {
      ATTRIBUTE.lastIndex = at;
      const match = ATTRIBUTE.exec(text);
      if (match === null) break;
      const value = plainText(match[2] ?? match[3] ?? '');
      if (value === undefined) return -1;
      this.#set(path === '' ? `@${match[1]}` : `${path}.@${match[1]}`, value);
      at = ATTRIBUTE.lastIndex;
    }
    while (text.charCodeAt(at) <= 32) at += 1;
    return at;
  }

  #set(path: string, value: string): void {
    const slot = this.#slots.get(path);
    if (slot !== undefined) this.#values[slot] ??= value;
    if (value !== '') this.#seen?.push([path, value]);
  }
}

/** Text with its entities put in; undefined when one is not known. */
function plainText(written: string): string | undefined {
  if (!written.includes('&')) return written;
  let plain = '';
  let at = 0;
  for (let mark = written.indexOf('&'); mark >= 0; mark = written.indexOf('&', at)) {
    const name = written.slice(mark + 1, mark + 1 + MOST_ENTITY);
    const end = name.indexOf(';');
    const meant = end < 0 ? undefined : entity(name.slice(0, end));
    if (meant === undefined) return undefined;
    plain += written.slice(at, mark) + meant;
    at = mark + end + 2;
  }
  return plain + written.slice(at);
}

function entity(name: string): string | undefined {
  const known = ENTITIES.get(name);
  if (known !== undefined) return known;
  const match = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
  if (match === null) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
