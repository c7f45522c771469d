/** The letter that goes with a document: from the issued document and its legal entity. */
import type { InvoiceKind } from '#core/invoicing/invoice.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { writeReminderMail } from '#documents/disputes/render-reminder.ts';
import { writeDunningMail } from '#documents/dunning/render-dunning.ts';
import { writeLetter } from '#documents/letter/write-letter.ts';
import type { Letters } from '#operations/delivery/ports.ts';
import type { Database } from '#storage/database.ts';
import { reminderOf } from '../dispute-reminders.ts';
import { letterOf } from '../dunning/dunning.ts';
import { messageIdOf } from './message-id.ts';

interface LetterRow {
  readonly kind: InvoiceKind | 'dunning' | 'dispute-reminder';
  readonly issue_day: string;
  readonly due_day: string;
  readonly total_nanos: string;
  readonly currency: string;
  readonly corrects: string | null;
  readonly entity: LegalEntity;
}

export function letters(database: Database): Letters {
  return {
    async letterFor({ deliveryId, legalEntity, number }, route) {
      const { rows } = await database.pool.query<LetterRow>(
        `select i.kind, i.issue_day, i.due_day, i.total_nanos::text, i.currency, i.corrects, v.body as entity
           from deliverable_document i join config_version v on v.kind = 'legalEntities' and v.key = i.legal_entity and v.known_to = 'infinity'
          where i.legal_entity = $1 and i.number = $2`,
        [legalEntity, number],
      );
      const row = rows[0];
      const mail = row?.entity.mail;
      if (row === undefined || mail === undefined)
        throw new RefusedError(refuse('delivery.sender-missing', `legal entity ${legalEntity} declares no mail: {from: …}`));
      return {
        ...(await write(database, number, row, route.language)),
        from: mail.from,
        replyTo: mail.replyTo,
        copyTo: mail.copyTo ?? [],
        messageId: messageIdOf(deliveryId, number, mail.from),
      };
    },
  };
}

async function write(
  database: Database,
  number: string,
  { kind, ...row }: LetterRow,
  language: DocumentLanguage,
): Promise<{ readonly subject: string; readonly text: string }> {
  if (kind === 'dunning') return writeDunningMail(await letterOf(database, number), language);
  if (kind === 'dispute-reminder') return writeReminderMail(await reminderOf(database, number), language);
  const about = {
    ...{ kind, number, day: row.issue_day, dueDay: row.due_day, currency: row.currency },
    ...{ totalNanos: BigInt(row.total_nanos), corrects: row.corrects ?? undefined, sender: row.entity.name },
  };
  return writeLetter(about, language);
}
