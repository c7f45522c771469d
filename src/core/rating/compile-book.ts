import { type Agreement, type AgreementService, legRoles, type Side } from '../agreements/agreements.ts';
import type { SharedEnrichment } from '../enrichment/enricher.ts';
import { PrefixTable, type PrefixTableParts } from '../numbering/prefix-table.ts';
import type { Refusal, Result } from '../refusals.ts';
import type { Book } from '../tariffs/book.ts';
import { compileTariff } from '../tariffs/compile-tariff.ts';
import type { CompiledTariff } from '../tariffs/compiled-tariff.ts';
import { BandClock } from '../time/band-clock.ts';
import { DayClock } from '../time/day-clock.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import type { Service } from '../usage/usage-event.ts';

/** What a worker thread needs to rate: structured-clonable, the large tables on shared memory. */
export interface SharedBook {
  /** The book; its tariffs without rates. */
  readonly book: Book;
  readonly tariffs: readonly CompiledTariff[];
  readonly jurisdictions: Jurisdictions | undefined;
  /** What the sources of a run need to be enriched; not needed to rate. */
  readonly enrichment?: SharedEnrichment;
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
}

export interface CompiledTrunk {
  readonly id: string;
  readonly account: string | undefined;
  /** Priced services of the trunk's account (or its one agreement), by side and service. */
  readonly receivable: ReadonlyMap<Service, readonly Terms[]>;
  readonly payable: ReadonlyMap<Service, readonly Terms[]>;
}

/** One service of one agreement version with its compiled tariff: all that prices a leg. */
export interface Terms {
  /** Tells them from the others of the book: counted from 0. */
  readonly number: number;
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
  const clocks = new Clocks(book);
  const termsByAccount = new Map<string, Terms[]>();
  let number = 0;
  for (const agreement of book.agreements) {
    const terms = agreement.services.flatMap((service) =>
      openTerms(book, clocks, agreement, service, tariffs.get(service.tariff), number++),
    );
    termsByAccount.set(agreement.account, [...(termsByAccount.get(agreement.account) ?? []), ...terms]);
  }
  const trunks = book.trunks.map((trunk): [string, CompiledTrunk] => {
    const all = trunk.account === undefined ? [] : (termsByAccount.get(trunk.account) ?? []);
    const terms = all.filter(({ agreement }) => trunk.agreement === undefined || agreement.id === trunk.agreement);
    const bySide = (side: Side): ReadonlyMap<Service, readonly Terms[]> =>
      Map.groupBy(
        terms.filter((each) => each.side === side),
        ({ service }) => service.service,
      );
    return [trunk.id, { id: trunk.id, account: trunk.account, receivable: bySide('receivable'), payable: bySide('payable') }];
  });
  return {
    shared,
    trunks: new Map(trunks),
    jurisdictions: jurisdictions && { table: new PrefixTable(jurisdictions.prefixes), states: jurisdictions.states },
  };
}

function openTerms(
  book: Book,
  clocks: Clocks,
  agreement: Agreement,
  service: AgreementService,
  tariff: CompiledTariff | undefined,
  number: number,
): readonly Terms[] {
  if (tariff === undefined) return [];
  return [
    {
      number,
      agreement,
      service,
      side: legRoles[service.role],
      laterVersions: book.agreements.filter(({ id, validFrom }) => id === agreement.id && validFrom > agreement.validFrom),
      tariff,
      prefixes: new PrefixTable(tariff.prefixes),
      originSets: tariff.originSets.map((parts) => new PrefixTable(parts)),
      days: clocks.days(agreement.zone),
      bands: tariff.timeBands && clocks.bands(tariff.timeBands, agreement.zone),
    },
  ];
}

/** One clock for each zone, and for each band set in a zone, so that their caches are shared. */
class Clocks {
  readonly #book: Book;
  readonly #days = new Map<string, DayClock>();
  readonly #bands = new Map<string, BandClock>();

  constructor(book: Book) {
    this.#book = book;
  }

  days(zone: string): DayClock {
    const clock = this.#days.get(zone) ?? new DayClock(zone);
    this.#days.set(zone, clock);
    return clock;
  }

  bands(set: TimeBandSet, zone: string): BandClock {
    const key = `${set.id}|${zone}`;
    const calendar = this.#book.calendars.find(({ id }) => id === set.calendar);
    const clock = this.#bands.get(key) ?? new BandClock(set, calendar, zone);
    this.#bands.set(key, clock);
    return clock;
  }
}
