/** The checker: an electronic invoice against the rules of EN 16931 and Peppol BIS Billing 3.0, before it leaves or when it comes in. */
import { checkCategories } from './check-categories.ts';
import { checkCodes } from './check-codes.ts';
import { checkDocument } from './check-document.ts';
import { checkPeppol } from './check-peppol.ts';
import { checkTotals } from './check-totals.ts';
import type { EInvoice } from './einvoice.ts';
import type { Check, EInvoiceFinding } from './finding.ts';

export type { EInvoiceFinding } from './finding.ts';

/** `en16931`: the rules of the norm. `peppol`: those, and the ones that Peppol BIS Billing 3.0 adds. */
export type EInvoiceRules = 'en16931' | 'peppol';

/** Every rule that is broken, with the business term and the value. Nothing found: it may leave. */
export function checkEInvoice(invoice: EInvoice, rules: EInvoiceRules = 'peppol'): readonly EInvoiceFinding[] {
  const findings: EInvoiceFinding[] = [];
  const check: Check = (rule, holds, message, field, value) => {
    if (!holds) findings.push({ rule, message, field, ...(value === undefined ? {} : { value: value.slice(0, 120) }) });
  };
  checkDocument(invoice, check);
  checkTotals(invoice, check);
  checkCategories(invoice, check);
  checkCodes(invoice, check);
  if (rules === 'peppol') checkPeppol(invoice, check);
  return findings;
}
