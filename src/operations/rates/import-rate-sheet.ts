import type { Decimal } from '#core/money/decimal.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { checkDifference } from '#core/tariffs/rate-sheets/check-difference.ts';
import { checkSheet, type RatesByKey } from '#core/tariffs/rate-sheets/check-sheet.ts';
import { countChanges, type Difference, difference, largestFirst, type RateChange } from '#core/tariffs/rate-sheets/difference.ts';
import { Findings } from '#core/tariffs/rate-sheets/findings.ts';
import { findHeader, type Header } from '#core/tariffs/rate-sheets/header.ts';
import { readSheet, type SheetRead } from '#core/tariffs/rate-sheets/read-sheet.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import type { SheetContext, SheetRate } from '#core/tariffs/rate-sheets/sheet-rate.ts';
import type { CodeDeck, Rate } from '#core/tariffs/tariff.ts';
import { findTarget, type RateTarget, type TargetQuestion } from './find-target.ts';
import { columnsOf, countIncrements } from './how-it-was-read.ts';
import type { ImportOutcome, ImportReport, ImportSource } from './import-report.ts';
import type { CompileCheck, RateStore } from './rate-store.ts';
import { habitsOf, type ImportMode, mappingOf, type RateTemplate, templateBody } from './rate-template.ts';

export interface ImportRequest extends TargetQuestion {
  readonly sheet: SheetToRead;
  readonly source: ImportSource;
  /** The stored template with what the command line says instead. */
  readonly template: RateTemplate;
  readonly saveTemplate?: string;
  /** Columns of the template that the sheet can do without. */
  readonly mayMiss?: ReadonlySet<string>;
  /** `2026-11-01` */
  readonly effective?: string;
  readonly skipRows?: ReadonlySet<number>;
  readonly maxChangeFactor: Decimal;
  readonly noticeDays: number;
  /** Codes of warnings, with or without `rate-sheet.`; `all` for every one. */
  readonly accept: 'all' | ReadonlySet<string>;
  readonly dryRun: boolean;
  readonly nowMicros: number;
  readonly countryCodeOf: (digits: string) => string | undefined;
}

/** A sheet whose rows are read when they are wanted, and let go when rates are made of them. */
export interface SheetToRead {
  readonly name: string;
  rows(): Promise<readonly SheetRow[]>;
}

/** A full replacement that closes more than this share of the codes in force, of at least so many, is a warning. */
const CLOSES_MOST_OF = 20;

/**
 * Reads a sheet, compares it with what is in force, and activates all of it or nothing. Refused outright: an agreement or service
 * that is not there, a tariff whose rates are kept in files. What the sheet itself has wrong is in the report.
 */
export async function importRateSheet(request: ImportRequest, store: RateStore, compile: CompileCheck): Promise<Result<ImportReport>> {
  const book = await store.book();
  const found = findTarget(book, request, request.nowMicros);
  if (!found.ok) return found;
  const target = found.value;
  if (target.tariff.ratesBy === 'files') {
    const message = `the rates of tariff ${target.tariff.id} are kept in the configuration files: set ratesBy: sheets on it, then apply and import again`;
    return { ok: false, refusals: [refuse('rate-sheet.tariff-by-files', message)] };
  }
  return { ok: true, value: await new SheetImport(request, store, compile, book, target).run() };
}

class SheetImport {
  readonly #request: ImportRequest;
  readonly #store: RateStore;
  readonly #compile: CompileCheck;
  readonly #book: Book;
  readonly #target: RateTarget;
  readonly #findings = new Findings();
  readonly #mode: ImportMode;
  readonly #zone: string;

  constructor(request: ImportRequest, store: RateStore, compile: CompileCheck, book: Book, target: RateTarget) {
    this.#request = request;
    this.#store = store;
    this.#compile = compile;
    this.#book = book;
    this.#target = target;
    this.#mode = request.template.mode ?? 'amendment';
    this.#zone = request.template.zone ?? target.agreement.zone;
  }

