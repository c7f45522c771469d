/** `carillon partner-invoice import` and `enter`: a partner's invoice into the database, with its figures for reconciling. */
import type pg from 'pg';
import type { Side } from '#core/agreements/agreements.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type PartnerInvoice, partnerDocumentKinds } from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { DeclaredLine } from '#core/settlement/reconciliation/declared.ts';
import type { Period } from '#core/time/period.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import { receiveInvoice } from '#operations/partner-invoices/receive.ts';
import type { KeptFile, Recorded } from '#operations/reconciliation/ports.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import type { Database } from '#storage/database.ts';
import { partnerInvoiceBooksOn } from '#storage/partner-invoices/partner-invoice-books.ts';
import { declarationStoreOn } from '#storage/reconciliation/declaration-store.ts';
import { selectAllTerms } from '#storage/settlement/agreement-terms.ts';
import { typedLine } from '../reconciliation/declarations.ts';
import { readingFor } from '../reconciliation/mapping.ts';
import { type DraftedInvoice, draftOf, type GivenInvoice, type SaidInvoice } from './draft.ts';
import { readInvoiceFile, type SheetOptions } from './read-file.ts';

export interface ImportInvoice extends GivenInvoice, Omit<SheetOptions, 'reading' | 'currency' | 'service' | 'period'> {
  readonly file: string;
  /** Local day on which it came. */
  readonly day: string;
  readonly recorded: Recorded;
  readonly dryRun: boolean;
  /** Only agreements of this party are known: it sends the file itself. */
  readonly ofParty?: string;
}

/** Of what a file is to be read as; a UBL file says it itself, and has no columns. */
function sideOf({ kind }: GivenInvoice): Side {
  return partnerDocumentKinds[kind ?? 'invoice'].side;
}

export interface ImportedInvoice {
  /** Undefined in a dry run. */
  readonly id?: bigint;
  readonly isNew: boolean;
  readonly invoice: PartnerInvoice;
  readonly columns: readonly (readonly [header: string, field: string])[];
}

/** Throws RefusedError with what the file has wrong, by row; and what receiveInvoice refuses. */
export async function importInvoice(database: Database, command: ImportInvoice): Promise<ImportedInvoice> {
  checkDays(command);
  const { terms, reading } = await database.transaction(async (client) => ({
    terms: ofParty(await selectAllTerms(client), command.ofParty),
    reading:
      command.agreement === undefined ? { columns: [] } : await readingFor(client, command.agreement, sideOf(command), command.service),
  }));
  const version = command.agreement === undefined ? undefined : terms.get(command.agreement)?.known.at(-1);
  const currency = (command.currency ?? version?.currency ?? 'EUR').toUpperCase();
  const { said, file, columns } = await readInvoiceFile(command.file, { ...command, reading, currency });
  const drafted = draftOf(said, command, terms);
  if (command.dryRun) return { isNew: true, invoice: drafted.invoice, columns };
  const received = await database.transaction((client) =>
    record(client, terms, drafted, { ...command, source: said.source, file, columns }),
  );
  return { ...received, invoice: drafted.invoice, columns };
}

/** Agreements whose account is the party's now. */
function ofParty(terms: ReadonlyMap<string, AgreementTerms>, party: string | undefined): ReadonlyMap<string, AgreementTerms> {
  if (party === undefined) return terms;
  return new Map(
    [...terms].filter(([, { known, accounts }]) => {
      const account = known.at(-1)?.account;
      return account !== undefined && accounts.get(account)?.party === party;
    }),
  );
}

export interface EnterInvoice extends GivenInvoice {
  /** `Voice to Germany amount=500.00 minutes=41000`, and where lines differ `agreement=… period=2026-10 service=sms`. */
  readonly lines: readonly string[];
  readonly day: string;
  readonly recorded: Recorded;
}

