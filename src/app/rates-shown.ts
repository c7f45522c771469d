/** Rates in force, the history of a code, and the imports, for people and programs to look at. */
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { CodeDeck } from '#core/tariffs/tariff.ts';
import { hasExactMidnight, parseInstant, startOfLocalDay } from '#core/time/zoned.ts';
import { askDeck, type DeckAnswer } from '#operations/rates/deck-answer.ts';
import { findTarget, type RateTarget, type TargetQuestion } from '#operations/rates/find-target.ts';
import type { ImportRecord } from '#operations/rates/rate-store.ts';
import type { Database } from '#storage/database.ts';
import { type FoundRates, findRates, type HistoricRate, rateHistory } from '#storage/rates/find-rates.ts';
import { selectImports } from '#storage/rates/imports.ts';
import { rateStore } from '#storage/rates/rate-store.ts';

export type { DeckAnswer } from '#operations/rates/deck-answer.ts';

export interface ShowQuestion extends TargetQuestion {
  readonly code?: string;
  /** `2026-11-01` or an instant; now unless given. */
  readonly at?: string;
  /** An instant; now unless given. */
  readonly asKnownAt?: string;
  readonly limit: number;
}

export interface ShownRates extends FoundRates {
  readonly target: RateTarget;
  readonly atMicros: number;
  /** What the tariff's code deck says of the code asked for; undefined without a code or deck. */
  readonly deck: DeckAnswer | undefined;
}

/** The rates of an agreement's service in force at a time. Throws RefusedError for an agreement, code or time that is none. */
export async function showRates(database: Database, question: ShowQuestion, nowMicros: number): Promise<ShownRates> {
  checkCode(question.code);
  const { target, decks } = await targetOf(database, question, nowMicros);
  const deck = question.code === undefined ? undefined : askDeck(deckOf(target, decks), question.code);
  const atMicros = question.at === undefined ? nowMicros : momentOf(question.at, target.agreement.zone, 'at');
  const knownAtMicros = question.asKnownAt === undefined ? undefined : momentOf(question.asKnownAt, target.agreement.zone, 'as-known-at');
  const found = await findRates(database.pool, {
    tariff: target.tariff.id,
    ...(question.code === undefined ? {} : { code: question.code }),
    ...(deck === undefined ? {} : { destinations: deck.destinations }),
    atMicros,
    ...(knownAtMicros === undefined ? {} : { knownAtMicros }),
    limit: question.limit,
  });
  return { ...found, target, atMicros, deck };
}

export interface ShownHistory {
  readonly target: RateTarget;
  readonly code: string;
  readonly deck: DeckAnswer | undefined;
  readonly rates: readonly HistoricRate[];
}

/** All that was ever known of one code, also of the destination that the tariff's deck of today has for it. */
export async function showHistory(database: Database, code: string, question: TargetQuestion, nowMicros: number): Promise<ShownHistory> {
  checkCode(code);
  const { target, decks } = await targetOf(database, question, nowMicros);
  const deck = askDeck(deckOf(target, decks), code);
  return { target, code, deck, rates: await rateHistory(database.pool, target.tariff.id, code, deck?.found?.destination) };
}

/** All imports, the latest first; those of one agreement when it is given. */
export async function showImports(database: Database, agreement?: string): Promise<readonly ImportRecord[]> {
  return agreement === undefined ? selectImports(database.pool) : selectImports(database.pool, 'agreement = $1', [agreement]);
}

async function targetOf(
  database: Database,
  question: TargetQuestion,
  nowMicros: number,
): Promise<{ readonly target: RateTarget; readonly decks: readonly CodeDeck[] }> {
  const book = await database.transaction((client) => rateStore(client).book());
  return { target: valueOrThrow(findTarget(book, question, nowMicros)), decks: book.codeDecks };
}

function deckOf({ tariff }: RateTarget, decks: readonly CodeDeck[]): CodeDeck | undefined {
  return decks.find(({ id }) => id === tariff.codeDeck);
}

function checkCode(code: string | undefined): void {
  if (code === undefined || /^\d{1,32}$/.test(code)) return;
  throw new RefusedError(refuse('rate-sheet.option', 'a code is digits', { field: 'code', value: code }));
}

function momentOf(text: string, zone: string, field: string): number {
  const moment = hasExactMidnight(text) ? startOfLocalDay(zone, text) : parseInstant(text);
  if (moment === undefined) {
    throw new RefusedError(
      refuse('rate-sheet.option', 'expected a date such as 2026-11-01 or an instant such as 2026-11-01T00:00:00Z', { field, value: text }),
    );
  }
  return moment;
}
