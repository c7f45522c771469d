/** Whose a payment is and what it is for: by reference, amount and party, with the evidence; suggestions for the rest. */
import type { OpenBalance } from './settle.ts';

/** What a payment says of itself. */
export interface Remittance {
  readonly amountNanos: bigint;
  readonly currency: string;
  readonly name?: string;
  readonly iban?: string;
  readonly said: readonly string[];
}

export interface Payer {
  readonly party: string;
  readonly name: string;
  /** Without spaces, in capitals. */
  readonly ibans: readonly string[];
  /** Billing accounts, with their currencies. */
  readonly accounts: readonly { readonly id: string; readonly currency: string }[];
}

/** An open document that a payment may be for; above zero what we are owed. */
export interface OpenDocument extends OpenBalance {
  readonly account: string;
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
 * Certain is: the references of documents of one account and the payer does not contradict them; or, without any reference, an amount
 * that is exactly that of one document of the party whose bank account it came from. All else is suggested.
 */
export function matchPayment(payment: Remittance, documents: readonly OpenDocument[], payers: readonly Payer[]): readonly Suggestion[] {
  const byIban = payment.iban === undefined ? [] : payers.filter(({ ibans }) => ibans.includes(payment.iban ?? ''));
  const byName = payers.filter(({ name }) => payment.name !== undefined && sameName(name, payment.name));
  const suggestions = [...byReference(payment, documents, byIban, payers), ...byAmount(payment, documents, byIban, byName)];
  for (const payer of byIban.length > 0 ? byIban : byName) {
    const [account, ...others] = payer.accounts.filter(({ currency }) => currency === payment.currency);
    if (account === undefined || others.length > 0) continue;
    const evidence = [byIban.length > 0 ? `it came from the bank account of ${payer.party}` : `the payer is called like ${payer.party}`];
    suggestions.push({ account: account.id, documents: [], evidence, strength: byIban.length === 1 ? 'likely' : 'possible' });
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

function byReference(
  payment: Remittance,
  documents: readonly OpenDocument[],
  byIban: readonly Payer[],
  payers: readonly Payer[],
): readonly Suggestion[] {
  const texts = payment.said.map((text) => ({ tokens: tokensOf(text), plain: plainOf(text) }));
  const named = documents.filter(({ document }) => isNamed(document, texts));
  return [...Map.groupBy(named, ({ account }) => account)].map(([account, found]): Suggestion => {
    const own = payers.find(({ accounts }) => accounts.some(({ id }) => id === account));
    const stranger = byIban.length > 0 && !byIban.some(({ party }) => party === own?.party);
    const sameCurrency = found.every(({ currency }) => currency === payment.currency);
    const sum = found.reduce((total, { openNanos }) => total + openNanos, 0n);
    const evidence = [`it names ${found.map(({ document }) => document).join(', ')}`];
    if (sameCurrency && sum === payment.amountNanos) evidence.push('the amount is exactly what is open of it');
    else if (sameCurrency)
      evidence.push(sum > payment.amountNanos ? 'the amount is less than what is open' : 'the amount is more than what is open');
    else evidence.push('it is in another currency');
    if (stranger) evidence.push(`but it came from the bank account of ${byIban.map(({ party }) => party).join(', ')}`);
    const isCertain = sameCurrency && !stranger && new Set(named.map((each) => each.account)).size === 1;
    return { account, documents: found.map(({ document }) => document), evidence, strength: isCertain ? 'certain' : 'likely' };
  });
}

function byAmount(
  payment: Remittance,
  documents: readonly OpenDocument[],
  byIban: readonly Payer[],
  byName: readonly Payer[],
): readonly Suggestion[] {
  const exact = documents.filter(({ currency, openNanos }) => currency === payment.currency && openNanos === payment.amountNanos);
  const known = byIban.length > 0 ? byIban : byName;
  const theirs = (document: OpenDocument): boolean => known.some(({ accounts }) => accounts.some(({ id }) => id === document.account));
  const own = exact.filter(theirs);
  const nothingSaid = payment.said.every((text) => !/\d/.test(text));
  return exact
    .filter((document) => known.length === 0 || theirs(document))
    .map((document): Suggestion => {
      const evidence = [`the amount is exactly what is open of ${document.document}`];
      if (theirs(document))
        evidence.push(byIban.length > 0 ? 'it came from the bank account of its party' : 'the payer is called like its party');
      const isCertain = byIban.length === 1 && own.length === 1 && theirs(document) && nothingSaid;
      const isLikely = theirs(document) && own.length === 1;
      return {
        account: document.account,
        documents: [document.document],
        evidence,
        strength: isCertain ? 'certain' : isLikely ? 'likely' : 'possible',
      };
    });
}

interface Said {
  readonly tokens: ReadonlySet<string>;
  readonly plain: string;
}

/** A document is named by its number as people write it: with other or no signs between its parts, but not inside another number. */
function isNamed(document: string, texts: readonly Said[]): boolean {
  const plain = plainOf(document);
  if (plain.length < 3 || !/\d/.test(plain)) return false;
  return texts.some(({ tokens, plain: said }) => tokens.has(plain) || (plain.length >= 6 && standsAlone(said, plain)));
}

/** Each stretch of text between spaces, and any two or three that follow each other, without signs: `INV 2026 17` is `INV202617`. */
function tokensOf(text: string): ReadonlySet<string> {
  const words = text
    .split(/[\s,;]+/)
    .map(plainOf)
    .filter((word) => word !== '');
  const tokens = new Set(words);
  for (let index = 0; index < words.length; index++) {
    tokens.add(words.slice(index, index + 2).join(''));
    tokens.add(words.slice(index, index + 3).join(''));
  }
  return tokens;
}

function standsAlone(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + part.length] ?? ''];
    const clings = (/\d/.test(before) && /\d/.test(part[0] ?? '')) || (/\d/.test(after) && /\d/.test(part.at(-1) ?? ''));
    if (!clings) return true;
  }
  return false;
}

function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const FORMS = /\b(AB|AG|AS|BV|BVBA|CO|CORP|GMBH|INC|KG|LDA|LIMITED|LLC|LLP|LTD|NV|OY|PLC|PTE|PTY|SA|SARL|SAS|SL|SPA|SRL)\b/g;

/** Names without their legal form, signs and accents; one may begin with the other, as banks cut names. */
function sameName(a: string, b: string): boolean {
  const bare = (name: string): string =>
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toUpperCase()
      .replace(/[.,]/g, '')
      .replace(FORMS, '')
      .replace(/[^\p{L}\p{N}]+/gu, '');
  const [left, right] = [bare(a), bare(b)];
  const shorter = Math.min(left.length, right.length);
  return left === right ? left !== '' : shorter >= 8 && (left.startsWith(right) || right.startsWith(left));
}
