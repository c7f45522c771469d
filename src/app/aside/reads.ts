/** Reads that cost so much computing that the main thread must not do them: what they are given and give can be copied between threads. */
import { numbersFor } from '#api/usage/masking.ts';
import { renderDunning } from '#documents/dunning/render-dunning.ts';
import type { TrafficQuestion } from '#operations/portal/ports.ts';
import type { ReportQuestion } from '#operations/reports/report.ts';
import { selectTraffic } from '#storage/portal/traffic.ts';
import type { ApiHome } from '../api/home.ts';
import { withDocumentSeen } from '../api/seen.ts';
import { letterOf } from '../dunning/dunning.ts';
import { letterLanguage } from '../dunning/letter-file.ts';
import { issuedEInvoice } from '../einvoice/write-issued.ts';
import { invoiceOf } from '../invoicing/books.ts';
import { detailText } from '../invoicing/detail.ts';
import { draftOf } from '../invoicing/draft.ts';
import { documentPrinter } from '../invoicing/print.ts';
import { lookUpNumber } from '../numbers/tables.ts';
import { checkInvoice } from '../partner-invoices/look-up.ts';
import { nettingNote } from '../payments/netting-note.ts';
import { trafficFile } from '../portal/traffic-file.ts';
import { reconcileBooks } from '../reconciliation/reconcile.ts';
import { type ReportFormat, reportFile } from '../reports/report-files.ts';
import { runReport } from '../reports/run-report.ts';
import { produceStatement, type StatementJob } from '../statement.ts';

type DocumentWords = readonly [number: string, legalEntity: string | undefined];

/** With the eyes of who asks, as everywhere. */
export function costlyReads(home: ApiHome) {
  const { database } = home;
  const print = documentPrinter(database);
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  return {
    reconcile: (command: Parameters<typeof reconcileBooks>[1]) => reconcileBooks(database, command),
    checkInvoice: (id: string, rates: readonly string[]) => checkInvoice(home, id, rates),
    /** Whole, as a file. */
    statementFile: async (job: StatementJob) => (await produceStatement(database, job)).output,
    documentPdf: (...[number, legalEntity]: DocumentWords) =>
      withDocumentSeen(database, number, legalEntity, async (of) => (await print(await invoiceOf(database, number, of))).pdf),
    documentUbl: (...[number, legalEntity]: DocumentWords) =>
      withDocumentSeen(database, number, legalEntity, async (of) =>
        text(await issuedEInvoice(database, await invoiceOf(database, number, of))),
      ),
    /** `seesPersonal`: numbers of subscribers are whole. */
    documentDetail: (number: string, legalEntity: string | undefined, nowMicros: number, seesPersonal: boolean) =>
      withDocumentSeen(database, number, legalEntity, async (of) =>
        text(await detailText(database, number, of, nowMicros, numbersFor({ seesPersonal }))),
      ),
    draftPdf: async (id: string) => (await print((await draftOf(database, id)).content)).pdf,
    nettingNote: (id: bigint) => nettingNote(database, id),
    dunningLetter: async (number: string) => {
      const letter = await letterOf(database, number);
      return renderDunning(letter, letterLanguage(letter));
    },
    reportFile: async (format: ReportFormat, question: ReportQuestion) => reportFile(format, question, await runReport(database, question)),
    /** Reads the whole of each table. */
    lookUpNumber: (number: string, question: Parameters<typeof lookUpNumber>[2]) => lookUpNumber(database, number, question),
    trafficFile: async (format: 'csv' | 'xlsx', question: TrafficQuestion) =>
      trafficFile(format, question, await selectTraffic(database, question)),
  };
}

export type CostlyReads = ReturnType<typeof costlyReads>;
