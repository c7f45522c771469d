/** Whose a payment is and what it is for: by reference, amount and party, with the evidence; suggestions for the rest. */
import type { OpenDocument, OpenDocuments, Payer, Payers } from './match-index.ts';
import { saidOf } from './match-texts.ts';

export type { OpenDocument, Payer };

/** What a payment says of itself. */
export interface Remittance {
  readonly amountNanos: bigint;
  readonly currency: string;
  readonly name?: string;
  readonly iban?: string;
  readonly said: readonly string[];
}

export interface Suggestion {
  readonly account: string;
  /** Empty: only the account is known. */
  readonly documents: readonly string[];
  /** Sentences: why. */
  readonly evidence: readonly string[];
  /** `certain` is booked by itself; the others wait for a person, the likelier first. */
  readonly strength: 'certain' | 'likely' | 'possible';
}

/** At most so many suggestions. */
const MOST = 5;

/**
 * Certain is: the references of documents of one account and the payer does not contradict them (their digits alone, where the payer's bank
 * account is known); or, without any reference, an amount
 * that is exactly that of one document of the party whose bank account it came from. All else is suggested.
 */
export function matchPayment(payment: Remittance, documents: OpenDocuments, payers: Payers): readonly Suggestion[] {
  const byBank = payers.ofBankAccount(payment.iban);
  const byName = payers.called(payment.name);
  const suggestions = [...byReference(payment, documents, byBank, payers), ...byAmount(payment, documents, byBank, byName)];
  for (const payer of byBank.length > 0 ? byBank : byName) {
    const [account, ...others] = payer.accounts.filter(({ currency }) => currency === payment.currency);
    if (account === undefined || others.length > 0) continue;
    const evidence = [byBank.length > 0 ? `it came from the bank account of ${payer.party}` : `the payer is called like ${payer.party}`];
    suggestions.push({ account: account.id, documents: [], evidence, strength: byBank.length === 1 ? 'likely' : 'possible' });
  }
  const order = { certain: 0, likely: 1, possible: 2 };
  const seen = new Set<string>();
  return suggestions
    .toSorted((a, b) => order[a.strength] - order[b.strength])
    .filter(({ account, documents: named }) => {
      const key = JSON.stringify([account, named]);
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MOST);
}

function byReference(payment: Remittance, documents: OpenDocuments, byBank: readonly Payer[], payers: Payers): readonly Suggestion[] {
  const texts = payment.said.map(saidOf);
  const exactly = documents.named(texts);
  // Digits alone are only believed of somebody whose bank account is known.
  const named = exactly.length > 0 ? exactly : documents.alike(texts);
  const groups = Map.groupBy(named, ({ account }) => account);
  return [...groups].map(([account, found]): Suggestion => {
    const own = payers.ofAccount(account);
    const stranger = byBank.length > 0 && !byBank.some(({ party }) => party === own?.party);
    const sameCurrency = found.every(({ currency }) => currency === payment.currency);
    const sum = found.reduce((total, { openNanos }) => total + openNanos, 0n);
    const evidence = [`it names ${found.map(({ document }) => document).join(', ')}`];
    if (sameCurrency && sum === payment.amountNanos) evidence.push('the amount is exactly what is open of it');
    else if (sameCurrency)
      evidence.push(sum > payment.amountNanos ? 'the amount is less than what is open' : 'the amount is more than what is open');
    else evidence.push('it is in another currency');
    if (stranger) evidence.push(`but it came from the bank account of ${byBank.map(({ party }) => party).join(', ')}`);
    const isKnown = exactly.length > 0 || (byBank.length === 1 && byBank[0]?.party === own?.party);
    const isCertain = sameCurrency && !stranger && isKnown && groups.size === 1;
    return { account, documents: found.map(({ document }) => document), evidence, strength: isCertain ? 'certain' : 'likely' };
  });
}

/** Documents of exactly the amount: of the parties that are known, else of anybody. */
function byAmount(
  payment: Remittance,
  documents: OpenDocuments,
  byBank: readonly Payer[],
  byName: readonly Payer[],
): readonly Suggestion[] {
  const { currency, amountNanos } = payment;
  const known = byBank.length > 0 ? byBank : byName;
  const accounts = known.flatMap((payer) => payer.accounts.map(({ id }) => id));
  const own = accounts.flatMap((account) => documents.ofAmount(currency, amountNanos, MOST, account));
  const exact = known.length > 0 ? own : documents.ofAmount(currency, amountNanos, MOST);
  const nothingSaid = payment.said.every((text) => !/\d/.test(text));
  return exact.map(({ account, document }): Suggestion => {
    const evidence = [`the amount is exactly what is open of ${document}`];
    if (known.length > 0)
      evidence.push(byBank.length > 0 ? 'it came from the bank account of its party' : 'the payer is called like its party');
    const isCertain = byBank.length === 1 && own.length === 1 && nothingSaid;
    return { account, documents: [document], evidence, strength: isCertain ? 'certain' : own.length === 1 ? 'likely' : 'possible' };
  });
}
