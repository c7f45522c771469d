/** Electronic invoices as files: ours written and checked, a partner's read. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { UblReader } from '#codecs/ubl/read-ubl.ts';
import { writeUbl } from '#codecs/ubl/write-ubl.ts';
import { checkEInvoice, type EInvoiceFinding, type EInvoiceRules } from '#core/invoicing/einvoice/check-einvoice.ts';
import type { EInvoice } from '#core/invoicing/einvoice/einvoice.ts';
import { type EInvoiceDetails, eInvoiceSide, makeEInvoice } from '#core/invoicing/einvoice/make-einvoice.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { RefusedError, type Result, refuse, valueOrThrow } from '#core/refusals.ts';
import { taxTextsIn } from '#core/tax/wordings.ts';
import { readXml } from '#gateways/xml/read-xml.ts';
import { shippedTax } from '#operations/tax/shipped-rules.ts';

/**
 * An issued document as UBL 2.1 (Peppol BIS Billing 3.0), UTF-8. Nothing that breaks a rule leaves: refused with
 * `einvoice.rule-broken` for each, `einvoice.taxes-not-vat`. Reasons of exemption are in the language, with the law behind them.
 */
export function eInvoiceText(
  invoice: Invoice,
  legalEntity: LegalEntity,
  party: Party,
  details: Omit<EInvoiceDetails, 'reasonOf'> & { readonly language?: string } = {},
): Result<string> {
  const { language = 'en', ...rest } = details;
  const texts = shippedTax();
  const made = makeEInvoice(invoice, eInvoiceSide(legalEntity), eInvoiceSide(party), {
    ...rest,
    reasonOf: (tax) => {
      const said = taxTextsIn(texts, tax, language);
      return said.length === 0 ? undefined : said.join('. ');
    },
  });
  return made.ok ? { ok: true, value: writeUbl(made.value) } : made;
}

/** Characters of a document that is embedded, as PDF in Base64 often is: 48 MB of it. */
const LONGEST_ATTACHMENT = 64 * 1024 ** 2;

/** A partner's UBL file. Throws RefusedError (`xml.…`, `einvoice.form-unknown`, `einvoice.value-broken`, `einvoice.too-large`, `einvoice.file-unreadable`). */
export async function readEInvoice(file: string): Promise<EInvoice> {
  const reader = new UblReader(basename(file));
  try {
    await readXml(basename(file), createReadStream(file, { highWaterMark: 1 << 16 }), reader, {
      longestText: LONGEST_ATTACHMENT,
    });
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new RefusedError(refuse('einvoice.file-unreadable', `the file cannot be read: ${error.message}`, { file }));
  }
  return valueOrThrow(reader.invoice());
}

/** Which rules a file breaks. Throws as `readEInvoice` does. */
export async function checkEInvoiceFile(file: string, rules: EInvoiceRules): Promise<readonly EInvoiceFinding[]> {
  return checkEInvoice(await readEInvoice(file), rules);
}
