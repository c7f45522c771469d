/** What is behind the operations and the job of the ledger, and those of dunning. */
import { type DunningDesk, RUN_DUNNING, type RunDunningInput } from '#api/dunning/dunning.ts';
import type { ReadAgeing } from '#api/ledger/ageing.ts';
import { type EntryDesk, VERIFY_LEDGER } from '#api/ledger/entries.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { accountHold, accountHolds, listNotices, pauseDunning, runDunning, setHold } from '../dunning/dunning.ts';
import { approve, close, enterTable, listWaiting, reject, reopen, reverseEntry } from '../ledger/booking.ts';
import { writeJournal } from '../ledger/journal.ts';
import { readJournal } from '../ledger/journal-page.ts';
import { readAgeing, readClosings, verifyLedger } from '../ledger/reports.ts';
import { today } from './clock.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { kind } from './settlement.ts';
import { withUploads } from './uploaded.ts';

export function entriesOf({ database, uploads }: ApiHome): EntryDesk {
  return {
    journal: (question, after, most) => readJournal(database, question, after, most),
    async file(question) {
      const pieces: string[] = [];
      await writeJournal(database, { ...question, format: 'csv', sink: async (text) => void pieces.push(text) });
      return new TextEncoder().encode(pieces.join(''));
    },
    enter: ({ upload, opening, legalEntity }, owner, by) =>
      withUploads(uploads, owner, [upload], ([file = '']) =>
        enterTable(database, { file, by, opening: opening === true, ...(legalEntity === undefined ? {} : { legalEntity }) }),
      ),
    reverse: ({ reference, on, ...rest }, by) => reverseEntry(database, { ...rest, id: reference, by, day: on ?? today() }),
    waiting: (legalEntity) => listWaiting(database, legalEntity),
    approve: async (id, by) => (await approve(database, id, by)).entry,
    reject: (id, why, by) => reject(database, id, by, why),
    closings: (legalEntity) => readClosings(database, legalEntity),
    close: ({ on, ...rest }, by) => close(database, { ...rest, by, day: on ?? today() }),
    reopen: (body, by) => reopen(database, { ...body, by }),
  };
}

export function ageingOf({ database }: ApiHome): ReadAgeing {
  return ({ on, ...question }) => readAgeing(database, { ...question, on: on ?? today() });
}

export function dunningOf({ database, aside }: AskedHome): DunningDesk {
  return {
    notices: (account) => listNotices(database, account === undefined ? {} : { account }),
    letter: (number) => aside.reads.dunningLetter(number),
    pause: (account, { document, until, why }, by) => pauseDunning(database, { account, document, until, why, by }),
    holds: (released) => accountHolds(database, released),
    holdOf: (account) => accountHold(database, account),
    hold: (account, hold, why, on, by) => setHold(database, { account, hold, why, by, day: on ?? today() }),
  };
}

/** Both can be begun again: letters of a day are made once. */
export function ledgerJobKinds({ database }: ApiHome): readonly JobKind[] {
  return [
    kind<RunDunningInput>({
      ...{ kind: RUN_DUNNING, permission: 'documents:manage', title: ({ on }) => `Dunning of ${on ?? 'today'}` },
      async run({ legalEntity, on }, by) {
        const { made, released, refused } = await runDunning(database, { legalEntity, day: on ?? today(), by });
        return {
          ...{ made: made.filter(({ isNew }) => isNew).length, released: released.length },
          letters: made.map(({ notice }) => notice.number),
          refused: refused.map(({ account, refusals }) => ({
            account,
            refusals: refusals.map(({ code, message }) => ({ code, message })),
          })),
        };
      },
    }),
    kind<{ anchors?: string[] }>({
      ...{ kind: VERIFY_LEDGER, permission: 'ledger:read', title: () => 'Verify the ledger' },
      async run({ anchors }) {
        const { holds, chains, strayPostings, documents } = await verifyLedger(database, anchors);
        return {
          ...{ holds, strayPostings, documents: documents.map(({ legalEntity, document }) => ({ legalEntity, document })) },
          chains: chains.map(({ legalEntity, entries, postings, hash, fault }) => ({
            ...{ legalEntity, entries: Number(entries), postings, hash },
            ...(fault === undefined ? {} : { fault: { what: fault.what, sequence: Number(fault.sequence), said: fault.said } }),
          })),
        };
      },
    }),
  ];
}
