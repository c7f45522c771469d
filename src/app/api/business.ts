/** What is behind the operations about parties, usage, settlement, documents, money and the ledger: what their commands use. */
import { auditOperations } from '#api/audit-trail/audit-trail.ts';
import { type DisputeDesk, disputeOperations } from '#api/disputes/disputes.ts';
import { type DocumentBooks, documentOperations } from '#api/invoicing/documents.ts';
import { type ExposureReader, exposureOperations } from '#api/ledger/exposure.ts';
import { type LedgerReports, ledgerOperations } from '#api/ledger/ledger.ts';
import type { Operation } from '#api/operation.ts';
import { type ConfiguredParties, partyOperations } from '#api/parties/parties.ts';
import { type PaymentBooks, paymentOperations } from '#api/payments/payments.ts';
import { rateSheetOperations } from '#api/rates/rate-sheets.ts';
import { type Reports, reportOperations } from '#api/reports/reports.ts';
import { type CalendarReader, calendarOperations } from '#api/settings/calendars.ts';
import { type ExchangeDesk, exchangeOperations } from '#api/settings/exchange.ts';
import { type TemplateDesk, templateOperations } from '#api/settings/templates.ts';
import { type DealReader, dealOperations } from '#api/settlement/deals.ts';
import { type Periods, periodOperations } from '#api/settlement/periods.ts';
import { undriven } from '#api/undriven.ts';
import { type UsageBooks, usageOperations } from '#api/usage/usage.ts';
import { formatExplanation } from '#core/rating/explanation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DealProgress } from '#core/settlement/deals/deal-forecast.ts';
import { shownNumber } from '#core/usage/enrichment.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { asHouse } from '#operations/access/ports.ts';
import type { AuditBooks } from '#operations/audit-trail/ports.ts';
import type { ImportRecord } from '#operations/rates/rate-store.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { showExposure } from '../credit/credit.ts';
import { list as listDisputes, show as showDispute } from '../disputes.ts';
import type { Installation } from '../installation.ts';
import { readAccountStatement, readOpenItems, readTrialBalance } from '../ledger/reports.ts';
import { showPayment, unsettledPayments } from '../payments/take.ts';
import { dealsOf } from '../periods/deals.ts';
import { showImports } from '../rates-shown.ts';
import { reportsOn } from '../reports/keep-reports.ts';
import { explainUsage } from '../usage/explain.ts';
import { showRecords } from '../usage/look-up.ts';
import { deletedUsage, searchCalls } from '../usage/search.ts';
import { listSuspense } from '../usage/suspense.ts';
import type { AskedHome } from './home.ts';
import { documentsOf } from './invoicing.ts';
import { demandSeen } from './seen.ts';
import { exchangeOf, templatesOf, timesOf } from './settings.ts';
import { periodsOf } from './settlement.ts';

export interface Behind {
  readonly configured: () => Promise<ConfiguredParties>;
  readonly imports: (agreement: string | undefined) => Promise<readonly ImportRecord[]>;
  readonly usage: UsageBooks;
  readonly reports: Reports;
  readonly periods: Periods;
  readonly deals: DealReader;
  readonly exposure: ExposureReader;
  readonly documents: DocumentBooks;
  readonly payments: PaymentBooks;
  readonly disputes: DisputeDesk;
  readonly ledger: LedgerReports;
  readonly audit: Pick<AuditBooks, 'list' | 'verify'>;
  readonly templates: TemplateDesk;
  readonly times: CalendarReader;
  readonly exchange: ExchangeDesk;
}

export const nothingBehind: Behind = {
  ...{ configured: undriven(), imports: undriven(), usage: undriven(), reports: undriven(), periods: undriven(), documents: undriven() },
  ...{ deals: undriven(), exposure: undriven(), payments: undriven(), disputes: undriven(), ledger: undriven(), audit: undriven() },
  ...{ templates: undriven(), times: undriven(), exchange: undriven() },
};

export function businessOperations(behind: Behind): readonly Operation[] {
  return [
    ...partyOperations(behind.configured),
    ...rateSheetOperations(behind.imports),
    ...usageOperations(behind.usage),
    ...reportOperations(behind.reports),
    ...periodOperations(behind.periods),
    ...dealOperations(behind.deals),
    ...documentOperations(behind.documents),
    ...paymentOperations(behind.payments),
    ...disputeOperations(behind.disputes),
    ...ledgerOperations(behind.ledger),
    ...exposureOperations(behind.exposure),
    ...auditOperations(behind.audit),
    ...templateOperations(behind.templates),
    ...calendarOperations(behind.times),
    ...exchangeOperations(behind.exchange),
  ];
}

