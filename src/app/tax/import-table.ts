/** `carillon tax import`: a table of tax rates into the database, all of it or nothing. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Recorded, TaxTableImport } from '#operations/tax/ports.ts';
import { readTaxTable } from '#operations/tax/read-table.ts';
import type { Database } from '#storage/database.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import { configurationReference } from '../configuration-reference.ts';

export interface ImportedTaxTable {
  /** `already-imported`: the newest import of the table has this content, and nothing was written. */
  readonly state: 'imported' | 'already-imported';
  readonly import: TaxTableImport;
  readonly rates: number;
}

/** Throws RefusedError with every fault by line. A newer import of a table stands in place of the one before. */
export async function importTaxTable(database: Database, table: string, file: string, recorded: Recorded): Promise<ImportedTaxTable> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(table))
    throw new RefusedError(
      refuse('tax.table-broken', 'the name of a table has letters, digits, "-", "_" and "."', { field: 'table', value: table }),
    );
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new RefusedError(
      refuse('tax.file-unreadable', `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`, { file }),
    );
  });
  const name = basename(file);
  const { rates, rows } = valueOrThrow(readTaxTable(table, name, bytes, configurationReference()));
  const made: TaxTableImport = { table, file: name, sha256: createHash('sha256').update(bytes).digest('hex'), rows, recorded };
  const isNew = await database.transaction((client) => taxStoreOn(client).addTable(made, rates));
  return { state: isNew ? 'imported' : 'already-imported', import: made, rates: rates.length };
}
