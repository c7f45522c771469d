/** What is behind the operations of declarations and partners' invoices. */
import type { DeclarationDesk } from '#api/reconciliation/declarations.ts';
import type { FileReadingBody } from '#api/reconciliation/file-reading.ts';
import type { PartnerInvoiceDesk } from '#api/reconciliation/partner-invoices.ts';
import { reconciledShown, reconciledSum } from '#api/reconciliation/reconciled-shown.ts';
import { RECONCILE, type ReconcileInput, type RunResult } from '#api/reconciliation/runs.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod, type StatementPeriod } from '#core/settlement/statement-period.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { accept, refuseOne, reverseOne } from '../partner-invoices/decide.ts';
import { listInvoices, showInvoice } from '../partner-invoices/look-up.ts';
import { importInvoice } from '../partner-invoices/receive.ts';
import { importDeclaration, listDeclarations } from '../reconciliation/declarations.ts';
import { reconcileBooks } from '../reconciliation/reconcile.ts';
import { nowMicros, today } from './clock.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { kind } from './settlement.ts';
import { withUploads } from './uploaded.ts';

const USUAL_RESPOND_DAYS = 30;

export function declarationsOf({ database, uploads, aside }: AskedHome): DeclarationDesk {
  return {
    list: (agreement) => listDeclarations(database, agreement),
    take: ({ upload, columns, period, dryRun, ...rest }, owner, by) =>
      withUploads(uploads, owner, [upload], async ([path = '']) => {
        const { id, isNew, read, currency } = await importDeclaration(database, {
          ...{ ...rest, file: path, period: periodOf(period), map: mapOf(columns), dryRun: dryRun === true, by, nowMicros: nowMicros() },
        });
        return { isNew, currency, lines: read.lines, columns: read.columns, ...(id === undefined ? {} : { id }) };
      }),
    reconcile: (agreement, period, options) => aside.reads.reconcile({ ...options, agreement, period: periodOf(period) }),
  };
}

export function partnerInvoicesOf(home: AskedHome): PartnerInvoiceDesk {
  const { database, uploads } = home;
  return {
    list: (filter) => listInvoices(database, filter),
    show: (id) => showInvoice(database, id),
    check: (id, rates) => home.aside.reads.checkInvoice(id, rates),
    take: ({ upload, columns, period, dryRun, on, ...rest }, owner, by, ofParty) =>
      withUploads(uploads, owner, [upload], ([path = '']) =>
        importInvoice(database, {
          ...{ ...rest, file: path, map: mapOf(columns), dryRun: dryRun === true, day: on ?? today() },
          recorded: { atMicros: nowMicros(), by },
          ...(period === undefined ? {} : { period: periodOf(period) }),
          ...(ofParty === undefined ? {} : { ofParty }),
        }),
      ),
    accept: (id, { evidence = [], on, respondDays = USUAL_RESPOND_DAYS, ...rest }, owner, by) =>
      withUploads(uploads, owner, evidence, (paths) =>
        accept(home, {
          ...{ whole: false, beforeClose: false, moreToCome: false, taxAsInvoiced: false, ...rest, id, by, respondDays },
          ...{ evidence: paths, day: on ?? today(), recorded: { atMicros: nowMicros(), by } },
        }),
      ),
    end: (how, id, reason, on, by) => (how === 'refuse' ? refuseOne : reverseOne)(home, { id, reason, by, day: on ?? today() }),
  };
}

/** Reads only, so that it can be begun again. */
export function reconciliationJobKinds({ database }: ApiHome): readonly JobKind[] {
  return [
    kind<ReconcileInput>({
      ...{ kind: RECONCILE, permission: 'disputes:read', title: ({ agreement, period }) => `Reconcile ${agreement} ${period}` },
      async run({ agreement, period, tolerance, rate = [] }, _, { progress, keep }) {
        const command = { agreement, period: periodOf(period), rates: rate, ...(tolerance === undefined ? {} : { tolerance }) };
        const found = (await reconcileBooks(database, command, progress)).map(reconciledShown);
        for (const { declaration, lines } of found) await keep(declaration, lines);
        return { items: found.map(reconciledSum) } satisfies RunResult;
      },
    }),
  ];
}

function periodOf(text: string): StatementPeriod {
  return valueOrThrow(parseStatementPeriod(text.toUpperCase()));
}

function mapOf(columns: FileReadingBody['columns'] = []): string[] {
  return columns.map(({ header, field }) => `${header}=${field}`);
}
