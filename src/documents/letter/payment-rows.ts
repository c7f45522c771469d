import { bankAccountFor } from '#core/parties/bank-account.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity } from '#core/parties/parties.ts';
import { wordsOf } from '../invoice/languages/index.ts';

/** Where a currency is to be paid: name and value; empty where the legal entity has no account for it. */
export function paymentRows(entity: LegalEntity, currency: string, language: DocumentLanguage): readonly (readonly [string, string])[] {
  const to = bankAccountFor(entity.invoicing?.bankAccounts ?? [], currency);
  if (to === undefined) return [];
  const words = wordsOf[language];
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.holder, to.holder ?? entity.name],
    ['IBAN', to.iban?.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1\u00a0')],
    [words.bankAccount, to.accountNumber],
    ['BIC', to.bic],
    [words.bank, to.bank],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
