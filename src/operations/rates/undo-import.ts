import { type Result, refuse } from '#core/refusals.ts';
import type { CompileCheck, ImportRecord, RateStore } from './rate-store.ts';

export interface UndoneImport {
  readonly record: ImportRecord;
  /** The import that undoes it. */
  readonly importId: number;
  readonly knownFromMicros: number;
  readonly taken: number;
  readonly restored: number;
}

/**
 * Takes an import back by a new one: what it wrote is superseded, and what it superseded comes again as new rows. History stays: charges
 * priced meanwhile can still be explained. Refused: an import that is not there, or that anything was built on. `digest` is the SHA-256
 * of a text, in hexadecimal.
 */
export async function undoImport(
  importId: number,
  store: RateStore,
  compile: CompileCheck,
  digest: (text: string) => string,
): Promise<Result<UndoneImport>> {
  const record = await store.import(importId);
  if (record === undefined || record.mode === 'files') {
    return { ok: false, refusals: [refuse('rate-sheet.import-unknown', 'there is no import of this number', { value: String(importId) })] };
  }
  const written = await store.writtenBy(record);
  if (written === undefined) {
    const message = `rates of tariff ${record.tariff} have changed since import ${importId}: undo the later imports first`;
    return { ok: false, refusals: [refuse('rate-sheet.undo-not-last', message, { value: String(importId) })] };
  }
  const { added, superseded } = written;
  const faults = await checkCompiles(record, added, superseded, store, compile);
  if (faults.length > 0) return { ok: false, refusals: faults };
  const activated = await store.activate({
    agreement: record.agreement,
    tariff: record.tariff,
    fileName: `undo of import ${importId}`,
    sha256: digest(`undo of import ${importId}`),
    mode: 'amendment',
    summary: { undoes: importId },
    superseded: added,
    added: superseded,
  });
  return { ok: true, value: { record, ...activated, taken: added.length, restored: superseded.length } };
}

async function checkCompiles(
  record: ImportRecord,
  added: readonly { readonly id: number }[],
  superseded: Awaited<ReturnType<RateStore['rates']>>,
  store: RateStore,
  compile: CompileCheck,
) {
  const book = await store.book();
  const tariff = book.tariffs.find(({ id }) => id === record.tariff);
  if (tariff === undefined) return [];
  const gone = new Set(added.map(({ id }) => id));
  const rates = [...(await store.rates(record.tariff)).filter(({ id }) => !gone.has(id)), ...superseded];
  const agreements = book.agreements
    .filter(({ services }) => services.some((service) => service.tariff === tariff.id))
    .map((agreement) => ({ ...agreement, services: agreement.services.filter((service) => service.tariff === tariff.id) }));
  return compile({ ...book, agreements, tariffs: [{ ...tariff, rates }] });
}
