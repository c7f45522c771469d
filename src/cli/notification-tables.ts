/** How messages, contacts and webhooks are printed. */
import type {
  KeptContact,
  KeptEndpoint,
  KeptNotification,
  KeptWebhookAttempt,
  KeptWebhookMessage,
  NotificationHistory,
} from '#app/notifications/overview.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type Column, formatTable } from './table.ts';

const lines = (objects: readonly object[]): string => objects.map((each) => `${JSON.stringify(each)}\n`).join('');
const at = (micros: number | undefined): string => (micros === undefined ? '' : formatInstant(micros));
/** For JSON: instants as text, numbers of rows as text of digits, what is not known left out. */
const plain = (object: object): object =>
  Object.fromEntries(
    Object.entries(object).flatMap(([key, value]: [string, unknown]) => {
      if (value === undefined) return [];
      if (typeof value === 'bigint') return [[key, String(value)]];
      return key.endsWith('Micros') && typeof value === 'number'
        ? [[key.slice(0, -'Micros'.length), formatInstant(value)]]
        : [[key, value]];
    }),
  );

const notificationColumns: readonly Column[] = [
  { title: 'no', align: 'right' },
  { title: 'made', cut: 'never' },
  { title: 'account' },
  { title: 'notice' },
  { title: 'way', cut: 'never' },
  { title: 'to' },
  { title: 'state', cut: 'never' },
  { title: 'tried', align: 'right' },
  { title: 'next', cut: 'never' },
  { title: 'why' },
];

export function printNotifications(found: readonly KeptNotification[], json: boolean): string {
  if (json) return lines(found.map(plain));
  if (found.length === 0) return 'there are no such messages\n';
  const rows = found.map(({ notificationId, madeMicros, account, notice, way, target, state, attempts, nextMicros, reason, answer }) => [
    ...[String(notificationId), at(madeMicros), account, notice, way, target, state, String(attempts)],
    ...[state === 'waiting' ? at(nextMicros) : '', reason ?? (state === 'waiting' ? (answer ?? '') : '')],
  ]);
  return `${formatTable(notificationColumns, rows, { width: 180 })}\n`;
}

const attemptColumns: readonly Column[] = [
  { title: 'began', cut: 'never' },
  { title: 'ended', cut: 'never' },
  { title: 'by' },
  { title: 'outcome', cut: 'never' },
  { title: 'answer' },
];

export function printNotification({ notification, attempts, parts }: NotificationHistory, json: boolean): string {
  if (json) return lines([{ ...plain(notification), attempts: attempts.map(plain), parts: parts.map(plain) }]);
  const { notificationId, notice, way, target, language, account, state, reason, subject, body } = notification;
  const why = reason === undefined ? '' : `: ${reason}`;
  const said = [`${notificationId}: ${notice} to ${target} by ${way} in ${language}, account ${account}, ${state}${why}`, ''];
  if (subject !== undefined) said.push(subject, '');
  said.push(body, '');
  const rows = attempts.map(({ startedMicros, endedMicros, by, outcome, answer }) => [
    at(startedMicros),
    at(endedMicros),
    by,
    outcome ?? '',
    answer ?? '',
  ]);
  said.push(rows.length === 0 ? 'it was not tried yet' : formatTable(attemptColumns, rows, { width: 180 }));
  for (const part of parts)
    said.push(`${part.reference}: ${part.state ?? 'no receipt yet'} ${at(part.receivedMicros)} ${part.receipt ?? ''}`.trim());
  return `${said.join('\n')}\n`;
}

export function printContacts(contacts: readonly KeptContact[], json: boolean): string {
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  if (json)
    return lines(
      contacts.map(({ quiet, ...contact }) => ({
        ...plain(contact),
        ...(quiet === undefined ? {} : { quiet: `${clock(quiet.from)}-${clock(quiet.to)}` }),
      })),
    );
  if (contacts.length === 0)
    return 'the account has said nothing: messages go to its own number, in the language and outside the quiet hours of the settings\n';
  const columns: readonly Column[] = [
    { title: 'since', cut: 'never' },
    { title: 'by' },
    { title: 'language', cut: 'never' },
    { title: 'number', cut: 'never' },
    { title: 'mail' },
    { title: 'ways', cut: 'never' },
    { title: 'quiet', cut: 'never' },
    { title: 'do not disturb', cut: 'never' },
  ];
  const rows = contacts.map(({ setMicros, setBy, language, number, email, ways, quiet, doNotDisturb }) => [
    ...[at(setMicros), setBy, language, number ?? 'own', email ?? '', ways === undefined ? 'all' : ways.join(', ') || 'none'],
    ...[quiet === undefined ? 'usual' : `${clock(quiet.from)}-${clock(quiet.to)}`, doNotDisturb ? 'yes' : ''],
  ]);
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}

export function printEndpoints(endpoints: readonly KeptEndpoint[], json: boolean): string {
  if (json) return lines(endpoints.map(plain));
  if (endpoints.length === 0) return 'there are no webhooks\n';
  const columns: readonly Column[] = [
    { title: 'name' },
    { title: 'address' },
    { title: 'types' },
    { title: 'secret' },
    { title: 'waiting', align: 'right' },
    { title: 'sent', align: 'right' },
    { title: 'failed', align: 'right' },
    { title: 'state', cut: 'never' },
  ];
  const rows = endpoints.map(({ id, url, types, secret, waiting, sent, failed, stoppedMicros }) => [
    ...[id, url, types.join(', '), secret, String(waiting), String(sent), String(failed)],
    stoppedMicros === undefined ? '' : 'stopped',
  ]);
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}

export function printWebhookMessages(messages: readonly KeptWebhookMessage[], json: boolean): string {
  if (json) return lines(messages.map(plain));
  if (messages.length === 0) return 'there are no such messages\n';
  const columns: readonly Column[] = [
    { title: 'no', align: 'right' },
    { title: 'happened', cut: 'never' },
    { title: 'to' },
    { title: 'type' },
    { title: 'subject' },
    { title: 'state', cut: 'never' },
    { title: 'tried', align: 'right' },
    { title: 'next', cut: 'never' },
    { title: 'answer' },
  ];
  const rows = messages.map(
    ({ messageId, happenedMicros, endpoint, type, subject, replay, state, attempts, nextMicros, status, answer }) => [
      ...[String(messageId), at(happenedMicros), replay === 0 ? endpoint : `${endpoint} (again)`, type, subject, state, String(attempts)],
      ...[state === 'waiting' ? at(nextMicros) : '', [status, answer].filter((each) => each !== undefined && each !== '').join(' ')],
    ],
  );
  return `${formatTable(columns, rows, { width: 180 })}\n`;
}

export function printWebhookMessage(
  {
    message,
    body,
    attempts,
  }: { readonly message: KeptWebhookMessage; readonly body: string; readonly attempts: readonly KeptWebhookAttempt[] },
  json: boolean,
): string {
  if (json) return lines([{ ...plain(message), body: JSON.parse(body) as unknown, attempts: attempts.map(plain) }]);
  const { messageId, endpoint, type, eventId, state } = message;
  const rows = attempts.map(({ startedMicros, endedMicros, by, outcome, status, answer }) => [
    ...[at(startedMicros), at(endedMicros), by, outcome ?? ''],
    [status, answer].filter((each) => each !== undefined && each !== '').join(' '),
  ]);
  const tried = rows.length === 0 ? 'it was not tried yet' : formatTable(attemptColumns, rows, { width: 180 });
  return `${messageId}: ${type} (evt_${eventId}) to ${endpoint}, ${state}\n\n${body}\n\n${tried}\n`;
}
