/** What is behind a partner's rates: read with its eyes; a price list that it sends waits as a draft of the house. */
import type { RatesDesk } from '#api/portal/rates.ts';
import { faultShown } from '#api/rates/drafts.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { asHouse } from '#operations/access/ports.ts';
import type { SentSheet, SheetReading } from '#operations/portal/ports.ts';
import { MOST_DRAFTS } from '#operations/rates/sheet-drafts.ts';
import { insertSentSheet, keepReading, selectSentSheets, waitingSheet } from '#storage/portal/sent-sheets.ts';
import { selectPartyRates, selectTariffs } from '#storage/portal/tariffs.ts';
import { insertDraft, selectDrafts } from '#storage/rates/sheet-drafts.ts';
import { rateFile } from '../portal/rate-file.ts';
import { nowMicros } from './clock.ts';
import { demandOwnAgreement, ownerOf } from './filings.ts';
import type { ApiHome } from './home.ts';
import { draftDeskOf } from './rate-sheets.ts';

const MOST_FAULTS = 200;
/** Of a file. */
const MOST_RATES = 500_000;

export function portalRatesOf(home: ApiHome): RatesDesk {
  const { database, uploads } = home;
  const tariffOf = async (name: string) => {
    const found = (await selectTariffs(database, nowMicros())).find(({ tariff }) => tariff === name);
    if (found === undefined) throw new RefusedError(refuse('api.resource-unknown', `there is no tariff ${name}`, { value: name }));
    return found;
  };
  const sent = async (id: bigint): Promise<SentSheet> => {
    const sheet = (await selectSentSheets(database)).find(({ sheetId }) => sheetId === id);
    if (sheet === undefined) throw new Error(`sheet ${id} is not seen by who sent it`);
    return sheet;
  };
  return {
    tariffs: () => selectTariffs(database, nowMicros()),
    async rates(tariff, part, most, after) {
      await tariffOf(tariff);
      const now = after?.nowMicros ?? nowMicros();
      return { ...(await selectPartyRates(database, { tariff, part, nowMicros: now }, most, after)), nowMicros: now };
    },
    async rateFile(tariff, part, format) {
      const of = await tariffOf(tariff);
      return rateFile(format, of, (await selectPartyRates(database, { tariff, part, nowMicros: nowMicros() }, MOST_RATES)).rates);
    },
    sentSheets: () => selectSentSheets(database),
    async sendSheet(party, { upload, agreement, role = 'outgoing', ...given }, by) {
      await demandOwnAgreement(database, agreement);
      const owner = ownerOf(party);
      const id = await asHouse(async () => {
        const file = await uploads.find(owner, upload);
        if (file === undefined)
          throw new RefusedError(refuse('upload.unknown', 'no such file was sent', { field: 'upload', value: upload }));
        const known = await waitingSheet(database, { party, agreement, sha256: upload });
        if (known !== undefined) return known;
        if ((await selectDrafts(database.pool, owner)).length >= MOST_DRAFTS)
          throw new RefusedError(refuse('rate-sheet.drafts-full', `${MOST_DRAFTS} price lists of yours wait already`));
        const entered = await database.transaction(async (client) => {
          const draft = await insertDraft(client, owner, {
            agreement,
            fileName: file.name,
            content: file.content,
            options: { role, ...given },
          });
          const sheet = { party, agreement, fileName: file.name, sha256: upload, draftId: draft.id, sentBy: by };
          return { draft: draft.id, sheet: await insertSentSheet(client, sheet) };
        });
        await keepReading(database, entered.sheet, await readingOf(owner, entered.draft));
        return entered.sheet;
      });
      return sent(id);
    },
  };

  async function readingOf(owner: string, draft: number): Promise<SheetReading> {
    const { report, refusals } = await draftDeskOf(home).preview(owner, draft);
    const faults = [...refusals, ...(report?.faults ?? [])];
    return {
      ...{ rows: report?.rowsRead ?? 0, counts: { ...report?.counts }, faultCount: refusals.length + (report?.faultCount ?? 0) },
      faults: faults.slice(0, MOST_FAULTS).map(faultShown),
    };
  }
}
