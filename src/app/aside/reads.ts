/** Reads that cost so much computing that the main thread must not do them: what they are given and give can be copied between threads. */
import type { ApiHome } from '../api/home.ts';
import { checkInvoice } from '../partner-invoices/look-up.ts';
import { reconcileBooks } from '../reconciliation/reconcile.ts';
import { produceStatement, type StatementJob } from '../statement.ts';

export function costlyReads(home: ApiHome) {
  const { database } = home;
  return {
    reconcile: (command: Parameters<typeof reconcileBooks>[1]) => reconcileBooks(database, command),
    checkInvoice: (id: string, rates: readonly string[]) => checkInvoice(home, id, rates),
    /** Whole, as a file. */
    statementFile: async (job: StatementJob) => (await produceStatement(database, job)).output,
  };
}

export type CostlyReads = ReturnType<typeof costlyReads>;
