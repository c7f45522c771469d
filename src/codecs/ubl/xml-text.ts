/** Text of XML that we write: elements in their order, indented, everything escaped. */
export class XmlText {
  #text = '<?xml version="1.0" encoding="UTF-8"?>\n';
  #depth = 0;

  get text(): string {
    return this.#text;
  }

  /** An element with others in it; left out when they write nothing. */
  group(name: string, inside: () => void, attributes: Readonly<Record<string, string>> = {}): void {
    const before = this.#text;
    this.#line(`<${name}${attributesText(attributes)}>`);
    const opened = this.#text;
    this.#depth += 1;
    inside();
    this.#depth -= 1;
    if (this.#text === opened) this.#text = before;
    else this.#line(`</${name}>`);
  }

  /** An element with text; left out when there is none, as empty elements are forbidden. */
  value(name: string, text: string | undefined, attributes: Readonly<Record<string, string | undefined>> = {}): void {
    if (text === undefined || text.trim() === '') return;
    const said = Object.entries(attributes).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, value]]));
    this.#line(`<${name}${attributesText(Object.fromEntries(said))}>${escaped(text)}</${name}>`);
  }

  #line(text: string): void {
    this.#text += `${'  '.repeat(this.#depth)}${text}\n`;
  }
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .join('');
}

/** Characters that XML 1.0 does not know become `�`; carriage returns are written so that a reader keeps them. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
