/** An invitation as a mail: the link stays with who invites, too, for those whom no mail reaches. */
import { randomUUID } from 'node:crypto';
import type { Invitation } from '#operations/access/people.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { lazyMailer } from '../delivery/services.ts';
import type { Installation } from '../installation.ts';

/** As the first legal entity with `mail: {from: …}` sends; undefined: none declares one. */
export async function mailSender(database: Database): Promise<string | undefined> {
  const { book } = await loadSetupWithoutRates(database);
  return book.legalEntities.find((entity) => entity.mail !== undefined)?.mail?.from;
}

/** New for each mail. */
export const messageId = (what: string, from: string): string =>
  `<${what}-${randomUUID()}@${from.replace(/^.*@/, '').replace(/>.*$/, '')}>`;

/**
 * Whether it is on its way: false where `mail.server` or `api.origin` is empty, or nobody sends. Nothing waits for the server of mail, and
 * what it refuses is in the log. `isTakeable` false: the link opens nothing and is not sent, and whoever asked is told the same.
 */
export async function mailInvitation(
  { settings, database, log }: Pick<Installation, 'settings' | 'database' | 'log'>,
  { person: { email, name }, token }: Invitation,
  isTakeable = true,
): Promise<boolean> {
  if (settings.mail.server === '' || settings.api.origin === '') return false;
  const from = await mailSender(database);
  if (from === undefined) return false;
  if (!isTakeable) return true;
  const mailer = lazyMailer(settings.mail);
  const letter = {
    ...{ from, replyTo: undefined, copyTo: [], subject: 'Your invitation / Ihre Einladung / دعوتك' },
    text: invitationText(name, `${settings.api.origin}/invitation?token=${token}`),
    messageId: messageId('invitation', from),
  };
  void mailer
    .send({ by: 'email', to: [email], attach: [], language: 'en' }, letter, [])
    .then(({ outcome, answer }) => {
      if (outcome !== 'sent') throw new Error(answer);
    })
    .catch((error: unknown) => log.error({ error: String(error) }, 'an invitation was not sent by mail'))
    .finally(() => mailer.close());
  return true;
}

/** Who is invited chose no language yet. */
function invitationText(name: string, link: string): string {
  return [
    `${name},`,
    'you are invited. The link lets you choose a password; it works once, within seven days. If you know nothing of this, do nothing.',
    'Sie sind eingeladen. Mit dem Link wählen Sie ein Passwort; er gilt einmal, sieben Tage lang. Wissen Sie nichts davon, ist nichts zu tun.',
    'أنت مدعو. يتيح لك الرابط اختيار كلمة مرور، ويعمل مرة واحدة خلال سبعة أيام. إن لم تكن على علم بذلك فلا تفعل شيئًا.',
    link,
    '',
  ].join('\n\n');
}
