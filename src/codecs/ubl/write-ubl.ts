/** UBL 2.1 Invoice and CreditNote from an electronic invoice, elements in the order of the schema. Nothing is checked here. */
import type {
  EAllowance,
  EAmount,
  EInvoice,
  ELine,
  EParty,
  EPayment,
  EPeriod,
  ETaxBreakdown,
  ETaxCategory,
} from '#core/invoicing/einvoice/einvoice.ts';
import { type Decimal, formatDecimal } from '#core/money/decimal.ts';
import { namespaces } from './namespaces.ts';
import { XmlText } from './xml-text.ts';

/** The file as UTF-8 text. The same invoice is the same bytes. */
export function writeUbl(invoice: EInvoice): string {
  const xml = new XmlText();
  const root = invoice.kind === 'invoice' ? 'Invoice' : 'CreditNote';
  xml.group(root, () => writeDocument(xml, invoice), {
    xmlns: invoice.kind === 'invoice' ? namespaces.invoice : namespaces.creditNote,
    'xmlns:cac': namespaces.aggregate,
    'xmlns:cbc': namespaces.basic,
  });
  return xml.text;
}

function writeDocument(xml: XmlText, invoice: EInvoice): void {
  const isInvoice = invoice.kind === 'invoice';
  xml.value('cbc:CustomizationID', invoice.customization);
  xml.value('cbc:ProfileID', invoice.profile);
  xml.value('cbc:ID', invoice.number);
  xml.value('cbc:IssueDate', invoice.issueDay);
  if (isInvoice) {
    xml.value('cbc:DueDate', invoice.dueDay);
    xml.value('cbc:InvoiceTypeCode', invoice.typeCode);
    for (const note of invoice.notes) xml.value('cbc:Note', note);
    xml.value('cbc:TaxPointDate', invoice.taxPointDay);
  } else {
    xml.value('cbc:TaxPointDate', invoice.taxPointDay);
    xml.value('cbc:CreditNoteTypeCode', invoice.typeCode);
    for (const note of invoice.notes) xml.value('cbc:Note', note);
  }
  xml.value('cbc:DocumentCurrencyCode', invoice.currency);
  xml.value('cbc:TaxCurrencyCode', invoice.taxCurrency);
  xml.value('cbc:BuyerReference', invoice.buyerReference);
  writePeriod(xml, invoice.period);
  xml.group('cac:OrderReference', () => xml.value('cbc:ID', invoice.orderReference));
  for (const { number, issueDay } of invoice.preceding)
    xml.group('cac:BillingReference', () =>
      xml.group('cac:InvoiceDocumentReference', () => {
        xml.value('cbc:ID', number);
        xml.value('cbc:IssueDate', issueDay);
      }),
    );
  xml.group('cac:ContractDocumentReference', () => xml.value('cbc:ID', invoice.contract));
  xml.group('cac:AccountingSupplierParty', () => writeParty(xml, invoice.seller));
  xml.group('cac:AccountingCustomerParty', () => writeParty(xml, invoice.buyer));
  xml.group('cac:PayeeParty', () => xml.group('cac:PartyName', () => xml.value('cbc:Name', invoice.payee?.name)));
  if (invoice.taxRepresentative !== undefined) writeRepresentative(xml, invoice.taxRepresentative);
  xml.group('cac:Delivery', () => {
    xml.value('cbc:ActualDeliveryDate', invoice.delivery?.day);
    xml.group('cac:DeliveryLocation', () => xml.group('cac:Address', () => writeCountry(xml, invoice.delivery?.country)));
  });
  for (const payment of invoice.payments) writePayment(xml, payment, isInvoice ? undefined : invoice.dueDay);
  xml.group('cac:PaymentTerms', () => xml.value('cbc:Note', invoice.paymentTerms));
  for (const allowance of invoice.allowances) writeAllowance(xml, allowance);
  for (const { amount, breakdown } of invoice.taxTotals)
    xml.group('cac:TaxTotal', () => {
      writeAmount(xml, 'cbc:TaxAmount', amount);
      for (const part of breakdown) writeBreakdown(xml, part);
    });
  xml.group('cac:LegalMonetaryTotal', () => {
    const { totals } = invoice;
    writeAmount(xml, 'cbc:LineExtensionAmount', totals.lines);
    writeAmount(xml, 'cbc:TaxExclusiveAmount', totals.net);
    writeAmount(xml, 'cbc:TaxInclusiveAmount', totals.gross);
    writeAmount(xml, 'cbc:AllowanceTotalAmount', totals.allowances);
    writeAmount(xml, 'cbc:ChargeTotalAmount', totals.charges);
    writeAmount(xml, 'cbc:PrepaidAmount', totals.prepaid);
    writeAmount(xml, 'cbc:PayableRoundingAmount', totals.rounding);
    writeAmount(xml, 'cbc:PayableAmount', totals.payable);
  });
  for (const line of invoice.lines) writeLine(xml, line, isInvoice);
}

