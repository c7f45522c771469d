/** A bank account, ours or a party's: where money is to be paid, and where payments come from. It has an IBAN or a number. */
export interface BankAccount {
  readonly iban?: string;
  /** Where there is no IBAN, as people write it. */
  readonly accountNumber?: string;
  /** The bank in a national clearing system: `USABA 021000021` (ISO 20022, ExternalClearingSystemIdentification). */
  readonly clearing?: string;
  readonly bic?: string;
  /** Name of the bank. */
  readonly bank?: string;
  /** In whose name, where not the party's or legal entity's. */
  readonly holder?: string;
  /** Payments in this currency go here; without it those in any other. */
  readonly currency?: string;
}

/** What tells an account from others: its IBAN or number in capitals, without spaces and signs. */
export function accountKey(account: string): string {
  return account.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** System and member of `USABA 021000021`; undefined when it is not written so. */
export function readClearing(text: string): { readonly system: string; readonly member: string } | undefined {
  const match = /^([A-Z]{5}) ?([A-Z0-9]{1,28})$/.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { system: match[1], member: match[2] };
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
