/** UBL 2.1 Invoice and CreditNote to an electronic invoice: events of a reader of XML in, one part of the document in memory at a time. */
import type {
  EAllowance,
  EInvoice,
  ELine,
  EParty,
  EPayment,
  EPeriod,
  ETaxBreakdown,
  ETaxCategory,
  ETaxTotal,
  ETotals,
} from '#core/invoicing/einvoice/einvoice.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { NumberReading, XmlElement } from './element.ts';
import { namespaces } from './namespaces.ts';

/** Lines, and elements of one part: more than any document of a month has. */
export const MOST_LINES = 200_000;
const MOST_ELEMENTS = 100_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A sink for a reader of XML (`open`, `text`, `close`); `invoice()` gives what was read. It never throws: faults are kept, and once there is
 * one the rest is passed over. What EN 16931 does not know is passed over as well.
 *
 * Refused: `einvoice.form-unknown` (no UBL invoice or credit note), `einvoice.value-broken` (an amount or quantity is no number),
 * `einvoice.too-large`.
 */
export class UblReader {
  readonly #file: string;
  readonly #numbers = new NumberReading();
  readonly #header = new XmlElement('document', {});
  readonly #lines: ELine[] = [];
  #kind: EInvoice['kind'] | undefined;
  #fault: Refusal | undefined;
  /** Elements that are open, within one child of the root. */
  readonly #open: XmlElement[] = [];
  #depth = 0;
  #elements = 0;

  constructor(file: string) {
    this.#file = file;
  }

