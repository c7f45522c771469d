/** Where a party is paid. */
export interface BankAccount {
  /** Or the account's number, where there is no IBAN. */
  readonly iban: string;
  readonly bic?: string;
  /** In whose name, where not the party's. */
  readonly holder?: string;
  /** Payments in this currency go here; without it those in any other. */
  readonly currency?: string;
}

/** The one for a currency: its own before one for all. */
export function bankAccountFor<T extends { readonly currency?: string }>(accounts: readonly T[], currency: string): T | undefined {
  return accounts.find((account) => account.currency === currency) ?? accounts.find((account) => account.currency === undefined);
}

/** Without spaces, in capitals; undefined when the check digits (ISO 13616, modulo 97) are wrong. */
export function readIban(text: string): string | undefined {
  const plain = text.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return undefined;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    for (const digit of /\d/.test(character) ? character : String(character.charCodeAt(0) - 55)) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1 ? plain : undefined;
}