export function installationBehind(home: AskedHome): Behind {
  const { database, aside } = home;
  // Showing one locks it for a moment, which only the house may.
  const disputeSeen = async (id: string) => {
    await demandSeen(database, 'select from dispute where dispute_id = $1::bigint', [id], () =>
      refuse('dispute.unknown', `there is no dispute ${id}`, { value: id }),
    );
    return asHouse(() => showDispute(database, id));
  };
  return {
    configured: async () => (await loadSetupWithoutRates(database)).book,
    imports: (agreement) => showImports(database, agreement),
    usage: usageOf(home),
    periods: periodsOf(home),
    deals: (agreement, on) => dealsOrNone(database, agreement, on),
    async exposure(account, day) {
      const [found] = await showExposure(database, { account, day });
      if (found === undefined) throw new TypeError('an account that is not there is refused');
      return { ...found.exposure, currency: found.account.currency };
    },
    reports: { ...reportsOn(database), file: (format, question) => aside.reads.reportFile(format, question) },
    documents: documentsOf(home),
    payments: { unsettled: (legalEntity) => unsettledPayments(database, legalEntity), show: (id) => showPayment(database, id) },
    disputes: { list: () => listDisputes(database), show: disputeSeen },
    ledger: {
      trialBalance: (question) => readTrialBalance(database, question),
      accountMoves: (account, range) => readAccountStatement(database, account, range),
      openItems: (question) => readOpenItems(database, question),
    },
    audit: auditBooksOn(database),
    ...{ templates: templatesOf(home), times: timesOf(home), exchange: exchangeOf(home) },
  };
}

/** That there are none is no fault of who asks. */
async function dealsOrNone(database: Database, agreement: string, on: string): Promise<readonly DealProgress[]> {
  try {
    return (await dealsOf(database, agreement, on)).progress;
  } catch (error) {
    if (error instanceof RefusedError && error.refusals.every(({ code }) => code === 'deal.none')) return [];
    throw error;
  }
}

/** The caller without its last digits where it is withheld. */
function callShown({ calling, ...event }: UsageEvent) {
  return { ...event, ...(calling === undefined ? {} : { calling: shownNumber(calling, event.enriched) }) };
}

function usageOf(home: Pick<Installation, 'database' | 'dataFolder' | 'log' | 'settings'>): UsageBooks {
  return {
    async search(wanted, page) {
      return (await searchCalls(home.database, wanted, page)).map(({ charges, ...row }) => ({
        ...row,
        raw: undefined,
        charges: charges.map(({ leg, ...charge }) => ({ ...charge, charge: `${row.id}/${leg}` })),
      }));
    },
    deleted: (wanted) => deletedUsage(home, wanted),
    async records(question) {
      return (await showRecords(home, question)).map(({ id, status, file, source, key, reason, detail, stored, call, names, raw }) => ({
        ...{
          id,
          status,
          file,
          source,
          reason,
          detail,
          raw,
          call: stored === undefined ? call : callShown(stored.event),
          callId: stored?.event.id ?? key,
        },
        charges: (stored?.charges ?? []).map(({ leg, role, amountNanos }, at) => {
          const { agreement = '', destination = '', currency = '' } = names[at] ?? {};
          return { charge: `${id}/${leg}`, role, agreement, destination, amountNanos, currency };
        }),
      }));
    },
    async explain(charge) {
      const { stored, raw, charges } = await explainUsage(home, charge);
      return {
        ...{ id: stored.eventId, raw, knownAtMicros: stored.knownAtMicros },
        charges: charges.map(({ leg, charge: made, dueNanos, faults }) => ({
          ...{
            charge: `${stored.eventId}/${leg}`,
            agreement: made.agreement,
            role: made.role,
            side: made.side,
            dueNanos,
            currency: made.currency,
          },
          ...{ steps: made.explanation === undefined ? '' : formatExplanation(made.explanation), isAsBooked: faults.length === 0 },
          explained: made.explanation?.steps ?? [],
        })),
      };
    },
    suspense: (by, limit) => listSuspense(home.database, { by, limit }),
  };
}
