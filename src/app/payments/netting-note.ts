import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { renderNetting } from '#documents/netting/render-netting.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { nettingStoreOn } from '#storage/payments/netting-store.ts';
import { letterLanguage } from '../dunning/letter-file.ts';
import { fileAt, writeWhole } from '../written-file.ts';
import { settle } from './settling.ts';

/** The note of a netting as PDF, in a language or in the party's. Throws RefusedError (`payment.unknown`). */
export async function nettingNote(database: Database, id: bigint, language?: DocumentLanguage): Promise<Uint8Array> {
  const row = await settle(database, (_, client) => nettingStoreOn(client).find(id));
  const { book } = await loadSetup(database);
  const entity = book.legalEntities.find((each) => each.id === row?.legalEntity);
  const party = book.parties.find((each) => each.id === row?.party);
  if (row === undefined || entity === undefined || party === undefined)
    throw new RefusedError(refuse('payment.unknown', `there is no netting NET-${id}`));
  const { day, proposal, remainder, rates, state } = row;
  const note = {
    ...{ number: `NET-${id}`, day, agreed: state === 'agreed', proposal, entity, party },
    ...(remainder === undefined ? {} : { dueDay: remainder.dueDay }),
    rates: rates.map((each) => `1 ${each.currency} = ${each.rate} ${proposal.currency} (${each.source}, ${each.day})`),
  };
  return renderNetting(note, language ?? letterLanguage({ party, entity }));
}

/** Returns the file. Throws RefusedError. */
export async function writeNettingNote(
  database: Database,
  id: bigint,
  out: string,
  language: DocumentLanguage | undefined,
): Promise<string> {
  const note = await nettingNote(database, id, language);
  const file = await fileAt(out, `NET-${id}.pdf`);
  await writeWhole(file, [note]);
  return file;
}
