/** Drafts: written by hand, listed, issued, discarded. */
import { draftInvoice } from '#core/invoicing/draft-invoice.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { TaxableLine } from '#core/tax/tax.ts';
import { taxPartyOf, taxPartyOfEntity } from '#core/tax/tax-party.ts';
import { type IssuedInvoice, issueInvoices } from '#operations/invoicing/issue-invoice.ts';
import { type ManualInvoice, manualLines, readManualInvoices } from '#operations/invoicing/manual-invoice.ts';
import type { StoredDraft } from '#operations/invoicing/ports.ts';
import type { TaxPort } from '#operations/tax/ports.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { draftBooksOn } from '#storage/invoicing/draft-books.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import { configurationReference } from '../configuration-reference.ts';
import type { Settings } from '../settings.ts';
import { loadTaxRules, openTaxPort } from '../tax/tax-port.ts';
import { checkDay, issuingBooks, partiesOf } from './books.ts';

type Setup = Awaited<ReturnType<typeof loadSetup>>;

export interface DraftRequest {
  /** What messages call it, and its text. */
  readonly file: string;
  readonly content: string;
  /** Date of issue. */
  readonly dated: string;
  readonly by: string;
}

const DEFAULT_TERMS_DAYS = 30;

/** All invoices of a file become drafts, or none. A draft of the same key is written over. Throws RefusedError. */
export async function draftFromFile(
  database: Database,
  settings: Pick<Settings, 'tax'>,
  request: DraftRequest,
): Promise<readonly StoredDraft[]> {
  checkDay(request.dated, 'dated');
  const setup = await loadSetup(database);
  const manual = valueOrThrow(readManualInvoices(request.file, request.content, configurationReference()));
  const tax = await openTaxPort(settings, await loadTaxRules(database.pool, setup));
  const contents: Pick<StoredDraft, 'key' | 'content'>[] = [];
  for (const invoice of manual) {
    const content = await contentOf(database, setup, tax, invoice, request.dated);
    contents.push({ key: `manual:${invoice.key}`, content });
  }
  return database.transaction(async (client) => {
    const drafts = draftBooksOn(client);
    const ids: bigint[] = [];
    for (const each of contents) ids.push(await drafts.save(each, request.by));
    return drafts.open(ids);
  });
}

async function contentOf(
  database: Database,
  setup: Setup,
  tax: TaxPort,
  manual: ManualInvoice,
  issueDay: string,
): Promise<StoredDraft['content']> {
  const account = setup.book.accounts.find(({ id }) => id === manual.account);
  if (account === undefined)
    throw new RefusedError(
      refuse('invoice.party-unknown', `there is no account ${manual.account}`, { field: 'account', value: manual.account }),
    );
  const { entity, party } = partiesOf(setup.book, account);
  const currency = manual.currency ?? account.currency;
  const lines = manualLines(manual, currency);
  const certificates = await taxStoreOn(database.pool).certificates([party.id, entity.id]);
  const held = (id: string) => certificates.filter((one) => one.party === id);
  const partner = valueOrThrow(taxPartyOf(party, held(party.id)));
  const own = taxPartyOfEntity(entity, held(entity.id));
  const [seller, buyer] = manual.kind === 'self-billing' ? [partner, own] : [own, partner];
  const taxDay = manual.taxDay ?? (manual.period === undefined ? issueDay : dayBefore(manual.period.to));
  const answer = valueOrThrow(
    await tax.answer({
      ...{ seller, buyer, taxDay, currency },
      lines: lines.map(
        (line): TaxableLine => ({ line: line.number, service: line.service ?? taxedAs(line.kind), netNanos: line.netNanos }),
      ),
      ...(entity.taxRounding === undefined ? {} : { rounding: { by: entity.taxRounding, mode: 'half-up' } }),
    }),
  );
  return draftInvoice(
    {
      kind: manual.kind,
      ...{ legalEntity: entity.id, account: account.id, party: party.id, currency, issueDay, taxDay },
      dueDay: manual.dueDay ?? daysAfter(issueDay, account.paymentTermsDays ?? DEFAULT_TERMS_DAYS),
      ...(manual.period === undefined ? {} : { period: { from: manual.period.from, to: manual.period.to } }),
      ...(manual.corrects === undefined ? {} : { corrects: manual.corrects }),
      prepaidNanos: 0n,
      notes: manual.notes,
    },
    lines,
    answer,
  );
}

function taxedAs(kind: string): 'fee' | 'interest' | 'commitment' {
  return kind === 'interest' || kind === 'commitment' ? kind : 'fee';
}

function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

export async function listDrafts(database: Database): Promise<readonly StoredDraft[]> {
  return database.transaction((client) => draftBooksOn(client).open());
}

/** Throws RefusedError (`invoice.draft-unknown`). */
export async function draftOf(database: Database, id: string): Promise<StoredDraft> {
  const [draft] = await database.transaction((client) => draftBooksOn(client).open([numberOf(id)]));
  if (draft === undefined) throw unknownDraft(id);
  return draft;
}

export interface IssueRequest {
  /** Numbers of drafts; all open ones when empty. */
  readonly drafts: readonly string[];
  /** Date of issue; due dates move with it. */
  readonly dated?: string;
  readonly by: string;
}

/** All of them or none. Throws RefusedError. */
export async function issueDrafts(database: Database, request: IssueRequest): Promise<readonly IssuedInvoice[]> {
  const { dated } = request;
  if (dated !== undefined) checkDay(dated, 'dated');
  const { book } = await loadSetup(database);
  return database.transaction(async (client) => {
    const books = draftBooksOn(client);
    const ids = request.drafts.map(numberOf);
    const drafts = await books.open(ids.length === 0 ? undefined : ids);
    const missing = ids.find((id) => !drafts.some(({ draftId }) => draftId === id));
    if (missing !== undefined) throw unknownDraft(String(missing));
    const issued = await issueInvoices(
      issuingBooks(client),
      drafts.map(({ draftId, key, content }) => {
        const series = book.legalEntities.find(({ id }) => id === content.legalEntity)?.invoicing?.series;
        return {
          ...{ key, name: `draft ${draftId}`, content: dated === undefined ? content : redated(content, dated) },
          ...(series === undefined ? {} : { series }),
        };
      }),
      request.by,
    );
    await books.settle(
      drafts.map(({ draftId }) => draftId),
      'issued',
    );
    return issued;
  });
}

function redated(content: StoredDraft['content'], issueDay: string): StoredDraft['content'] {
  const days = Temporal.PlainDate.from(content.issueDay).until(content.dueDay).days;
  return { ...content, issueDay, dueDay: daysAfter(issueDay, days) };
}

/** Throws RefusedError (`invoice.draft-unknown`). */
export async function discardDraft(database: Database, id: string): Promise<void> {
  await database.transaction(async (client) => {
    const books = draftBooksOn(client);
    if ((await books.open([numberOf(id)])).length === 0) throw unknownDraft(id);
    await books.settle([numberOf(id)], 'discarded');
  });
}

function numberOf(id: string): bigint {
  if (!/^\d{1,18}$/.test(id)) throw unknownDraft(id);
  return BigInt(id);
}

function unknownDraft(id: string): RefusedError {
  return new RefusedError(refuse('invoice.draft-unknown', `there is no open draft ${id}`, { value: id.slice(0, 120) }));
}