function writeAmount(xml: XmlText, name: string, amount: EAmount | undefined): void {
  xml.value(name, said(amount?.value), { currencyID: amount?.currency });
}

function said(value: Decimal | undefined): string | undefined {
  return value === undefined ? undefined : formatDecimal(value);
}

function writePeriod(xml: XmlText, period: EPeriod | undefined): void {
  xml.group('cac:InvoicePeriod', () => {
    xml.value('cbc:StartDate', period?.start);
    xml.value('cbc:EndDate', period?.end);
    xml.value('cbc:DescriptionCode', period?.code);
  });
}

function writeCountry(xml: XmlText, country: string | undefined): void {
  xml.group('cac:Country', () => xml.value('cbc:IdentificationCode', country));
}

function writeAddress(xml: XmlText, { address }: EParty): void {
  xml.group('cac:PostalAddress', () => {
    const [street, additional, ...more] = address?.lines ?? [];
    xml.value('cbc:StreetName', street);
    xml.value('cbc:AdditionalStreetName', additional);
    xml.value('cbc:CityName', address?.city);
    xml.value('cbc:PostalZone', address?.postcode);
    xml.value('cbc:CountrySubentity', address?.subdivision);
    if (more.length > 0) xml.group('cac:AddressLine', () => xml.value('cbc:Line', more.join(', ')));
    writeCountry(xml, address?.country);
  });
}

function writeTaxScheme(xml: XmlText, id: string | undefined, scheme: 'VAT' | 'TAX'): void {
  if (id === undefined) return;
  xml.group('cac:PartyTaxScheme', () => {
    xml.value('cbc:CompanyID', id);
    xml.group('cac:TaxScheme', () => xml.value('cbc:ID', scheme));
  });
}

function writeParty(xml: XmlText, party: EParty): void {
  xml.group('cac:Party', () => {
    xml.value('cbc:EndpointID', party.endpoint?.id, { schemeID: party.endpoint?.scheme });
    for (const { id, scheme } of party.ids) xml.group('cac:PartyIdentification', () => xml.value('cbc:ID', id, { schemeID: scheme }));
    xml.group('cac:PartyName', () => xml.value('cbc:Name', party.tradingName));
    writeAddress(xml, party);
    writeTaxScheme(xml, party.vatId, 'VAT');
    writeTaxScheme(xml, party.taxId, 'TAX');
    xml.group('cac:PartyLegalEntity', () => {
      xml.value('cbc:RegistrationName', party.name);
      xml.value('cbc:CompanyID', party.legalId?.id, { schemeID: party.legalId?.scheme });
    });
    xml.group('cac:Contact', () => {
      xml.value('cbc:Name', party.contact?.name);
      xml.value('cbc:Telephone', party.contact?.phone);
      xml.value('cbc:ElectronicMail', party.contact?.email);
    });
  });
}

