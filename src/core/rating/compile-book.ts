import { type Agreement, type AgreementService, legRoles, type Side } from '../agreements/agreements.ts';
import { MAX_MATCHES, PrefixTable, type PrefixTableParts } from '../numbering/prefix-table.ts';
import type { Refusal, Result } from '../refusals.ts';
import type { Book } from '../tariffs/book.ts';
import { compileTariff } from '../tariffs/compile-tariff.ts';
import type { CompiledTariff } from '../tariffs/compiled-tariff.ts';
import { BandClock } from '../time/band-clock.ts';
import { DayClock } from '../time/day-clock.ts';
import type { Service } from '../usage/usage-event.ts';

/** What a worker thread needs to rate: structured-clonable, the large tables on shared memory. */
export interface SharedBook {
  /** The book; its tariffs without rates. */
  readonly book: Book;
  readonly tariffs: readonly CompiledTariff[];
  readonly jurisdictions: Jurisdictions | undefined;
}

/** NPA and NPA-NXX prefixes (with the leading 1) to the index of a state or province. */
export interface Jurisdictions {
  readonly prefixes: PrefixTableParts;
  readonly states: readonly string[];
}

/** A book ready for rateEvent. Holds caches: one for each thread. */
export interface CompiledBook {
  readonly shared: SharedBook;
  readonly trunks: ReadonlyMap<string, CompiledTrunk>;
  readonly jurisdictions: { readonly table: PrefixTable; readonly states: readonly string[] } | undefined;
  /** Scratch for prefix look-ups: the groups of a number's prefixes. */
  readonly scratch: Int32Array;
}

export interface CompiledTrunk {
  readonly id: string;
  readonly account: string | undefined;
  /** Priced services of the trunk's account (or its one agreement), by service and side. */
  readonly terms: ReadonlyMap<string, readonly Terms[]>;
}

/** One service of one agreement version with its compiled tariff: all that prices a leg. */
export interface Terms {
  readonly agreement: Agreement;
  readonly service: AgreementService;
  readonly side: Side;
  /** Later versions of the agreement: while one of them is valid, this one is not in force. */
  readonly laterVersions: readonly Agreement[];
  readonly tariff: CompiledTariff;
  readonly prefixes: PrefixTable;
  readonly originSets: readonly PrefixTable[];
  readonly days: DayClock;
  readonly bands: BandClock | undefined;
}

export function termsKey(service: Service, side: Side): string {
  return `${service}/${side}`;
}

/** Compiles every tariff of the book. Refused with all faults of all tariffs. */
export function compileBook(book: Book, options: { readonly jurisdictions?: Jurisdictions } = {}): Result<CompiledBook> {
  const refusals: Refusal[] = [];
  const tariffs: CompiledTariff[] = [];
  for (const tariff of book.tariffs) {
    const split = book.agreements.some(
      ({ bands, services }) => bands === 'split' && services.some((service) => service.tariff === tariff.id),
    );
    const compiled = compileTariff(tariff, { ...book, split });
    if (compiled.ok) tariffs.push(compiled.value);
    else refusals.push(...compiled.refusals);
  }
  if (refusals.length > 0) return { ok: false, refusals };
  const slim: Book = { ...book, tariffs: book.tariffs.map((tariff) => ({ ...tariff, rates: [] })), codeDecks: [] };
  return { ok: true, value: openSharedBook({ book: slim, tariffs, jurisdictions: options.jurisdictions }) };
}

/** Makes a compiled book of what another thread compiled. */
export function openSharedBook(shared: SharedBook): CompiledBook {
  const { book, jurisdictions } = shared;
  const tariffs = new Map(shared.tariffs.map((tariff) => [tariff.tariff.id, tariff]));
  const termsByAccount = new Map<string, Terms[]>();
  for (const agreement of book.agreements) {
    const terms = agreement.services.flatMap((service) => openTerms(book, agreement, service, tariffs.get(service.tariff)));
    termsByAccount.set(agreement.account, [...(termsByAccount.get(agreement.account) ?? []), ...terms]);
  }
  const trunks = book.trunks.map((trunk): [string, CompiledTrunk] => {
    const all = trunk.account === undefined ? [] : (termsByAccount.get(trunk.account) ?? []);
    const terms = all.filter(({ agreement }) => trunk.agreement === undefined || agreement.id === trunk.agreement);
    return [
      trunk.id,
      { id: trunk.id, account: trunk.account, terms: Map.groupBy(terms, ({ service, side }) => termsKey(service.service, side)) },
    ];
  });
  return {
    shared,
    trunks: new Map(trunks),
    jurisdictions: jurisdictions && { table: new PrefixTable(jurisdictions.prefixes), states: jurisdictions.states },
    scratch: new Int32Array(MAX_MATCHES),
  };
}

function openTerms(book: Book, agreement: Agreement, service: AgreementService, tariff: CompiledTariff | undefined): readonly Terms[] {
  if (tariff === undefined) return [];
  const { timeBands } = tariff;
  const calendar = book.calendars.find(({ id }) => id === timeBands?.calendar);
  return [
    {
      agreement,
      service,
      side: legRoles[service.role],
      laterVersions: book.agreements.filter(({ id, validFrom }) => id === agreement.id && validFrom > agreement.validFrom),
      tariff,
      prefixes: new PrefixTable(tariff.prefixes),
      originSets: tariff.originSets.map((parts) => new PrefixTable(parts)),
      days: new DayClock(agreement.zone),
      bands: timeBands && new BandClock(timeBands, calendar, agreement.zone),
    },
  ];
}
