/** What is behind the operations and jobs of documents. */
import { DELIVER, type DeliveryDesk } from '#api/invoicing/deliveries.ts';
import type { DocumentBooks } from '#api/invoicing/documents.ts';
import { type IssuingDesk, VERIFY_DOCUMENTS } from '#api/invoicing/issuing.ts';
import { checkDays } from '#api/listing.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { selectInvoicePage } from '#storage/invoicing/invoice-pages.ts';
import { deliveriesShown, deliveryShown, planSending, retryDeliveries, stopDeliveries } from '../delivery/overview.ts';
import { runDeliveries } from '../delivery/run.ts';
import { issueCredit } from '../invoicing/credit.ts';
import { discardDraft, draftFromFile, draftOf, issueDrafts, listDrafts } from '../invoicing/draft.ts';
import { showInvoice, verifyIssued } from '../invoicing/look-up.ts';
import { nowMicros, today } from './clock.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { withDocumentSeen } from './seen.ts';
import { kind } from './settlement.ts';

export function documentsOf({ database, aside }: AskedHome): DocumentBooks {
  return {
    list: async (filter, after, most, newestFirst) => {
      checkDays({ from: filter.from, to: filter.to, cursor: after?.day });
      return (await selectInvoicePage(database.pool, filter, after, most, newestFirst)).map((row) => ({ ...row, corrects: row.corrects }));
    },
    show: (number, legalEntity) => withDocumentSeen(database, number, legalEntity, (of) => showInvoice(database, number, of)),
    pdf: (number, legalEntity) => aside.reads.documentPdf(number, legalEntity),
    ubl: (number, legalEntity) => aside.reads.documentUbl(number, legalEntity),
    detail: (number, legalEntity, seesPersonal) => aside.reads.documentDetail(number, legalEntity, nowMicros(), seesPersonal),
  };
}

export function issuingOf({ database, settings, aside }: AskedHome): IssuingDesk {
  return {
    drafts: () => listDrafts(database),
    draft: (id) => draftOf(database, id),
    preview: (id) => aside.reads.draftPdf(id),
    write: (name, text, on, by) => draftFromFile(database, settings, { file: name, content: text, dated: on ?? today(), by }),
    issue: async (drafts, on, by) => {
      const issued = await issueDrafts(database, { drafts, by, ...(on === undefined ? {} : { dated: on }) });
      return issued.map(({ invoice }) => invoice);
    },
    discard: (id) => discardDraft(database, id),
    credit: (number, legalEntity, { reason, lines = [], on }, by) =>
      issueCredit(database, {
        ...{ number, reason, by, dated: on ?? today() },
        lines: lines.map(({ line, net }) => (net === undefined ? String(line) : `${line}=${net}`)),
        ...(legalEntity === undefined ? {} : { legalEntity }),
      }),
  };
}

export function deliveriesOf({ database }: ApiHome): DeliveryDesk {
  return {
    list: (filter) => deliveriesShown(database, filter),
    show: (id) => deliveryShown(database, id),
    plan: (document) => planSending(database, document),
    retry: (id, again) => retryDeliveries(database, [id], again),
    stop: (id) => stopDeliveries(database, [id]),
  };
}

/** Faults that the result of a verification keeps, at most. */
const MOST_FINDINGS = 200;

/** All can be begun again: what was sent is not sent again. */
export function documentJobKinds(home: ApiHome): readonly JobKind[] {
  return [
    kind<{ legalEntity?: string }>({
      ...{ kind: VERIFY_DOCUMENTS, permission: 'documents:read' },
      title: ({ legalEntity }) => `Verify documents${legalEntity === undefined ? '' : ` of ${legalEntity}`}`,
      async run({ legalEntity }) {
        const { documents, series, findings } = await verifyIssued(home.database, legalEntity);
        return { documents, series, faults: findings.length, findings: findings.slice(0, MOST_FINDINGS) };
      },
    }),
    kind<object>({
      ...{ kind: DELIVER, permission: 'documents:manage', title: () => 'Deliver documents' },
      async run(_, by, { signal, progress }) {
        let done = 0;
        return runDeliveries(home, { by, watch: false, stop: signal }, () => {
          done += 1;
          if (!signal.aborted) progress(done, undefined);
        });
      },
    }),
  ];
}
