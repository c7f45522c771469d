/** Open documents and payers, found by what a payment says: built once for a file of any size. */
import { accountKey } from '../parties/bank-account.ts';
import { byAge } from './allocation.ts';
import {
  bareName,
  figuresOf,
  isTelling,
  plainOf,
  type Said,
  SHORTEST_CUT,
  SHORTEST_INSIDE,
  sameBareName,
  standsAlone,
} from './match-texts.ts';
import { carryingShare, type OpenBalance, type Part } from './settle.ts';

/** An open document that a payment may be for; above zero what we are owed. */
export interface OpenDocument extends OpenBalance {
  readonly account: string;
}

export interface Payer {
  readonly party: string;
  readonly name: string;
  /** IBANs and numbers of its bank accounts. */
  readonly bankAccounts: readonly string[];
  /** Billing accounts, with their currencies. */
  readonly accounts: readonly { readonly id: string; readonly currency: string }[];
}

/** What is open, lessened as payments settle it: what one payment takes is not open for the next. */
export class OpenDocuments {
  readonly #documents: (OpenDocument | undefined)[];
  readonly #places = new Map<string, number>();
  readonly #byNumber = new Map<string, number[]>();
  readonly #byFigures = new Map<string, number[]>();
  readonly #byAmount = new Map<string, Set<number>>();
  readonly #byAccount = new Map<string, number[]>();
  /** Keys of an account's documents, the oldest last. */
  readonly #byAge = new Map<string, string[]>();
  /** Lengths of the numbers that are long enough to be found inside a text. */
  readonly #lengths = new Set<number>();

