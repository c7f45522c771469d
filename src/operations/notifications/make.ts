/** What becomes of an event: messages to the customer by the ways that both want, and an event for systems of others. */
import { fillText, type NoticeDefinition, type NoticeWay, noticeFor, textIn } from '#core/catalog/notice.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import { planAt } from '#core/charging/draft.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { chargingEventBody } from './event-body.ts';
import type { Contact, KeptNotice, Known, NewNotification, QuietHours, Spread } from './ports.ts';
import { afterQuiet } from './quiet.ts';
import { valuesOf } from './values.ts';

export interface TellingRules {
  readonly notices: readonly NoticeDefinition[];
  readonly catalog: CompiledCatalog;
  readonly countryOf: (network: string) => string | undefined;
  /** Of accounts that have said nothing. */
  readonly language: DocumentLanguage;
  readonly quiet: QuietHours | undefined;
  /** Messages that are not urgent, to one account in 24 hours. */
  readonly mostPerDay: number;
}

/** Older than this nobody wants to read it: the process was away for long. */
const TOO_LATE_MICROS = 86_400_000_000;

/** In the order of the events. */
export function makeMessages(
  notices: readonly KeptNotice[],
  accounts: ReadonlyMap<string, ChargingAccount>,
  known: Known,
  rules: TellingRules,
  nowMicros: number,
): readonly Spread[] {
  const told = new Map(known.told);
  return notices.map((kept): Spread => {
    const { noticeId, event } = kept;
    const account = accounts.get(event.account);
    const messages = account === undefined ? [] : messagesOf(kept, account, known.contacts.get(account.id), rules, told, nowMicros);
    return { noticeId, account: event.account, messages, event: chargingEventBody(kept, account) };
  });
}

function messagesOf(
  { event, atMicros }: KeptNotice,
  account: ChargingAccount,
  contact: Contact | undefined,
  rules: TellingRules,
  told: Map<string, number>,
  nowMicros: number,
): readonly NewNotification[] {
  const notice = noticeFor(rules.notices, event);
  if (notice === undefined || account.status === 'closed') return [];
  const plan = planAt(rules.catalog, account.plan, atMicros);
  const zone = plan?.zone ?? 'UTC';
  const wanted = contact?.language ?? rules.language;
  const own = account.identities.find(({ kind }) => kind === 'msisdn')?.value;
  const number = contact?.number ?? own ?? '';
  const targets: Readonly<Record<NoticeWay, string>> = { sms: number, email: contact?.email ?? '' };
  return notice.by
    .filter((way) => contact?.ways === undefined || contact.ways.includes(way))
    .flatMap((way): readonly NewNotification[] => {
      const text = textIn(notice.texts, wanted);
      if (text === undefined || (way === 'email' && targets.email === '')) return [];
      const { language } = text;
      const telling = { account, plan, catalog: rules.catalog, language, number, countryOf: rules.countryOf };
      const values = valuesOf(event, atMicros, telling);
      const subject = way === 'email' ? fillText(notice.subjects?.[language] ?? '', values) : undefined;
      const quiet = contact?.quiet ?? rules.quiet;
      const count = told.get(account.id) ?? 0;
      const reason = whySuppressed(
        targets[way],
        notice.urgent,
        contact?.doNotDisturb === true,
        count >= rules.mostPerDay,
        nowMicros - atMicros,
      );
      if (reason === undefined && !notice.urgent) told.set(account.id, count + 1);
      return [
        {
          ...{
            notice: notice.id,
            way,
            target: targets[way],
            language,
            subject,
            body: fillText(text.text, values),
            urgent: notice.urgent,
            zone,
            quiet,
          },
          nextMicros: reason === undefined ? (notice.urgent ? nowMicros : afterQuiet(quiet, zone, nowMicros)) : undefined,
          reason,
        },
      ];
    });
}

function whySuppressed(target: string, urgent: boolean, doNotDisturb: boolean, isMost: boolean, ageMicros: number): string | undefined {
  if (target === '') return 'the account has no number';
  if (ageMicros > TOO_LATE_MICROS) return 'it happened more than a day ago';
  if (urgent) return undefined;
  if (doNotDisturb) return 'the customer wants not to be disturbed';
  return isMost ? 'the customer was told enough today' : undefined;
}