  async run(): Promise<ImportReport> {
    const { sheet, source } = this.#request;
    const imports = await this.#store.imports(this.#target.tariff.id);
    if (imports[0]?.sha256 === source.sha256)
      return { ...this.#report('known', undefined, undefined, undefined), importId: imports[0].importId };
    if (imports.some(({ sha256 }) => sha256 === source.sha256)) {
      this.#findings.warn('rate-sheet.imported-before', 'the same file was imported before, and other imports came after it', {
        file: source.fileName,
      });
    }
    const parsed = await this.#read();
    if (parsed === undefined) return this.#report('faults', undefined, undefined, undefined);
    const { header, read } = parsed;
    const inForce = await this.#store.rates(this.#target.tariff.id);
    const byKey = checkSheet(this.#named(read.rates, inForce), sheet.name, this.#request.countryCodeOf, this.#findings);
    const found = this.#compare(byKey, read, inForce);
    const { maxChangeFactor, noticeDays, nowMicros } = this.#request;
    checkDifference(
      found,
      sheet.name,
      { maxChangeFactor, noticeDays, nowMicros, zone: this.#zone, hasRates: inForce.length > 0 },
      this.#findings,
    );
    const added = this.#addedRates(found, inForce);
    if (this.#findings.faultCount === 0) this.#checkCompiles(found, inForce, added);
    return this.#decide(found, added, header, read);
  }

  /** The rates of the sheet; its rows are no longer held when this is done. */
  async #read(): Promise<{ readonly header: Header; readonly read: SheetRead } | undefined> {
    const sheet = { name: this.#request.sheet.name, rows: await this.#request.sheet.rows() };
    const header = findHeader(sheet, mappingOf(this.#request.template.columns), this.#findings, this.#request.mayMiss);
    if (header === undefined) return undefined;
    const read = readSheet(sheet, header, this.#context(), this.#findings);
    if (read.rates.length === 0 && this.#findings.faultCount === 0) {
      this.#findings.fault('rate-sheet.empty', 'no row of the sheet is a rate', { file: sheet.name, line: header.row });
    }
    return { header, read };
  }

  #context(): SheetContext {
    const { tariff, bands } = this.#target;
    const { template, effective, skipRows, countryCodeOf } = this.#request;
    const deck = this.#deck();
    return {
      zone: this.#zone,
      currency: tariff.currency,
      service: tariff.service,
      per: tariff.per,
      bands,
      deckDestinations:
        deck === undefined ? undefined : new Map(deck.codes.map(({ destination }) => [destination.toLowerCase(), destination])),
      countryCodeOf,
      defaults: tariff.defaults ?? {},
      given: { ...habitsOf(template), ...(effective === undefined ? {} : { effective }), ...(skipRows === undefined ? {} : { skipRows }) },
    };
  }

  #deck(): CodeDeck | undefined {
    return this.#book.codeDecks.find(({ id }) => id === this.#target.tariff.codeDeck);
  }

  /** Rates of sheets without destinations get the name in force, else the deck's, else their code. */
  #named(rates: readonly SheetRate[], inForce: readonly Rate[]): readonly SheetRate[] {
    if (rates.every(({ destination }) => destination !== '')) return rates;
    const names = new Map(this.#deck()?.codes.map(({ code, destination }) => [code, destination]));
    for (const { match } of inForce) if (match.code !== undefined) names.set(match.code, match.destination);
    return rates.map((rate) => (rate.destination === '' ? { ...rate, destination: names.get(rate.code ?? '') ?? rate.code ?? '' } : rate));
  }

  #compare(byKey: RatesByKey, read: SheetRead, inForce: readonly Rate[]): Difference {
    const starts = new Set<number>();
    for (const [first] of byKey.values()) if (first !== undefined) starts.add(first.fromMicros);
    const [only, ...others] = starts;
    const closeFromMicros = read.effectiveMicros ?? (others.length === 0 ? only : undefined);
    const found = difference(byKey, inForce, { mode: this.#mode, closeFromMicros: closeFromMicros ?? this.#request.nowMicros });
    const leftOut = found.changes.filter(({ kind, sheetRate }) => kind === 'closed' && sheetRate === undefined);
    if (this.#mode !== 'full' || this.#findings.faultCount > 0) return found;
    if (closeFromMicros === undefined && leftOut.length > 0) {
      const message = `codes in force that the sheet leaves out: ${leftOut.length}. Its rows begin on different days: give --effective for the day on which those end`;
      this.#findings.fault('rate-sheet.closing-date-missing', message, { file: this.#request.sheet.name });
    }
    if (leftOut.length >= CLOSES_MOST_OF && leftOut.length * 2 > inForce.length) {
      this.#findings.warn(
        'rate-sheet.closes-most',
        `${leftOut.length} of ${inForce.length} rates in force are not in the sheet and would be closed`,
        { file: this.#request.sheet.name },
      );
    }
    return found;
  }

  #addedRates(found: Difference, inForce: readonly Rate[]): readonly Rate[] {
    let id = inForce.reduce((most, rate) => Math.max(most, rate.id), 0);
    return found.added.map(({ match, span }) => {
      id += 1;
      return { id, match, terms: span.terms, validFromMicros: span.fromMicros, validToMicros: span.toMicros };
    });
  }

  /** Compiles the tariff as it would be, in a book with nothing else, so that its faults are named before it counts. */
  #checkCompiles(found: Difference, inForce: readonly Rate[], added: readonly Rate[]): void {
    const gone = new Set(found.superseded);
    const tariff = { ...this.#target.tariff, rates: [...inForce.filter((rate) => !gone.has(rate)), ...added] };
    const agreements = this.#book.agreements
      .filter(({ services }) => services.some((service) => service.tariff === tariff.id))
      .map((agreement) => ({ ...agreement, services: agreement.services.filter((service) => service.tariff === tariff.id) }));
    for (const { code, message, at } of this.#compile({ ...this.#book, agreements, tariffs: [tariff] }))
      this.#findings.fault(code, message, at);
  }

  async #decide(found: Difference, added: readonly Rate[], header: Header, read: SheetRead): Promise<ImportReport> {
    const changes = largestFirst(found.changes);
    if (this.#findings.faultCount > 0) return this.#report('faults', header, read, changes);
    const nothing = found.superseded.length === 0 && added.length === 0;
    if (this.#request.dryRun) return this.#report('dry-run', header, read, changes);
    if (!nothing && this.#open().length > 0) return this.#report('warnings', header, read, changes);
    const report = this.#report(nothing ? 'unchanged' : 'activated', header, read, changes);
    const { saveTemplate, source } = this.#request;
    const templateSaved =
      saveTemplate !== undefined && (await this.#store.saveTemplate(saveTemplate, templateBody(saveTemplate, report.template)));
    if (nothing) return { ...report, templateSaved };
    const activated = await this.#store.activate({
      agreement: this.#target.agreement.id,
      tariff: this.#target.tariff.id,
      fileName: source.fileName,
      sha256: source.sha256,
      mode: this.#mode,
      summary: this.#summary(report),
      superseded: found.superseded,
      added,
    });
    return { ...report, ...activated, templateSaved };
  }

  #summary({ counts, rowsRead, skipped, warnings }: ImportReport): Readonly<Record<string, unknown>> {
    const { source } = this.#request;
    return {
      ...counts,
      rows: rowsRead,
      ...(source.sheet === undefined ? {} : { sheet: source.sheet }),
      ...(skipped.length === 0 ? {} : { skippedRows: skipped }),
      ...(warnings.length === 0 ? {} : { accepted: Object.fromEntries(warnings.map(({ code, count }) => [short(code), count])) }),
    };
  }

  #open(): readonly string[] {
    const { accept } = this.#request;
    if (accept === 'all') return [];
    return this.#findings.warnings.map(({ code }) => code).filter((code) => !accept.has(code) && !accept.has(short(code)));
  }

  #report(
    outcome: ImportOutcome,
    header: Header | undefined,
    read: SheetRead | undefined,
    changes: readonly RateChange[] | undefined,
  ): ImportReport {
    const { source, template } = this.#request;
    const shown = changes ?? [];
    return {
      outcome,
      target: this.#target,
      mode: this.#mode,
      zone: this.#zone,
      source,
      header,
      rowsRead: read?.rowsRead ?? 0,
      passedOver: read?.passedOver ?? [],
      skipped: read?.skipped ?? [],
      counts: countChanges(shown),
      increments: this.#target.tariff.service === 'voice' ? countIncrements(read?.rates ?? []) : [],
      changes: shown,
      faults: this.#faults(),
      faultCount: this.#findings.faultCount,
      warnings: this.#findings.warnings,
      open: outcome === 'known' ? [] : this.#open(),
      template: header === undefined ? template : { ...template, columns: columnsOf(header, template.columns) },
      templateSaved: false,
    };
  }

  #faults(): readonly Refusal[] {
    return this.#findings.faults;
  }
}

/** `price-factor` for `rate-sheet.price-factor`. */
export function short(code: string): string {
  return code.replace(/^rate-sheet\./, '');
}
