/** Operations that change something in the month from open to settled, with what is behind them, and the long work that they start. */
import { type DisputeLead, disputeLeadOperations } from '#api/disputes/lead.ts';
import { type MessageDesk, messageOperations } from '#api/disputes/messages.ts';
import { type DunningDesk, dunningOperations } from '#api/dunning/dunning.ts';
import { type DeliveryDesk, deliveryOperations } from '#api/invoicing/deliveries.ts';
import { type IssuingDesk, issuingOperations } from '#api/invoicing/issuing.ts';
import type { JobDesk } from '#api/jobs/jobs.ts';
import { ageingOperations, type ReadAgeing } from '#api/ledger/ageing.ts';
import { type EntryDesk, entryOperations } from '#api/ledger/entries.ts';
import { type NettingDesk, nettingOperations } from '#api/netting/netting.ts';
import type { Operation } from '#api/operation.ts';
import { type AllocationDesk, allocationOperations } from '#api/payments/allocations.ts';
import { type OrderDesk, paymentOrderOperations } from '#api/payments/orders.ts';
import { type PaymentDesk, paymentDeskOperations } from '#api/payments/take.ts';
import { type DeclarationDesk, declarationOperations } from '#api/reconciliation/declarations.ts';
import { type PartnerInvoiceDesk, partnerInvoiceOperations } from '#api/reconciliation/partner-invoices.ts';
import { type Approve, closingOperations } from '#api/settlement/closing.ts';
import { type StatementReader, statementOperations } from '#api/settlement/statement-lines.ts';
import { undriven } from '#api/undriven.ts';
import { uploadOperations } from '#api/uploads/uploads.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import type { UploadBooks } from '#operations/uploads/ports.ts';
import { approve } from '../periods/closing.ts';
import { today } from './clock.ts';
import { disputeJobKinds, disputeLeadOf, messagesOf } from './disputes.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { deliveriesOf, documentJobKinds, issuingOf } from './invoicing.ts';
import { ageingOf, dunningOf, entriesOf, ledgerJobKinds } from './ledger.ts';
import { allocationsOf, nettingsOf, paymentDeskOf, paymentOrdersOf } from './payments.ts';
import { declarationsOf, partnerInvoicesOf, reconciliationJobKinds } from './reconciliation.ts';
import { settlementJobKinds, statementReaderOf } from './settlement.ts';

export interface MonthBehind {
  readonly uploads: UploadBooks;
  readonly approve: Approve;
  readonly statements: StatementReader;
  readonly issuing: IssuingDesk;
  readonly deliveries: DeliveryDesk;
  readonly declarations: DeclarationDesk;
  readonly partnerInvoices: PartnerInvoiceDesk;
  readonly disputes: DisputeLead;
  readonly messages: MessageDesk;
  readonly payments: PaymentDesk;
  readonly allocations: AllocationDesk;
  readonly orders: OrderDesk;
  readonly nettings: NettingDesk;
  readonly dunning: DunningDesk;
  readonly entries: EntryDesk;
  readonly ageing: ReadAgeing;
}

export const nothingBehindMonth: MonthBehind = {
  ...{ uploads: undriven(), approve: undriven(), statements: undriven(), issuing: undriven(), deliveries: undriven() },
  ...{
    declarations: undriven(),
    partnerInvoices: undriven(),
    disputes: undriven(),
    messages: undriven(),
    payments: undriven(),
    allocations: undriven(),
    orders: undriven(),
  },
  ...{ nettings: undriven(), dunning: undriven(), entries: undriven(), ageing: undriven() },
};

export function monthOperations(behind: MonthBehind, jobs: JobDesk): readonly Operation[] {
  return [
    ...uploadOperations(behind.uploads),
    ...closingOperations(behind.approve, jobs),
    ...statementOperations(behind.statements, jobs),
    ...issuingOperations(behind.issuing, jobs),
    ...deliveryOperations(behind.deliveries, jobs),
    ...declarationOperations(behind.declarations, jobs),
    ...partnerInvoiceOperations(behind.partnerInvoices),
    ...disputeLeadOperations(behind.disputes, jobs),
    ...messageOperations(behind.messages),
    ...paymentDeskOperations(behind.payments),
    ...allocationOperations(behind.allocations),
    ...paymentOrderOperations(behind.orders),
    ...nettingOperations(behind.nettings),
    ...dunningOperations(behind.dunning, jobs),
    ...entryOperations(behind.entries, jobs),
    ...ageingOperations(behind.ageing),
  ];
}

export function monthBehind(home: AskedHome): MonthBehind {
  return {
    uploads: home.uploads,
    approve: ({ on, ...approval }) => approve(home, { ...approval, on: on ?? today() }),
    statements: statementReaderOf(home),
    issuing: issuingOf(home),
    deliveries: deliveriesOf(home),
    declarations: declarationsOf(home),
    partnerInvoices: partnerInvoicesOf(home),
    disputes: disputeLeadOf(home),
    messages: messagesOf(home, 'us'),
    payments: paymentDeskOf(home),
    allocations: allocationsOf(home),
    orders: paymentOrdersOf(home),
    nettings: nettingsOf(home),
    dunning: dunningOf(home),
    entries: entriesOf(home),
    ageing: ageingOf(home),
  };
}

export function jobKinds(home: ApiHome): readonly JobKind[] {
  return [
    ...settlementJobKinds(home),
    ...documentJobKinds(home),
    ...disputeJobKinds(home),
    ...ledgerJobKinds(home),
    ...reconciliationJobKinds(home),
  ];
}
