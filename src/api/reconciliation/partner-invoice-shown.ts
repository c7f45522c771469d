/** A partner's invoice as it is shown, and beside what we expect. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import {
  documentKindOf,
  type PartnerDocumentKind,
  type PartnerInvoice,
  partnerDocumentKinds,
  partnerInvoiceStates,
  stateOf,
} from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { Assessment } from '#operations/partner-invoices/assess.ts';
import type { PartnerInvoiceFile } from '#operations/partner-invoices/ports.ts';
import type { Money, StandingAcceptance } from '#operations/partner-invoices/standing.ts';
import type { ReconciledDeclaration } from '#operations/reconciliation/reconcile-agreement.ts';
import { Amount, Currency, LocalDate } from '../schemas.ts';
import { DaysShown } from './file-reading.ts';
import { Reconciled, reconciledShown } from './reconciled-shown.ts';

export interface CheckedInvoice {
  readonly file: PartnerInvoiceFile;
  readonly assessment: Assessment;
  /** Undefined where no acceptance of it stands. */
  readonly accepted?: StandingAcceptance;
  readonly reconciled: readonly ReconciledDeclaration[];
}

const closed = { additionalProperties: false } as const;
export const kinds = Object.keys(partnerDocumentKinds).filter((each): each is PartnerDocumentKind => each in partnerDocumentKinds);
export const facts = {
  ...{ kind: Type.Enum(kinds), number: Type.String(), legalEntity: Type.String(), party: Type.String(), account: Type.String() },
  ...{ issueDay: LocalDate, dueDay: LocalDate, currency: Currency, net: Amount, tax: Amount, total: Amount },
  lines: Type.Array(
    Type.Object(
      {
        ...{ line: Type.Integer(), description: Type.String(), agreement: Type.String(), period: DaysShown },
        ...{ service: Type.Optional(Type.String()), net: Amount },
      },
      closed,
    ),
  ),
};
export const Shown = Type.Object(
  {
    ...{ invoice: Type.String(), version: Type.Integer(), state: Type.Enum([...partnerInvoiceStates]), source: Type.String(), ...facts },
    steps: Type.Array(
      Type.Object({ kind: Type.String(), by: Type.String(), day: LocalDate, reason: Type.Optional(Type.String()) }, closed),
    ),
  },
  { ...closed, title: 'PartnerInvoice' },
);
const Sums = Type.Array(Type.Object({ amount: Amount, currency: Currency }, closed));
export const Checked = Type.Object(
  {
    invoice: Shown,
    expected: Type.Optional({ ...Amount, description: 'Of all of it; left out where it cannot be said.' }),
    covers: Type.Array(
      Type.Object(
        {
          ...{ agreement: Type.String(), period: DaysShown, net: Amount, expected: Type.Optional(Amount) },
          ...{ isClosed: Type.Boolean(), fits: Type.Boolean({ description: 'No more off than the agreement tolerates.' }) },
        },
        closed,
      ),
    ),
    accepted: Type.Optional(
      Type.Object(
        {
          net: { ...Amount, description: 'Without tax, as all of these.' },
          contested: { ...Amount, description: 'What is asked for and not accepted: a dispute is about it.' },
          claimed: { ...Amount, description: 'Self-billed by them: what we claim besides.' },
          cleared: { ...Sums, description: 'What was expected of its days, and was taken back with it.' },
          stillExpected: { ...Sums, description: 'What is expected of its days all the same: none, unless more is to come or is claimed.' },
        },
        { ...closed, description: 'Once it is accepted: what of it. `expected` and `fits` speak of what stands expected then.' },
      ),
    ),
    taxFaults: Type.Array(Type.String()),
    agreedDueDay: Type.Optional(LocalDate),
    reconciled: Type.Array(Reconciled),
  },
  { ...closed, title: 'CheckedPartnerInvoice' },
);
export function factsShown(invoice: PartnerInvoice) {
  const { number, legalEntity, party, account, issueDay, dueDay, currency, netNanos, taxNanos, totalNanos, lines } = invoice;
  return {
    ...{ kind: documentKindOf(invoice), number, legalEntity, party, account, issueDay, dueDay, currency },
    ...{ net: formatNanos(netNanos, 2), tax: formatNanos(taxNanos, 2), total: formatNanos(totalNanos, 2) },
    lines: lines.map(({ number: line, description, agreement, period, service, netNanos: net }) => ({
      ...{ line, description, agreement, period: { from: period.from, to: period.to }, net: formatNanos(net, 2) },
      ...(service === undefined ? {} : { service }),
    })),
  };
}

export function invoiceShown({ id, version, invoice, source, steps }: PartnerInvoiceFile): Static<typeof Shown> {
  return {
    ...{ invoice: String(id), version, state: stateOf(steps), source, ...factsShown(invoice) },
    steps: steps.map((step) => ({ kind: step.kind, by: step.by, day: step.day, ...('reason' in step ? { reason: step.reason } : {}) })),
  };
}

function acceptedShown({ acceptedNanos, contestedNanos, claimedNanos, cleared, stillExpected }: StandingAcceptance) {
  const sums = (all: readonly Money[]) => all.map(({ currency, nanos }) => ({ amount: formatNanos(nanos, 2), currency }));
  return {
    ...{ net: formatNanos(acceptedNanos, 2), contested: formatNanos(contestedNanos, 2), claimed: formatNanos(claimedNanos, 2) },
    ...{ cleared: sums(cleared), stillExpected: sums(stillExpected) },
  };
}

export function checkedShown({ file, assessment, accepted, reconciled }: CheckedInvoice): Static<typeof Checked> {
  const { covers, expectedNanos, tax, agreedDueDay } = assessment;
  return {
    invoice: invoiceShown(file),
    ...(expectedNanos === undefined ? {} : { expected: formatNanos(expectedNanos, 2) }),
    covers: covers.map(({ cover: { agreement, period, netNanos }, expectedNanos: expected, isClosed, fits }) => ({
      ...{ agreement, period: { from: period.from, to: period.to }, net: formatNanos(netNanos, 2), isClosed, fits },
      ...(expected === undefined ? {} : { expected: formatNanos(expected, 2) }),
    })),
    ...(accepted === undefined ? {} : { accepted: acceptedShown(accepted) }),
    taxFaults: tax.ok ? [] : tax.refusals.map(({ message }) => message),
    ...(agreedDueDay === undefined ? {} : { agreedDueDay }),
    reconciled: reconciled.map(reconciledShown),
  };
}