  constructor(documents: readonly OpenDocument[]) {
    this.#documents = [...documents];
    for (const [place, document] of documents.entries()) {
      this.#places.set(keyOf(document), place);
      const plain = plainOf(document.document);
      if (isTelling(plain)) {
        add(this.#byNumber, plain, place);
        if (plain.length >= SHORTEST_INSIDE) this.#lengths.add(plain.length);
        const figures = figuresOf(plain);
        if (figures !== undefined) add(this.#byFigures, figures, place);
      }
      add(this.#byAccount, JSON.stringify([document.account, document.currency]), place);
      this.#enter(document, place);
    }
  }

  /** Documents whose number is in one of the texts, as people write it: with other or no signs, but not inside another number. */
  named(texts: readonly Said[]): readonly OpenDocument[] {
    const places = new Set<number>();
    const take = (plain: string): void => {
      for (const place of this.#byNumber.get(plain) ?? []) places.add(place);
    };
    for (const { tokens, plain } of texts) {
      for (const token of tokens) take(token);
      for (const length of this.#lengths) {
        for (let at = 0; at + length <= plain.length; at++) {
          const part = plain.slice(at, at + length);
          if (this.#byNumber.has(part) && standsAlone(plain, at, length)) take(part);
        }
      }
    }
    return this.#at([...places].toSorted((a, b) => a - b));
  }

  /** Documents of whose number the texts have the digits as a word, without its letters: `invoice 2026/000017` for `INV-2026-000017`. */
  alike(texts: readonly Said[]): readonly OpenDocument[] {
    const places = new Set<number>();
    for (const { tokens } of texts) {
      for (const token of tokens) for (const place of this.#byFigures.get(/\d+$/.exec(token)?.[0] ?? '') ?? []) places.add(place);
    }
    return this.#at([...places].toSorted((a, b) => a - b));
  }

  /** At most so many of which exactly the amount is open; of one billing account, or of any. */
  ofAmount(currency: string, nanos: bigint, most: number, account?: string): readonly OpenDocument[] {
    const places = this.#byAmount.get(amountKey(currency, nanos, account));
    return places === undefined ? [] : this.#at([...places.values().take(most)]);
  }

  /** Those of these numbers on a billing account, in a currency. */
  numbered(account: string, currency: string, numbers: readonly string[]): readonly OpenDocument[] {
    return this.#at(numbers.flatMap((document) => this.#places.get(placeKey(account, document, currency)) ?? []));
  }

  /** All of a billing account in a currency. */
  ofAccount(account: string, currency: string): readonly OpenDocument[] {
    return this.#at(this.#byAccount.get(JSON.stringify([account, currency])) ?? []);
  }

  /** As many of the oldest of a billing account as an amount reaches. */
  oldest(account: string, currency: string, nanos: bigint): readonly OpenDocument[] {
    const key = JSON.stringify([account, currency]);
    const places =
      this.#byAge.get(key) ??
      this.#at(this.#byAccount.get(key) ?? [])
        .toSorted((a, b) => -byAge(a, b))
        .map(keyOf);
    this.#byAge.set(key, places);
    const found: OpenDocument[] = [];
    let left = nanos;
    for (let last = places.length - 1; last >= 0 && left > 0n; last--) {
      const [document] = this.#at([this.#places.get(places[last] ?? '') ?? -1]);
      if (document !== undefined) found.push(document);
      else if (last === places.length - 1) places.pop(); // settled, and the oldest: it need not be passed again
      left -= document?.openNanos ?? 0n;
    }
    return found;
  }

  /** What the parts take is open no more. */
  lessen(parts: readonly Part[], entityCurrency: string): void {
    for (const { balance, nanos } of parts) {
      const place = this.#places.get(keyOf(balance));
      const document = place === undefined ? undefined : this.#documents[place];
      if (place === undefined || document === undefined) continue;
      for (const key of amountKeys(document)) this.#byAmount.get(key)?.delete(place);
      const openNanos = document.openNanos - nanos;
      const openEntityNanos = document.openEntityNanos - carryingShare(document, nanos, entityCurrency);
      const rest = openNanos === 0n ? undefined : { ...document, openNanos, openEntityNanos };
      this.#documents[place] = rest;
      if (rest !== undefined) this.#enter(rest, place);
    }
  }

  #enter(document: OpenDocument, place: number): void {
    for (const key of amountKeys(document)) {
      const places = this.#byAmount.get(key);
      if (places === undefined) this.#byAmount.set(key, new Set([place]));
      else places.add(place);
    }
  }

  #at(places: readonly number[]): readonly OpenDocument[] {
    return places.map((place) => this.#documents[place]).filter((document) => document !== undefined);
  }
}

/** Who pays: by bank account, name and billing account. */
export class Payers {
  readonly #byBankAccount = new Map<string, Payer[]>();
  readonly #byName = new Map<string, { readonly bare: string; readonly payer: Payer }[]>();
  readonly #byAccount = new Map<string, Payer>();

  constructor(payers: readonly Payer[]) {
    for (const payer of payers) {
      for (const key of new Set(payer.bankAccounts.map(accountKey))) add(this.#byBankAccount, key, payer);
      const bare = bareName(payer.name);
      if (bare !== '') add(this.#byName, bare.slice(0, SHORTEST_CUT), { bare, payer });
      for (const { id } of payer.accounts) this.#byAccount.set(id, payer);
    }
  }

  ofBankAccount(account: string | undefined): readonly Payer[] {
    return account === undefined ? [] : (this.#byBankAccount.get(accountKey(account)) ?? []);
  }

  /** Called so, without legal form, accents and signs; also where the bank cut the name. */
  called(name: string | undefined): readonly Payer[] {
    if (name === undefined) return [];
    const asked = bareName(name);
    const alike = this.#byName.get(asked.slice(0, SHORTEST_CUT)) ?? [];
    return alike.flatMap(({ bare, payer }) => (sameBareName(bare, asked) ? [payer] : []));
  }

  ofAccount(account: string): Payer | undefined {
    return this.#byAccount.get(account);
  }
}

function keyOf({ account, document, currency }: OpenBalance): string {
  return placeKey(account ?? '', document, currency);
}

function placeKey(account: string, document: string, currency: string): string {
  return JSON.stringify([account, document, currency]);
}

function amountKeys({ account, currency, openNanos }: OpenDocument): readonly string[] {
  return [amountKey(currency, openNanos), amountKey(currency, openNanos, account)];
}

function amountKey(currency: string, nanos: bigint, account = ''): string {
  return `${currency}|${nanos}|${account}`;
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
