/** One part of a document in memory: an element with what is in it. */

import type { EAmount, EIdentifier } from '#core/invoicing/einvoice/einvoice.ts';
import { type Decimal, parseDecimal } from '#core/money/decimal.ts';

export class XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements: XmlElement[] = [];
  text = '';

  constructor(name: string, attributes: Readonly<Record<string, string>>) {
    this.name = name;
    this.attributes = attributes;
  }

  all(...path: readonly string[]): readonly XmlElement[] {
    const [first, ...rest] = path;
    if (first === undefined) return [this];
    return this.elements.filter(({ name }) => name === first).flatMap((element) => element.all(...rest));
  }

  first(...path: readonly string[]): XmlElement | undefined {
    return this.all(...path)[0];
  }

  /** Undefined when there is no such element, or nothing in it. */
  said(...path: readonly string[]): string | undefined {
    const text = this.first(...path)?.text.trim();
    return text === '' ? undefined : text;
  }

  identifier(...path: readonly string[]): EIdentifier | undefined {
    const element = this.first(...path);
    const id = element?.text.trim();
    if (element === undefined || id === undefined || id === '') return undefined;
    const { schemeID } = element.attributes;
    return { id, ...(schemeID === undefined ? {} : { scheme: schemeID }) };
  }
}

/** A number of a file; faults are noted, as the caller refuses the whole file. */
export class NumberReading {
  readonly faults: { readonly field: string; readonly value: string }[] = [];

  decimal(element: XmlElement | undefined, field: string): Decimal | undefined {
    const text = element?.text.trim();
    if (text === undefined || text === '') return undefined;
    // xs:decimal may leave out the digit before the point, or those behind it.
    const read = parseDecimal(text.replace(/^([+-]?)\./, '$10.').replace(/\.$/, ''));
    if (read === undefined) this.faults.push({ field, value: text.slice(0, 120) });
    return read;
  }

  amount(element: XmlElement | undefined, field: string): EAmount | undefined {
    const value = this.decimal(element, field);
    const currency = element?.attributes.currencyID;
    return value === undefined ? undefined : { value, ...(currency === undefined ? {} : { currency }) };
  }
}