/** Typed in. Throws RefusedError (`declaration.option`, and what receiveInvoice refuses). */
export async function enterInvoice(database: Database, command: EnterInvoice): Promise<ImportedInvoice> {
  checkDays(command);
  const terms = await database.transaction((client) => selectAllTerms(client));
  const said: SaidInvoice = {
    source: 'typed in',
    lines: command.lines.map((text, at) => saidLine(text, at + 1, command)),
    step: { quantity: 10_000n, amountNanos: 10_000_000n },
  };
  const drafted = draftOf(said, command, terms);
  const received = await database.transaction((client) => record(client, terms, drafted, { ...command, source: said.source, columns: [] }));
  return { ...received, invoice: drafted.invoice, columns: [] };
}

const ANY: Period = { from: '1970-01-01', to: '2170-01-01' };

function saidLine(text: string, row: number, { service, period }: EnterInvoice): SaidInvoice['lines'][number] {
  const about = new Map<string, string>();
  const rest = text
    .trim()
    .split(/\s+/)
    .filter((word) => {
      const match = /^(agreement|service|period)=(\S+)$/.exec(word);
      if (match !== null) about.set(match[1] ?? '', match[2] ?? '');
      return match === null;
    })
    .join(' ');
  const figures = typedLine(rest, row, (about.get('service') ?? service ?? 'voice') === 'voice', period ?? ANY);
  if (figures.amountNanos === undefined)
    throw new RefusedError(
      refuse('declaration.option', 'a line of an invoice has an amount: amount=500.00', { field: 'line', value: text.slice(0, 120) }),
    );
  const [agreement, named, label] = [about.get('agreement'), about.get('service'), about.get('period')];
  return {
    ...{ description: figures.destination === '' ? `Line ${row}` : figures.destination, netNanos: figures.amountNanos, figures },
    ...(agreement === undefined ? {} : { agreement }),
    ...(named === undefined ? {} : { service: named }),
    ...(label === undefined ? {} : { period: label }),
  };
}

interface From {
  readonly source: string;
  readonly file?: KeptFile;
  readonly day: string;
  readonly recorded: Recorded;
  readonly columns: readonly (readonly [header: string, field: string])[];
}

/** With the figures of each agreement, stretch of days and service as a declaration, so that they are reconciled like any others. */
async function record(
  client: pg.PoolClient,
  terms: ReadonlyMap<string, AgreementTerms>,
  { invoice, figures, step }: DraftedInvoice,
  from: From,
): Promise<{ readonly id: bigint; readonly isNew: boolean }> {
  const { source, file, day, recorded, columns } = from;
  const received = await receiveInvoice(partnerInvoiceBooksOn(client), terms, {
    ...{ invoice, source, day, recorded },
    ...(file === undefined ? {} : { file }),
  });
  if (!received.isNew || invoice.kind !== 'invoice') return received;
  const groups = Map.groupBy(
    invoice.lines.map((line, at) => ({ line, figures: figures[at] })),
    ({ line: { agreement, period, service } }) => `${agreement}|${period.from}|${period.to}|${service ?? 'voice'}`,
  );
  const store = declarationStoreOn(client);
  for (const own of groups.values()) {
    const line = own[0]?.line;
    if (line === undefined) continue;
    await store.add({
      ...{ agreement: line.agreement, side: invoice.side, service: line.service ?? 'voice', kind: 'invoice', period: line.period },
      ...{ currency: invoice.currency, document: invoice.number, step, source, columns, recorded },
      lines: own.flatMap(({ figures: each }): DeclaredLine[] => (each === undefined ? [] : [each])),
      ...(file === undefined ? {} : { file }),
    });
  }
  return received;
}

function checkDays({ dated, due, day }: GivenInvoice & { readonly day: string }): void {
  for (const [field, value] of [
    ['issued', dated],
    ['due', due],
    ['dated', day],
  ] as const)
    if (value !== undefined && !isLocalDate(value))
      throw new RefusedError(refuse('statement.instant-malformed', 'not a date', { field, value: value.slice(0, 120) }));
}