function writeRepresentative(xml: XmlText, party: EParty): void {
  xml.group('cac:TaxRepresentativeParty', () => {
    xml.group('cac:PartyName', () => xml.value('cbc:Name', party.tradingName));
    writeAddress(xml, party);
    writeTaxScheme(xml, party.vatId, 'VAT');
  });
}

/** A credit note has its due day here, having none of its own. */
function writePayment(xml: XmlText, { code, remittance, account, accountName, bank, mandate }: EPayment, dueDay: string | undefined): void {
  xml.group('cac:PaymentMeans', () => {
    xml.value('cbc:PaymentMeansCode', code);
    xml.value('cbc:PaymentDueDate', dueDay);
    xml.value('cbc:PaymentID', remittance);
    xml.group('cac:PayeeFinancialAccount', () => {
      xml.value('cbc:ID', account);
      xml.value('cbc:Name', accountName);
      xml.group('cac:FinancialInstitutionBranch', () => xml.value('cbc:ID', bank));
    });
    xml.group('cac:PaymentMandate', () => xml.value('cbc:ID', mandate));
  });
}

function writeCategory(
  xml: XmlText,
  name: string,
  tax: ETaxCategory | undefined,
  reason?: Pick<ETaxBreakdown, 'reason' | 'reasonCode'>,
): void {
  if (tax?.code === undefined) return;
  xml.group(name, () => {
    xml.value('cbc:ID', tax.code);
    xml.value('cbc:Percent', said(tax.percent));
    xml.value('cbc:TaxExemptionReasonCode', reason?.reasonCode);
    xml.value('cbc:TaxExemptionReason', reason?.reason);
    xml.group('cac:TaxScheme', () => xml.value('cbc:ID', 'VAT'));
  });
}

function writeBreakdown(xml: XmlText, part: ETaxBreakdown): void {
  xml.group('cac:TaxSubtotal', () => {
    writeAmount(xml, 'cbc:TaxableAmount', part.base);
    writeAmount(xml, 'cbc:TaxAmount', part.tax);
    writeCategory(xml, 'cac:TaxCategory', part.category, part);
  });
}

function writeAllowance(xml: XmlText, one: EAllowance): void {
  xml.group('cac:AllowanceCharge', () => {
    xml.value('cbc:ChargeIndicator', String(one.isCharge));
    xml.value('cbc:AllowanceChargeReasonCode', one.reasonCode);
    xml.value('cbc:AllowanceChargeReason', one.reason);
    xml.value('cbc:MultiplierFactorNumeric', said(one.percent));
    writeAmount(xml, 'cbc:Amount', one.amount);
    writeAmount(xml, 'cbc:BaseAmount', one.base);
    writeCategory(xml, 'cac:TaxCategory', one.tax);
  });
}

function writeLine(xml: XmlText, line: ELine, isInvoice: boolean): void {
  xml.group(isInvoice ? 'cac:InvoiceLine' : 'cac:CreditNoteLine', () => {
    xml.value('cbc:ID', line.id);
    xml.value('cbc:Note', line.note);
    xml.value(isInvoice ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity', said(line.quantity), { unitCode: line.unit });
    writeAmount(xml, 'cbc:LineExtensionAmount', line.net);
    writePeriod(xml, line.period);
    for (const one of line.allowances) writeAllowance(xml, one);
    xml.group('cac:Item', () => {
      xml.value('cbc:Description', line.description);
      xml.value('cbc:Name', line.name);
      writeCategory(xml, 'cac:ClassifiedTaxCategory', line.tax);
    });
    xml.group('cac:Price', () => {
      writeAmount(xml, 'cbc:PriceAmount', line.price);
      xml.value('cbc:BaseQuantity', said(line.baseQuantity), { unitCode: line.baseUnit });
      if (line.grossPrice !== undefined || line.priceDiscount !== undefined)
        xml.group('cac:AllowanceCharge', () => {
          xml.value('cbc:ChargeIndicator', 'false');
          writeAmount(xml, 'cbc:Amount', line.priceDiscount);
          writeAmount(xml, 'cbc:BaseAmount', line.grossPrice);
        });
    });
  });
}
