/** A partner's invoice is accepted, whole or but for what is contested or claimed besides; or refused; or its acceptance is taken back. */

import type { EntryCause, EntryKind, LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { type BookedInvoice, creditPostings, nothingContested, standingOf, takenBack } from '#core/settlement/partner-invoices/booking.ts';
import { claimedOf, clearingEntries, type Expected } from '#core/settlement/partner-invoices/clearing.ts';
import {
  type AcceptanceTerms,
  acceptanceReference,
  type Cover,
  coversOf,
  documentKindOf,
  type PartnerDocumentKind,
  type PartnerInvoice,
  stateOf,
} from '#core/settlement/partner-invoices/partner-invoice.ts';
import { isSamePerson } from '../access/second-person.ts';
import type { DisputeBooks } from '../disputes/ports.ts';
import { raiseDispute } from '../disputes/raise-dispute.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import type { LedgerBooks } from '../ledger/ports.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';
import { type Assessing, type Assessment, acceptanceRate, assessInvoice, taxesToBook, wantsTwo } from './assess.ts';
import type { PartnerInvoiceBooks, PartnerInvoiceFile } from './ports.ts';
import { clearedBy } from './standing.ts';

export interface Accepting extends Assessing {
  readonly ledger: LedgerBooks;
  readonly disputes: DisputeBooks;
  readonly rates: ExchangeRates;
}

export interface AcceptInvoice {
  readonly id: bigint;
  readonly terms: AcceptanceTerms;
  readonly day: string;
  readonly by: string;
  /** Kept with the dispute, where one is raised. */
  readonly evidence: readonly KeptFile[];
  readonly respondDays: number;
  readonly recorded: Recorded;
}

export interface AcceptedInvoice {
  /** `proposed`: a second person must accept it, too. */
  readonly state: 'proposed' | 'accepted';
  /** False when it was accepted before: then nothing was booked. */
  readonly isNew: boolean;
  readonly invoice: PartnerInvoice;
  readonly contestedNanos: bigint;
  /** Self-billed by them: what we claim besides. */
  readonly claimedNanos: bigint;
  /** Number of the dispute that was raised over the rest. */
  readonly dispute?: bigint;
  /** What was expected and is taken back now. */
  readonly clearedNanos: bigint;
}

/**
 * Books the payable (self-billed by them: the receivable), takes back what was expected of its days but what is claimed besides, and raises
 * the dispute over what is contested or claimed: all of it or nothing.
 * Refused: `partner-invoice.unknown`, `.refused-before`, `.second-person`, `.period-open`, `.period-cuts`, `.differs`, `.tax-differs`,
 * `.credit-too-much`, `.credit-of-dispute`, `.claim-too-much`, and what disputes, tax and the ledger refuse.
 */
export async function acceptInvoice(accepting: Accepting, request: AcceptInvoice): Promise<AcceptedInvoice> {
  const { books, terms } = accepting;
  const file = await lockedInvoice(books, request.id);
  const { invoice } = file;
  const state = stateOf(file.steps);
  const base = { invoice, contestedNanos: 0n, claimedNanos: 0n, clearedNanos: 0n };
  if (state === 'accepted') return { ...base, state, isNew: false };
  if (state === 'refused')
    throw new RefusedError(
      refuse('partner-invoice.refused-before', `${invoice.number} of ${invoice.party} was refused`, { value: String(request.id) }),
    );
  const proposal = file.steps.at(-1);
  if (proposal?.kind === 'proposed' && isSamePerson(proposal.by, request.by))
    throw new RefusedError(
      refuse('partner-invoice.second-person', `${request.by} has proposed to accept ${invoice.number}`, { field: 'by', value: request.by }),
    );
  const decided = proposal?.kind === 'proposed' ? proposal.terms : request.terms;
  const by = proposal?.kind === 'proposed' ? `${proposal.by}, ${request.by}` : request.by;
  const assessment = await assessInvoice(accepting, invoice);
  const taxes = valueOrThrow(taxesToBook(invoice, assessment, decided.taxAsInvoiced));
  const entity = [...terms.values()][0]?.entities.get(invoice.legalEntity);
  if (invoice.kind === 'invoice') checkFit(invoice, assessment, decided, (await contestedOf(books, invoice)).openNanos);
  const covers = invoice.kind === 'invoice' ? assessment.covers.map(({ cover }) => cover) : [];
  const expected = await books.expected(covers);
  const keeps = claimKept(invoice, covers, expected, decided);
  if (wantsTwo(entity) && proposal?.kind !== 'proposed') {
    await books.addStep(file.id, { kind: 'proposed', by: request.by, day: request.day, terms: decided });
    return { ...base, state: 'proposed', isNew: true };
  }
  const entityCurrency = entity?.currency ?? invoice.currency;
  const reference = acceptanceReference(file, file.steps.filter(({ kind }) => kind === 'accepted').length + 1);
  const corrected = invoice.kind === 'credit-note' ? await creditable(accepting, invoice) : undefined;
  const rate = corrected?.booked?.rate ?? (await acceptanceRate(accepting.rates, invoice, entityCurrency, request.day));
  const booked: BookedInvoice = { invoice, taxes, ...(rate === undefined ? {} : { rate }) };
  const dispute = await contestRest(accepting.disputes, invoice, decided, { ...request, by });
  const contested = await contestedOf(books, invoice);
  const clearing = clearingEntries(covers, expected, {
    ...{ reference, side: invoice.side, currency: invoice.currency, entityCurrency, day: request.day, by },
    ...{ moreToCome: decided.moreToCome, keeps },
    description: `Invoice ${invoice.number} of ${invoice.party} came: what was expected is taken back`,
  });
  const entry: LedgerEntry = {
    ...{ legalEntity: invoice.legalEntity, day: request.day, by },
    cause: { kind: ENTRY_KINDS[documentKindOf(invoice)], id: reference },
    description: descriptionOf(invoice, contested.openNanos, cleared(clearing)),
    ...(invoice.corrects === undefined ? {} : { corrects: acceptedCause(invoice, invoice.corrects) }),
    ...(rate === undefined ? {} : { exchange: [rate.said] }),
    postings: invoice.kind === 'invoice' ? standingOf(booked, contested) : creditPostings(booked),
  };
  await accepting.ledger.post([...clearing, entry]);
  await books.addStep(
    file.id,
    { kind: 'accepted', by, day: request.day, terms: decided },
    { taxes, ...(rate === undefined ? {} : { rate }) },
  );
  await books.addEntries(
    file.id,
    [...clearing, entry].map(({ cause }) => cause),
  );
  return {
    ...{ ...base, state: 'accepted', isNew: true, clearedNanos: cleared(clearing) },
    ...(invoice.side === 'payable' ? { contestedNanos: contested.openNanos } : { claimedNanos: contested.openNanos }),
    ...(dispute === undefined ? {} : { dispute }),
  };
}

function contestedOf(books: PartnerInvoiceBooks, { kind, legalEntity, account, number }: PartnerInvoice) {
  return kind === 'invoice' ? books.contested(legalEntity, account, number) : Promise.resolve({ openNanos: 0n, creditedNanos: 0n });
}

/** Of each cover, how much stays expected because it is claimed. */
function claimKept(
  invoice: PartnerInvoice,
  covers: readonly Cover[],
  expected: readonly Expected[],
  { claimedNanos, undisputedNanos, moreToCome }: AcceptanceTerms,
): ReadonlyMap<Cover, bigint> {
  const { side, kind, number, currency } = invoice;
  if (claimedNanos === undefined) {
    if (undisputedNanos !== undefined && side === 'receivable')
      throw new RefusedError(refuse('partner-invoice.claim-too-much', `${number} is self-billed: what it leaves out is claimed (--claim)`));
    return new Map();
  }
  const { keeps, left } = claimedOf(covers, { side, currency }, expected, claimedNanos);
  if (side === 'payable' || kind === 'credit-note' || claimedNanos <= 0n || (left > 0n && !moreToCome)) {
    const message =
      side === 'payable' || kind === 'credit-note'
        ? `${number} is no self-billed invoice: nothing can be claimed beyond it`
        : `${formatNanos(claimedNanos, 2)} are claimed; ${number} leaves out ${formatNanos(claimedNanos - left, 2)} of what is expected`;
    throw new RefusedError(refuse('partner-invoice.claim-too-much', message, { field: 'claim', value: formatNanos(claimedNanos, 2) }));
  }
  return keeps;
}

/** What a person has not decided yet is asked, not guessed. */
function checkFit(invoice: PartnerInvoice, { covers, expectedNanos }: Assessment, decided: AcceptanceTerms, contestedNanos: bigint): void {
  const open = covers
    .filter(({ isClosed }) => !isClosed)
    .map(({ cover }) => `${cover.agreement} ${cover.period.from} to before ${cover.period.to}`);
  if (open.length > 0 && !decided.beforeClose)
    throw new RefusedError(refuse('partner-invoice.period-open', `${invoice.number} waits: not closed yet: ${open.join(', ')}`));
  const cut = covers.flatMap((cover) => cover.cut);
  if (cut.length > 0 && !decided.moreToCome)
    throw new RefusedError(refuse('partner-invoice.period-cuts', `${invoice.number} is of a part of the days of ${cut.join(', ')}`));
  if (decided.whole || decided.moreToCome || decided.undisputedNanos !== undefined || decided.claimedNanos !== undefined) return;
  if (open.length > 0) return;
  const misfits = covers.filter(({ fits }) => !fits);
  // What is contested already is the difference.
  if (
    misfits.length === 0 ||
    (invoice.side === 'payable' && expectedNanos !== undefined && invoice.netNanos - contestedNanos <= expectedNanos && contestedNanos > 0n)
  )
    return;
  const said = misfits.map(({ cover, expectedNanos: ours }) => {
    const what = ours === undefined ? 'it is expected in another currency' : `${formatNanos(ours, 2)} is expected`;
    return `${cover.agreement} from ${cover.period.from}: ${formatNanos(cover.netNanos, 2)} is invoiced, ${what}`;
  });
  throw new RefusedError(
    refuse('partner-invoice.differs', `${invoice.number} of ${invoice.party}, ${invoice.currency}: ${said.join('; ')}`),
  );
}

/** The dispute over what is not accepted, or claimed besides, in the same transaction. */
async function contestRest(
  disputes: DisputeBooks,
  invoice: PartnerInvoice,
  { undisputedNanos, claimedNanos, reason }: AcceptanceTerms,
  { day, recorded, evidence, respondDays, by }: AcceptInvoice,
): Promise<bigint | undefined> {
  const { party, number, legalEntity, netNanos: whole } = invoice;
  const netNanos = claimedNanos ?? (undisputedNanos === undefined ? 0n : whole - undisputedNanos);
  if (netNanos <= 0n) return undefined;
  if (netNanos > whole && claimedNanos === undefined)
    throw new RefusedError(
      refuse('dispute.amount', `${formatNanos(whole - netNanos, 2)} ${invoice.currency} is no amount that can be paid`),
    );
  return raiseDispute(disputes, {
    ...{ document: number, legalEntity, party, netNanos, reason: reason ?? '' },
    ...{ by: 'us', day, respondDays, evidence, recorded: { ...recorded, by } },
  });
}

/** The invoice that a credit note corrects: accepted, and with so much left. */
async function creditable({ books, disputes }: Accepting, credit: PartnerInvoice): Promise<PartnerInvoiceFile | undefined> {
  if (credit.corrects === undefined) return undefined;
  const file = await books.findNumber(credit.party, credit.corrects);
  if (file === undefined || stateOf(file.steps) !== 'accepted')
    throw new RefusedError(refuse('partner-invoice.corrects-unknown', `${credit.corrects} is not accepted`, { value: credit.corrects }));
  const { legalEntity, account, number, currency, netNanos, side } = file.invoice;
  if (side !== credit.side)
    throw new RefusedError(
      refuse('partner-invoice.faulty', `${number} is ${side === 'payable' ? 'not self-billed' : 'self-billed'}`, {
        field: 'kind',
        value: documentKindOf(credit),
      }),
    );
  if (currency !== credit.currency)
    throw new RefusedError(refuse('partner-invoice.faulty', `${number} is in ${currency}`, { field: 'currency', value: credit.currency }));
  const agreed = side === 'payable' ? await disputes.agreedOf(legalEntity, account, number) : undefined;
  if (agreed !== undefined)
    throw new RefusedError(
      refuse('partner-invoice.credit-of-dispute', `dispute ${agreed} of ${number} is agreed: settle it by ${credit.number}`),
    );
  const { openNanos, creditedNanos } = side === 'payable' ? await books.contested(legalEntity, account, number) : nothingContested;
  const given = (await books.list({ party: credit.party })).filter(
    ({ invoice, steps }) => invoice.corrects === number && invoice.kind === 'credit-note' && stateOf(steps) === 'accepted',
  );
  // What settled disputes is among those given, and no cost any more.
  const left = given.reduce((rest, { invoice }) => rest - invoice.netNanos, netNanos - openNanos);
  if (credit.netNanos > left) {
    const message = `${credit.number} gives back ${formatNanos(credit.netNanos, 2)} of ${number}; ${formatNanos(left, 2)} of it is accepted (${formatNanos(openNanos + creditedNanos, 2)} contested or given back)`;
    throw new RefusedError(refuse('partner-invoice.credit-too-much', message));
  }
  return file;
}

function cleared(entries: readonly LedgerEntry[]): bigint {
  return clearedBy(entries).reduce((sum, { nanos }) => sum + nanos, 0n);
}

/** Self-billed by them it is an invoice to them, though they wrote it. */
const ENTRY_KINDS = {
  invoice: 'payable',
  'credit-note': 'payable-credit',
  'self-billed-invoice': 'invoice',
  'self-billed-credit-note': 'credit-note',
} as const satisfies Record<PartnerDocumentKind, EntryKind>;

/** The entry of an invoice of theirs that was accepted. */
export function acceptedCause({ party, side }: Pick<PartnerInvoice, 'party' | 'side'>, number: string): EntryCause {
  return { kind: side === 'payable' ? 'payable' : 'invoice', id: `${party}/${number}` };
}

function descriptionOf(invoice: PartnerInvoice, contestedNanos: bigint, clearedNanos: bigint): string {
  const { kind, side, number, party, corrects, netNanos } = invoice;
  const [what, note, left, result] =
    side === 'payable'
      ? ['Invoice', 'Credit note', 'contested', 'cost']
      : ['Self-billed invoice', 'Self-billed credit note', 'claimed besides', 'revenue'];
  if (kind === 'credit-note') return `${note} ${number} of ${party}${corrects === undefined ? '' : `, corrects ${corrects}`}`;
  const accepted = side === 'payable' ? netNanos - contestedNanos : netNanos;
  const more = [
    `net ${formatNanos(netNanos, 2)}`,
    ...(contestedNanos === 0n ? [] : [`${left} ${formatNanos(contestedNanos, 2)}`]),
    ...(clearedNanos === 0n
      ? []
      : [`expected ${formatNanos(clearedNanos, 2)}`, `${result} differs by ${formatNanos(accepted - clearedNanos, 2)}`]),
  ];
  return `${what} ${number} of ${party}: ${more.join(', ')}`;
}

export async function lockedInvoice(books: PartnerInvoiceBooks, id: bigint): Promise<PartnerInvoiceFile> {
  const file = await books.find(id, { lock: true });
  if (file === undefined)
    throw new RefusedError(
      refuse('partner-invoice.unknown', 'no invoice of a partner stands in our list under this number', { value: String(id) }),
    );
  return file;
}

export interface EndInvoice {
  readonly id: bigint;
  readonly reason: string;
  readonly day: string;
  readonly by: string;
}

/** Nothing is booked; what was expected stays. Refused: `partner-invoice.unknown`, `partner-invoice.decided`, `partner-invoice.reason-missing`. */
export async function refuseInvoice(books: PartnerInvoiceBooks, request: EndInvoice): Promise<PartnerInvoiceFile> {
  const file = await lockedInvoice(books, request.id);
  const reason = reasonOf(request);
  const state = stateOf(file.steps);
  if (state === 'refused') return file;
  if (state === 'accepted')
    throw new RefusedError(refuse('partner-invoice.decided', `${file.invoice.number} is accepted: take that back first, or contest it`));
  await books.addStep(file.id, { kind: 'refused', by: request.by, day: request.day, reason });
  return file;
}

/**
 * Everything that its acceptance booked is booked back: all balances are as before, and it waits as it did. Refused:
 * `partner-invoice.decided` (not accepted), `partner-invoice.settled` (paid, set off, credited or contested since).
 */
export async function reverseInvoice(books: PartnerInvoiceBooks, ledger: LedgerBooks, request: EndInvoice): Promise<PartnerInvoiceFile> {
  const file = await lockedInvoice(books, request.id);
  const { invoice, booked } = file;
  const { day, by } = request;
  const reason = reasonOf(request);
  const state = stateOf(file.steps);
  if (state === 'accepted') {
    const { legalEntity, account, number, kind, corrects } = invoice;
    const contested = await books.contested(legalEntity, account, kind === 'invoice' ? number : (corrects ?? number));
    const withheld = (booked?.taxes.withheld ?? []).reduce((sum, { taxNanos }) => sum + taxNanos, 0n);
    const stood = invoice.side === 'payable' ? withheld - invoice.totalNanos : invoice.totalNanos;
    const isWhole = kind === 'credit-note' || (await books.openNanos(invoice)) === stood;
    if (!isWhole || (kind === 'invoice' && contested.openNanos + contested.creditedNanos !== 0n) || (await books.settledDispute(file.id)))
      throw new RefusedError(refuse('partner-invoice.settled', `${number} was paid, set off, credited or contested since`));
    const entries = (await books.entries(file.id)).map((entry): LedgerEntry => {
      // Disputes that are over have moved what acceptance booked: what stands now is taken back.
      const stands =
        ['payable', 'invoice'].includes(entry.cause.kind) && booked !== undefined
          ? standingOf({ invoice, ...booked }, contested)
          : entry.postings;
      return takenBack({ ...entry, postings: stands }, day, by, reason);
    });
    await ledger.post(entries);
  } else if (state !== 'proposed') throw new RefusedError(refuse('partner-invoice.decided', `${invoice.number} is not accepted`));
  await books.addStep(file.id, { kind: 'reversed', by, day, reason });
  return file;
}

function reasonOf({ reason }: EndInvoice): string {
  if (reason.trim() === '') throw new RefusedError(refuse('partner-invoice.reason-missing', 'say why', { field: 'reason' }));
  return reason.trim();
}

/** Statements that were closed after an invoice of their days was accepted: what they expect is taken back at once. */
export async function clearAfterClose(
  books: Pick<PartnerInvoiceBooks, 'addEntries' | 'expected' | 'acceptedOf'>,
  ledger: LedgerBooks,
  statementIds: readonly number[],
  on: string,
  by: string,
): Promise<void> {
  for (const { file, entityCurrency } of await books.acceptedOf(statementIds)) {
    const { invoice, steps } = file;
    const last = steps.at(-1);
    const covers = coversOf(invoice);
    const entries = clearingEntries(covers, await books.expected(covers), {
      reference: acceptanceReference(file, steps.filter(({ kind }) => kind === 'accepted').length),
      ...{ side: invoice.side, currency: invoice.currency, entityCurrency, day: on, by },
      moreToCome: last?.kind === 'accepted' && last.terms.moreToCome,
      description: `Invoice ${invoice.number} of ${invoice.party} had come before: what was expected is taken back`,
    });
    await ledger.post(entries);
    await books.addEntries(
      file.id,
      entries.map(({ cause }) => cause),
    );
  }
}