  open(name: string, attributes: Readonly<Record<string, string>>, namespace: string): void {
    this.#depth += 1;
    if (this.#fault !== undefined) return;
    if (this.#depth === 1) {
      if (name === 'Invoice' && namespace === namespaces.invoice) this.#kind = 'invoice';
      else if (name === 'CreditNote' && namespace === namespaces.creditNote) this.#kind = 'credit-note';
      else this.#stop('einvoice.form-unknown', `the file is no UBL 2.1 Invoice or CreditNote but ${name}`);
      return;
    }
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS) this.#stop('einvoice.too-large', `one part of the file has more than ${MOST_ELEMENTS} elements`);
    const element = new XmlElement(name, attributes);
    this.#open.at(-1)?.elements.push(element);
    this.#open.push(element);
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    // Documents that are embedded are not kept: nothing here looks at them.
    if (element !== undefined && this.#fault === undefined && element.name !== 'EmbeddedDocumentBinaryObject') element.text += text;
  }

  close(): void {
    this.#depth -= 1;
    const element = this.#open.pop();
    if (this.#fault !== undefined || element === undefined || this.#open.length > 0) return;
    if (element.name === 'InvoiceLine' || element.name === 'CreditNoteLine') {
      this.#elements = 0;
      this.#lines.push(this.#line(element));
      if (this.#lines.length > MOST_LINES) this.#stop('einvoice.too-large', `the file has more than ${MOST_LINES} lines`);
    } else this.#header.elements.push(element);
  }

  invoice(): Result<EInvoice> {
    if (this.#fault !== undefined) return { ok: false, refusals: [this.#fault] };
    if (this.#kind === undefined)
      return { ok: false, refusals: [refuse('einvoice.form-unknown', 'the file has nothing in it', { file: this.#file })] };
    const invoice = this.#document(this.#kind);
    const refusals = this.#numbers.faults.map(({ field, value }) =>
      refuse('einvoice.value-broken', 'this is no number', { file: this.#file, field, value }),
    );
    return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: invoice };
  }

  #stop(code: 'einvoice.form-unknown' | 'einvoice.too-large', message: string): void {
    this.#fault = refuse(code, message, { file: this.#file });
  }

  #document(kind: EInvoice['kind']): EInvoice {
    const root = this.#header;
    const delivery = root.first('Delivery');
    const payments = root.all('PaymentMeans');
    const due = root.said('DueDate') ?? payments[0]?.said('PaymentDueDate');
    const period = root.first('InvoicePeriod');
    return {
      kind,
      ...kept({
        customization: root.said('CustomizationID'),
        profile: root.said('ProfileID'),
        number: root.said('ID'),
        issueDay: root.said('IssueDate'),
        dueDay: due,
        typeCode: root.said('InvoiceTypeCode') ?? root.said('CreditNoteTypeCode'),
        taxPointDay: root.said('TaxPointDate'),
        currency: root.said('DocumentCurrencyCode'),
        taxCurrency: root.said('TaxCurrencyCode'),
        buyerReference: root.said('BuyerReference'),
        orderReference: root.said('OrderReference', 'ID'),
        contract: root.said('ContractDocumentReference', 'ID'),
        period: period === undefined ? undefined : periodOf(period),
        payee: root.first('PayeeParty') === undefined ? undefined : kept({ name: root.said('PayeeParty', 'PartyName', 'Name') }),
        taxRepresentative: root.first('TaxRepresentativeParty') === undefined ? undefined : partyOf(root.first('TaxRepresentativeParty')),
        delivery:
          delivery === undefined
            ? undefined
            : kept({
                day: delivery.said('ActualDeliveryDate'),
                country: delivery.said('DeliveryLocation', 'Address', 'Country', 'IdentificationCode'),
              }),
        paymentTerms: root.said('PaymentTerms', 'Note'),
      }),
      ...references(root.all('AdditionalDocumentReference').filter((element) => element.said('DocumentTypeCode') !== undefined)),
      notes: root.all('Note').map(({ text }) => text.trim()),
      preceding: root
        .all('BillingReference', 'InvoiceDocumentReference')
        .map((reference) => kept({ number: reference.said('ID'), issueDay: reference.said('IssueDate') })),
      seller: partyOf(root.first('AccountingSupplierParty', 'Party')),
      buyer: partyOf(root.first('AccountingCustomerParty', 'Party')),
      payments: payments.map(paymentOf),
      allowances: root.all('AllowanceCharge').map((element) => this.#allowance(element)),
      taxTotals: root.all('TaxTotal').map((element): ETaxTotal => {
        const amount = this.#numbers.amount(element.first('TaxAmount'), 'TaxTotal/TaxAmount');
        return { ...kept({ amount }), breakdown: element.all('TaxSubtotal').map((part) => this.#breakdown(part)) };
      }),
      totals: this.#totals(root.first('LegalMonetaryTotal')),
      lines: this.#lines,
    };
  }

  #amount(element: XmlElement | undefined, name: string): ReturnType<NumberReading['amount']> {
    return this.#numbers.amount(element?.first(name), `${element?.name ?? ''}/${name}`);
  }

  #totals(element: XmlElement | undefined): ETotals {
    return kept({
      lines: this.#amount(element, 'LineExtensionAmount'),
      allowances: this.#amount(element, 'AllowanceTotalAmount'),
      charges: this.#amount(element, 'ChargeTotalAmount'),
      net: this.#amount(element, 'TaxExclusiveAmount'),
      gross: this.#amount(element, 'TaxInclusiveAmount'),
      prepaid: this.#amount(element, 'PrepaidAmount'),
      rounding: this.#amount(element, 'PayableRoundingAmount'),
      payable: this.#amount(element, 'PayableAmount'),
    });
  }

  /** Only taxes of the scheme VAT are terms of EN 16931. */
  #category(element: XmlElement | undefined): ETaxCategory {
    const isVat = element?.said('TaxScheme', 'ID')?.toUpperCase() === 'VAT';
    return kept({
      code: isVat ? element?.said('ID') : undefined,
      percent: isVat ? this.#numbers.decimal(element?.first('Percent'), `${element?.name ?? ''}/Percent`) : undefined,
    });
  }

  #breakdown(element: XmlElement): ETaxBreakdown {
    const category = element.first('TaxCategory');
    return {
      ...kept({
        base: this.#amount(element, 'TaxableAmount'),
        tax: this.#amount(element, 'TaxAmount'),
        reason: category?.said('TaxExemptionReason'),
        reasonCode: category?.said('TaxExemptionReasonCode'),
      }),
      category: this.#category(category),
    };
  }

  #allowance(element: XmlElement): EAllowance {
    const category = element.first('TaxCategory');
    const said = element.said('ChargeIndicator') ?? '';
    return {
      isCharge: ['true', '1'].includes(said),
      ...kept({
        indicator: said === 'true' || said === 'false' ? undefined : said,
        amount: this.#amount(element, 'Amount'),
        base: this.#amount(element, 'BaseAmount'),
        percent: this.#numbers.decimal(element.first('MultiplierFactorNumeric'), 'AllowanceCharge/MultiplierFactorNumeric'),
        reason: element.said('AllowanceChargeReason'),
        reasonCode: element.said('AllowanceChargeReasonCode'),
        tax: category === undefined ? undefined : this.#category(category),
      }),
    };
  }

  #line(element: XmlElement): ELine {
    const quantity = element.first('InvoicedQuantity') ?? element.first('CreditedQuantity');
    const price = element.first('Price');
    const per = price?.first('BaseQuantity');
    const discount = price?.first('AllowanceCharge');
    const category = element.first('Item', 'ClassifiedTaxCategory');
    const period = element.first('InvoicePeriod');
    const id = element.said('ID');
    return {
      ...kept({
        id,
        note: element.said('Note'),
        quantity: this.#numbers.decimal(quantity, `line ${id ?? ''} quantity`),
        unit: quantity?.attributes.unitCode,
        net: this.#amount(element, 'LineExtensionAmount'),
        period: period === undefined ? undefined : periodOf(period),
        name: element.said('Item', 'Name'),
        description: element.said('Item', 'Description'),
        tax: category === undefined ? undefined : this.#category(category),
        price: this.#amount(price, 'PriceAmount'),
        baseQuantity: this.#numbers.decimal(per, `line ${id ?? ''} BaseQuantity`),
        baseUnit: per?.attributes.unitCode,
        priceDiscount: this.#amount(discount, 'Amount'),
        isPriceCharged: (discount?.said('ChargeIndicator') ?? 'false') === 'false' ? undefined : true,
        grossPrice: this.#amount(discount, 'BaseAmount'),
      }),
      allowances: element.all('AllowanceCharge').map((one) => this.#allowance(one)),
      ...references(element.all('DocumentReference')),
    };
  }
}

function references(elements: readonly XmlElement[]): { readonly references?: readonly string[] } {
  return elements.length === 0 ? {} : { references: elements.map((element) => element.said('DocumentTypeCode') ?? '') };
}

function periodOf(element: XmlElement): EPeriod {
  return kept({ start: element.said('StartDate'), end: element.said('EndDate'), code: element.said('DescriptionCode') });
}

function partyOf(element: XmlElement | undefined): EParty {
  const address = element?.first('PostalAddress');
  const contact = element?.first('Contact');
  const taxId = (wanted: (scheme: string) => boolean): string | undefined =>
    element
      ?.all('PartyTaxScheme')
      .find((scheme) => wanted(scheme.said('TaxScheme', 'ID')?.toUpperCase() ?? ''))
      ?.said('CompanyID');
  return {
    ids: element?.all('PartyIdentification').flatMap((one) => one.identifier('ID') ?? []) ?? [],
    ...kept({
      endpoint: element?.identifier('EndpointID'),
      name: element?.said('PartyLegalEntity', 'RegistrationName'),
      tradingName: element?.said('PartyName', 'Name'),
      vatId: taxId((scheme) => scheme === 'VAT'),
      taxId: taxId((scheme) => scheme !== 'VAT'),
      legalId: element?.identifier('PartyLegalEntity', 'CompanyID'),
      address:
        address === undefined
          ? undefined
          : {
              lines: [address.said('StreetName'), address.said('AdditionalStreetName'), address.said('AddressLine', 'Line')].filter(
                (line) => line !== undefined,
              ),
              ...kept({
                city: address.said('CityName'),
                postcode: address.said('PostalZone'),
                subdivision: address.said('CountrySubentity'),
                country: address.said('Country', 'IdentificationCode'),
              }),
            },
      contact:
        contact === undefined
          ? undefined
          : kept({ name: contact.said('Name'), phone: contact.said('Telephone'), email: contact.said('ElectronicMail') }),
    }),
  };
}

function paymentOf(element: XmlElement): EPayment {
  const account = element.first('PayeeFinancialAccount');
  return kept({
    code: element.said('PaymentMeansCode'),
    remittance: element.said('PaymentID'),
    account: account?.said('ID'),
    accountName: account?.said('Name'),
    bank: account?.said('FinancialInstitutionBranch', 'ID'),
    mandate: element.said('PaymentMandate', 'ID'),
  });
}

/** The fields that are there. */
function kept<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const found: Partial<Mutable<T>> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) Object.assign(found, { [key]: value });
  return found as { [K in keyof T]?: Exclude<T[K], undefined> }; // only fields that are not undefined were put in
}
