/** `carillon dispute`: the use cases wired to the database. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseDecimal } from '#core/money/decimal.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DisputeParty, DisputeStep } from '#core/settlement/disputes/dispute.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { DisputeFile, DisputeSummary } from '#operations/disputes/ports.ts';
import { lockedDispute, makeStep, raiseDispute, summaryOf } from '#operations/disputes/raise-dispute.ts';
import { type SettleDispute, type SettledDispute, settleDispute } from '#operations/disputes/settle-dispute.ts';
import type { Contesting } from '#operations/partner-invoices/contest.ts';
import type { KeptFile, Recorded } from '#operations/reconciliation/ports.ts';
import type { Database } from '#storage/database.ts';
import { daysOfDocument, disputeBooksOn, rerateRunNamed } from '#storage/disputes/dispute-store.ts';
import { exchangeRatesOn } from '#storage/exchange/exchange-rates.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { partnerInvoiceBooksOn } from '#storage/partner-invoices/partner-invoice-books.ts';
import { selectAllTerms } from '#storage/settlement/agreement-terms.ts';
import { issuingBooks } from './invoicing/books.ts';
import { openTaxing, type PeriodHome } from './periods/closing.ts';
import type { UsageHome } from './usage/home.ts';
import { type RerateReport, rerateUsage } from './usage/rerate.ts';

export type { DisputeFile, DisputeSummary } from '#operations/disputes/ports.ts';

export interface RaiseCommand {
  readonly document: string;
  readonly legalEntity?: string;
  readonly party?: string;
  /** Decimal, without tax. */
  readonly amount?: string;
  readonly line?: number;
  readonly reason: string;
  readonly by: DisputeParty;
  readonly day: string;
  readonly respondDays: number;
  /** Files. */
  readonly evidence: readonly string[];
  readonly recorded: Recorded;
}

/** Evidence larger than this is refused: say where it lies instead. */
const MOST_EVIDENCE_BYTES = 64 * 1024 ** 2;

/** Throws RefusedError. The number of the dispute; what is contested of an accepted invoice of theirs is no cost from then on. */
export async function raise(database: Database, command: RaiseCommand): Promise<bigint> {
  const { amount, evidence, ...rest } = command;
  checkDay(command.day);
  const files: KeptFile[] = [];
  for (const path of evidence) files.push(await readEvidence(path));
  const netNanos = amount === undefined ? {} : { netNanos: nanosOf(amount) };
  return database.transaction((client) =>
    raiseDispute(disputeBooksOn(client), { ...rest, ...netNanos, evidence: files }, contestingOn(client)),
  );
}

export interface StepCommand {
  readonly id: string;
  readonly kind: 'offered' | 'accepted' | 'rejected' | 'withdrawn';
  /** Offers: decimal, without tax. */
  readonly amount?: string;
  readonly by: DisputeParty;
  readonly day: string;
  readonly note: string;
  readonly recorded: Recorded;
}

/** Throws RefusedError. */
export async function step(database: Database, command: StepCommand): Promise<DisputeSummary> {
  const { id, kind, by, day, note, recorded, amount } = command;
  checkDay(day);
  const made: DisputeStep = kind === 'offered' ? { kind, by, day, netNanos: nanosOf(amount ?? '') } : { kind, by, day };
  return database.transaction(async (client) =>
    summaryOf(await makeStep(disputeBooksOn(client), id, made, note, recorded, contestingOn(client))),
  );
}

export type SettlingHome = PeriodHome & UsageHome;

/**
 * Throws RefusedError. Document, postings and the last step are one transaction. A re-rating is done first, under the name of the
 * dispute: given again after it was broken off, the command goes on with it, and finds it when it is done.
 */
