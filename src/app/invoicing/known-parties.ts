/** Legal entities and parties of many documents: configuration is read once, and again when it was changed. No rates. */
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { lastKnowledge, loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { partiesOf } from './books.ts';

type Document = Parameters<typeof partiesOf>[1];

/** Throws RefusedError (`invoice.party-unknown`). */
export type KnownParties = (document: Document) => Promise<{ readonly entity: LegalEntity; readonly party: Party }>;

/** Milliseconds in which documents are made with the configuration at hand; then it is asked whether it was changed. */
const TRUSTED = 250;

export function knownParties(database: Database): KnownParties {
  let read: { readonly asOf: number; readonly book: Promise<Book> } | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  return async (document) => {
    if (read === undefined || performance.now() - asked > TRUSTED) {
      const asOf = await lastKnowledge(database.pool);
      if (read === undefined || read.asOf !== asOf) read = { asOf, book: load(database) };
      asked = performance.now();
    }
    const { entities, parties } = await read.book;
    const entity = entities.get(document.legalEntity);
    const party = parties.get(document.party);
    return partiesOf({ legalEntities: entity === undefined ? [] : [entity], parties: party === undefined ? [] : [party] }, document);
  };
}

interface Book {
  readonly entities: ReadonlyMap<string, LegalEntity>;
  readonly parties: ReadonlyMap<string, Party>;
}

async function load(database: Database): Promise<Book> {
  const { book } = await loadSetupWithoutRates(database, ['legalEntities', 'parties']);
  return {
    entities: new Map(book.legalEntities.map((each) => [each.id, each])),
    parties: new Map(book.parties.map((each) => [each.id, each])),
  };
}
