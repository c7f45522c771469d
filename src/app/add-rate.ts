/** A rate added by hand, whoever keeps the rates of its tariff. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legRoles } from '#core/agreements/agreements.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { type AddedRate, addRate, type RateByHand, rateByHand } from '#operations/rates/add-rate.ts';
import { configurationStore } from '#storage/configuration/configuration-store.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { countWithoutRate } from '#storage/usage/suspense.ts';
import { compileConfiguration } from './configuration.ts';
import { importRates } from './rates.ts';

export interface RateAdded extends AddedRate {
  /** Records that wait for a rate of the tariff and whose called number begins with the code. */
  readonly held: number;
}

/**
 * Rates of files: a version of the configuration, as `carillon apply` writes it; a folder that lacks the rate takes it back, so export
 * it or write it there. Rates of sheets: an amendment of one row. Throws RefusedError for what cannot be read and for what the tariff would not
 * be whole with; then nothing is written.
 */
export async function addRateByHand(database: Database, said: RateByHand, dryRun: boolean): Promise<RateAdded> {
  const setup = await loadSetup(database);
  const added = valueOrThrow(rateByHand(setup.book, said));
  const held = await countWithoutRate(database.pool, said.tariff, said.code);
  if (added.tariff.ratesBy === 'sheets') await importOne(database, setup.book, added, said, dryRun);
  else
    await database.transaction(async (client) => {
      // Read anew once it is locked: what was known before may have changed since.
      const store = configurationStore(client);
      if (!dryRun && !(await store.lock()))
        throw new RefusedError(refuse('rate-sheet.busy', 'another command is changing the configuration'));
      const now = (await store.stored()).setup;
      valueOrThrow(await addRate(now, valueOrThrow(rateByHand(now.book, said)), store, compileFaults, dryRun));
    });
  return { ...added, held };
}

function compileFaults(book: Book) {
  const compiled = compileConfiguration(book);
  return compiled.ok ? [] : compiled.refusals;
}

/** What a partner's sheet of one row would do; that the day has passed is what it is for. */
async function importOne(database: Database, book: Book, { tariff, rate }: AddedRate, said: RateByHand, dryRun: boolean): Promise<void> {
  const using = book.agreements.find(({ services }) => services.some((each) => each.tariff === tariff.id));
  const role = Object.keys(legRoles).find((each) => using?.services.some((one) => one.tariff === tariff.id && one.role === each));
  if (using === undefined || role === undefined)
    throw new RefusedError(refuse('rate-sheet.tariff-unknown', `no agreement uses tariff ${tariff.id}`, { value: tariff.id }));
  const { firstSeconds, nextSeconds } = rate.terms;
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const fields = { code: said.code, destination: rate.match.destination, price: said.price.trim(), effective: said.from };
  const increments = firstSeconds === undefined ? {} : { increments: `${firstSeconds}/${nextSeconds ?? firstSeconds}` };
  const row = { ...fields, ...increments };
  const folder = await mkdtemp(join(tmpdir(), 'carillon-rate-'));
  try {
    const file = join(folder, `${tariff.id} ${said.code} by hand.csv`);
    await writeFile(file, `${Object.keys(row).join(',')}\n${Object.values(row).map(cell).join(',')}\n`);
    const options = {
      agreement: using.id,
      role,
      service: tariff.service,
      mode: 'amendment',
      separator: ',',
      dateFormat: 'YYYY-MM-DD',
      decimal: 'point',
    };
    const report = await importRates(database, { ...options, file, map: [], accept: [], acceptAll: true, dryRun }, Date.now() * 1000);
    if (report.faultCount > 0) throw new RefusedError(...report.faults);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
