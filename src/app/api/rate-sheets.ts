/** What is behind the operations of rate sheets that are being taken in. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DraftDesk, SheetPreview } from '#api/rates/drafts.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';
import { moneyEffect } from '#operations/rates/money-effect.ts';
import { MOST_DRAFTS, type SheetDraft, type SheetOptions } from '#operations/rates/sheet-drafts.ts';
import { deleteDraft, insertDraft, selectChargedLately, selectDraft, selectDrafts, updateDraft } from '#storage/rates/sheet-drafts.ts';
import { type ImportReport, importRates } from '../rates.ts';
import type { ApiHome } from './home.ts';

/** Of the file, shown beside the mapping. */
const SAMPLE_ROWS = 30;
const LATE_DAYS = 30;

export function draftDeskOf({ database, uploads }: ApiHome): DraftDesk {
  const { pool } = database;
  const unknown = (id: number): RefusedError => new RefusedError(refuse('rate-sheet.draft-unknown', `there is no draft ${id}`));
  const draft = async (owner: string, id: number) => {
    const found = await selectDraft(pool, owner, id);
    if (found === undefined) throw unknown(id);
    return found;
  };
  return {
    list: (owner) => selectDrafts(pool, owner),
    find: (owner, id) => draft(owner, id),
    async begin(owner, { upload, agreement, options }) {
      const file = await uploads.find(owner, upload);
      if (file === undefined) throw new RefusedError(refuse('upload.unknown', 'no such file was sent', { field: 'upload', value: upload }));
      if ((await selectDrafts(pool, owner)).filter((each) => each.owner === owner).length >= MOST_DRAFTS)
        throw new RefusedError(refuse('rate-sheet.drafts-full', `${MOST_DRAFTS} drafts of yours wait already`));
      return insertDraft(pool, owner, { agreement, fileName: file.name, content: file.content, options });
    },
    async change(owner, id, options) {
      const changed = await updateDraft(pool, owner, id, options);
      if (changed === undefined) throw unknown(id);
      return changed;
    },
    async forget(owner, id) {
      if (!(await deleteDraft(pool, owner, id))) throw unknown(id);
    },
    async preview(owner, id) {
      const found = await draft(owner, id);
      return withFile(found, async (path) => {
        const sample = await sampleOf(path, found.options);
        try {
          const report = await importRates(database, commandOf(path, found, true), Date.now() * 1000);
          return { ...sample, report, refusals: [], effect: await effectOf(report) };
        } catch (error) {
          // What cannot be read is what the person is here to mend.
          if (error instanceof RefusedError) return { ...sample, report: undefined, refusals: error.refusals, effect: undefined };
          throw error;
        }
      });
    },
    async activate(owner, id) {
      const found = await draft(owner, id);
      const report = await withFile(found, (path) => importRates(database, commandOf(path, found, false), Date.now() * 1000));
      if (report.outcome === 'activated' || report.outcome === 'unchanged' || report.outcome === 'known')
        await deleteDraft(pool, owner, id);
      return report;
    },
  };

  async function effectOf({ target, changes, faultCount }: ImportReport): Promise<SheetPreview['effect']> {
    const { tariff, service } = target;
    if (faultCount > 0) return undefined;
    const lately = await selectChargedLately(pool, tariff.id, service.role, LATE_DAYS);
    return { ...moneyEffect(changes, lately, tariff.per), days: LATE_DAYS, currency: tariff.currency };
  }
}

async function withFile<T>(
  { fileName, content }: { readonly fileName: string; readonly content: Uint8Array },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-sheet-'));
  try {
    const path = join(folder, fileName);
    await writeFile(path, content);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sampleOf(path: string, { sheet, separator }: SheetOptions): Promise<Pick<SheetPreview, 'sheets' | 'rows'>> {
  try {
    const opened = await openSheetFile(path, separator === undefined ? {} : { separator });
    try {
      const chosen = opened.sheets.find(({ name }) => name === sheet) ?? opened.sheets.find(({ hidden }) => !hidden);
      const rows: { row: number; cells: readonly string[] }[] = [];
      if (chosen !== undefined)
        for await (const batch of opened.rows(chosen)) {
          for (const { row, cells } of batch) rows.push({ row, cells: cells.map((cell) => cell.slice(0, 200)) });
          if (rows.length >= SAMPLE_ROWS) break;
        }
      return { sheets: opened.sheets.map(({ name }) => name), rows: rows.slice(0, SAMPLE_ROWS) };
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof RefusedError) return { sheets: [], rows: [] };
    throw error;
  }
}

function commandOf(file: string, { agreement, options }: SheetDraft, dryRun: boolean) {
  const { map = [], accept = [], ...rest } = options;
  return { file, agreement, ...rest, map, accept, acceptAll: false, dryRun };
}