export async function settle(home: SettlingHome, command: SettleDispute): Promise<SettledDispute & { readonly rerated?: RerateReport }> {
  const { database } = home;
  checkDay(command.day);
  const rerated = command.outcome === 're-rating' && command.result === undefined ? await rerateFor(home, command) : undefined;
  const result = rerated?.run ?? command.result;
  const request = { ...command, ...(result === undefined ? {} : { result }) };
  const { tax } = await openTaxing(home);
  const settled = await database.transaction(async (client) => {
    const terms = await selectAllTerms(client);
    const [shared] = terms.values();
    const contesting = { ...contestingOn(client), terms, tax, rates: exchangeRatesOn(client) };
    return settleDispute(
      disputeBooksOn(client),
      {
        ...{ ...issuingBooks(client), contesting },
        seriesOf: (legalEntity) => shared?.entities.get(legalEntity)?.invoicing?.series,
        paymentTermsDays: (account) => shared?.accounts.get(account)?.paymentTermsDays,
      },
      request,
    );
  });
  return rerated?.report === undefined ? settled : { ...settled, rerated: rerated.report };
}

/** Prices the charges of the document's agreement and days again, once for a dispute. */
async function rerateFor(
  home: SettlingHome,
  { id, recorded }: SettleDispute,
): Promise<{ readonly run?: string; readonly report?: RerateReport }> {
  const { database } = home;
  const { dispute, steps } = await database.transaction((client) => lockedDispute(disputeBooksOn(client), id));
  if (steps.at(-1)?.step.kind !== 'accepted') return {};
  const reference = `Dispute ${id}`;
  const done = await database.transaction((client) => rerateRunNamed(client, reference));
  if (done !== undefined) return { run: done };
  const period = await database.transaction((client) => daysOfDocument(client, dispute));
  if (dispute.agreement === undefined || period === undefined)
    throw new RefusedError(
      refuse('dispute.outcome-impossible', `${dispute.document} is of no agreement and days that could be priced again`, {
        field: 'outcome',
        value: 're-rating',
      }),
    );
  const report = await rerateUsage(
    home,
    {
      ...{ agreement: dispute.agreement, period, nowMicros: recorded.atMicros, unratable: 'keep' },
      book: { why: `${reference}: ${dispute.reason}`.slice(0, 500), by: recorded.by },
    },
    { onWait: () => undefined, onProgress: () => undefined },
  );
  // Another, who did the same meanwhile, has left nothing to do.
  const run = report.run ?? (await database.transaction((client) => rerateRunNamed(client, reference)));
  if (run === undefined)
    throw new RefusedError(
      refuse(
        'dispute.result-missing',
        `priced again, nothing of ${dispute.agreement} from ${period.from} to before ${period.to} is different: correct the rates or load what is missing first`,
      ),
    );
  return { run: String(run), report };
}

export async function list(database: Database): Promise<readonly DisputeSummary[]> {
  return database.transaction(async (client) => (await disputeBooksOn(client).list()).map(summaryOf));
}

/** Throws RefusedError (`dispute.unknown`). */
export async function show(database: Database, id: string): Promise<{ readonly file: DisputeFile; readonly summary: DisputeSummary }> {
  return database.transaction(async (client) => {
    const file = await lockedDispute(disputeBooksOn(client), id);
    return { file, summary: summaryOf(file) };
  });
}

export async function readEvidence(path: string): Promise<KeptFile> {
  const content = await readFile(path).catch((error: unknown) => {
    throw new RefusedError(
      refuse('declaration.option', `the evidence cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        field: 'evidence',
        value: path.slice(0, 120),
      }),
    );
  });
  if (content.length > MOST_EVIDENCE_BYTES)
    throw new RefusedError(
      refuse('declaration.option', 'evidence may have 64 MB: compress it', { field: 'evidence', value: path.slice(0, 120) }),
    );
  return { name: basename(path), sha256: createHash('sha256').update(content).digest('hex'), content };
}

function nanosOf(text: string): bigint {
  const value = parseDecimal(text);
  if (value === undefined || value.scale > 9)
    throw new RefusedError(refuse('dispute.amount', 'not an amount such as 120.50', { field: 'amount', value: text.slice(0, 120) }));
  return value.units * 10n ** BigInt(9 - value.scale);
}

function checkDay(day: string): void {
  if (!isLocalDate(day))
    throw new RefusedError(refuse('statement.instant-malformed', 'not a date', { field: 'on', value: day.slice(0, 120) }));
}

function contestingOn(client: Parameters<typeof disputeBooksOn>[0]): Contesting {
  return { books: partnerInvoiceBooksOn(client), ledger: ledgerBooksOn(client) };
}
