/** Messages, contacts and webhooks for those who look after them. */
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { resolveTarget } from '#gateways/webhooks/addresses.ts';
import type { KeptNotification, NotificationFilter, NotificationHistory } from '#operations/notifications/kept.ts';
import type { Contact } from '#operations/notifications/ports.ts';
import type { WebhookEndpoint } from '#operations/webhooks/ports.ts';
import { isWanted, webhookTypes } from '#operations/webhooks/types.ts';
import type { Database } from '#storage/database.ts';
import { addContact, contactHistory, type KeptContact } from '#storage/notifications/contacts.ts';
import { retryNotifications, selectNotification, selectNotifications } from '#storage/notifications/overview.ts';
import {
  type KeptEndpoint,
  type KeptWebhookAttempt,
  type KeptWebhookMessage,
  type MessageFilter,
  putEndpoint,
  replayEvents,
  retryWebhookMessages,
  selectEndpoints,
  selectWebhookMessage,
  selectWebhookMessages,
  stopEndpoint,
} from '#storage/webhooks/endpoints.ts';
import { enterTest } from '#storage/webhooks/events.ts';
import { accountNamed, nowMicros } from '../charging/desk.ts';
import type { Installation } from '../installation.ts';
import { allowedNetworks } from './networks.ts';

export type { Contact, KeptContact, KeptEndpoint, KeptNotification, KeptWebhookAttempt, KeptWebhookMessage, NotificationHistory };
export { documentLanguages };

/** Newest first. Throws RefusedError (`engine.account-unknown`). */
export async function notificationsShown(database: Database, filter: NotificationFilter): Promise<readonly KeptNotification[]> {
  const { account, ...rest } = filter;
  return selectNotifications(database, account === undefined ? rest : { ...rest, account: (await accountNamed(database, account)).id });
}

/** Throws RefusedError (`notify.unknown`). */
export async function notificationShown(database: Database, id: bigint): Promise<NotificationHistory> {
  const found = await selectNotification(database, id);
  if (found === undefined) throw new RefusedError(refuse('notify.unknown', `there is no message ${id}`, { value: String(id) }));
  return found;
}

/** How many wait again. Throws RefusedError (`notify.unknown`) when one is not there. */
export async function retryMessages(database: Database, ids: readonly bigint[]): Promise<number> {
  for (const id of ids) await notificationShown(database, id);
  return retryNotifications(database, ids);
}

/** What an account said last, newest first; of one that said nothing none. Throws RefusedError (`engine.account-unknown`). */
export async function contactsShown(database: Database, name: string): Promise<readonly KeptContact[]> {
  return contactHistory(database, (await accountNamed(database, name)).id);
}

/** What is stated of a contact; null takes it away. */
export interface ContactChange {
  /** Null: the fallback. */
  readonly language?: Contact['language'] | null;
  readonly number?: string | null;
  readonly email?: string | null;
  readonly ways?: NonNullable<Contact['ways']> | null;
  readonly quiet?: NonNullable<Contact['quiet']> | null;
  readonly doNotDisturb?: boolean;
}

/** What is not stated stays. Throws RefusedError (`engine.account-unknown`, `notify.contact-wrong`). */
export async function setContact(
  database: Database,
  name: string,
  change: ContactChange,
  fallback: Contact['language'],
  by: string,
): Promise<void> {
  const { id } = await accountNamed(database, name);
  const { number, email } = change;
  const wrong = (field: string, value: string): RefusedError =>
    new RefusedError(refuse('notify.contact-wrong', `${value} is no ${field}`, { field, value }));
  if (typeof number === 'string' && !/^[1-9]\d{5,14}$/.test(number)) throw wrong('number', number);
  if (typeof email === 'string' && !/^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,253}$/.test(email)) throw wrong('address', email);
  const [known] = await contactHistory(database, id);
  const kept = <T>(stated: T | null | undefined, before: T | undefined): T | undefined =>
    stated === undefined ? before : (stated ?? undefined);
  const contact: Contact = {
    language: change.language === null ? fallback : (change.language ?? known?.language ?? fallback),
    number: kept(number, known?.number),
    email: kept(email, known?.email),
    ways: kept(change.ways, known?.ways),
    quiet: kept(change.quiet, known?.quiet),
    doNotDisturb: change.doNotDisturb ?? known?.doNotDisturb ?? false,
  };
  await addContact(database, id, contact, by);
}

/**
 * Refuses at once what sending would refuse, as the settings are here; a name that is not resolved now may be when it is sent.
 * Throws RefusedError (`webhook.wrong`).
 */
export async function addEndpoint(
  { database, settings }: Pick<Installation, 'database' | 'settings'>,
  endpoint: WebhookEndpoint,
  by: string,
): Promise<void> {
  const wrong = (field: string, message: string): RefusedError => new RefusedError(refuse('webhook.wrong', message, { field }));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(endpoint.id))
    throw wrong('name', 'a name has letters, digits, ".", "_" and "-", at most 64');
  const url = URL.canParse(endpoint.url) ? new URL(endpoint.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw wrong('address', 'an address is https://…, without a user and a password in it');
  if (!/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/.test(endpoint.secret))
    throw wrong('secret', 'a secret is named, env:NAME or file:path; itself it is not given');
  for (const type of endpoint.types)
    if (!isWanted(type)) throw wrong('type', `no event is of type ${type}; there are ${webhookTypes.join(', ')}, and charging.* and *`);
  const { allow } = settings.webhooks;
  if (url.protocol === 'http:' && allow === '')
    throw wrong('address', 'webhooks go by https; http only to networks of the setting webhooks.allow');
  const target = await resolveTarget(url, allowedNetworks(settings)).catch(() => undefined);
  if (target !== undefined && 'refused' in target) throw wrong('address', target.refused);
  await putEndpoint(database, { ...endpoint, url: url.href }, by);
}

/**
 * Over the API only secrets that the settings name, or that an endpoint has already: else any file and variable of the server could be made a
 * key. Throws RefusedError (`webhook.wrong`).
 */
export async function demandSecretNamed(
  { database, settings }: Pick<Installation, 'database' | 'settings'>,
  secret: string,
): Promise<void> {
  if (settings.webhooks.secrets.split(',').includes(secret)) return;
  if ((await selectEndpoints(database)).some((each) => each.secret === secret)) return;
  const message = 'over the API only a secret that the setting webhooks.secrets names, or that an endpoint has already';
  throw new RefusedError(refuse('webhook.wrong', message, { field: 'secret', value: secret }));
}

export async function endpointsShown(database: Database): Promise<readonly KeptEndpoint[]> {
  return selectEndpoints(database);
}

/** Throws RefusedError (`webhook.unknown`). */
export async function stopWebhooks(database: Database, id: string): Promise<void> {
  if (!(await stopEndpoint(database, id))) throw unknownEndpoint(id);
}

/** Throws RefusedError (`webhook.unknown`, `webhook.stopped`). */
async function demandRunning(database: Database, endpoint: string): Promise<void> {
  const found = (await selectEndpoints(database)).find(({ id }) => id === endpoint);
  if (found === undefined) throw unknownEndpoint(endpoint);
  if (found.stoppedMicros !== undefined)
    throw new RefusedError(refuse('webhook.stopped', `${endpoint} was stopped, and nothing goes there any more`, { value: endpoint }));
}

const unknownEndpoint = (id: string): RefusedError =>
  new RefusedError(refuse('webhook.unknown', `there is no endpoint ${id}`, { value: id }));

export async function webhookMessagesShown(database: Database, filter: MessageFilter): Promise<readonly KeptWebhookMessage[]> {
  return selectWebhookMessages(database, filter);
}

/** Throws RefusedError (`webhook.unknown`). */
export async function webhookMessageShown(database: Database, id: bigint) {
  const found = await selectWebhookMessage(database, id);
  if (found === undefined) throw new RefusedError(refuse('webhook.unknown', `there is no message ${id}`, { value: String(id) }));
  return found;
}

/** Throws RefusedError (`webhook.unknown` when one is not there, `webhook.stopped`). */
export async function retryWebhooks(database: Database, ids: readonly bigint[]): Promise<number> {
  for (const id of ids) await demandRunning(database, (await webhookMessageShown(database, id)).message.endpoint);
  return retryWebhookMessages(database, ids);
}

/** How many events go there once more. Throws RefusedError (`webhook.unknown`, `webhook.stopped`). */
export async function replayWebhooks(database: Database, endpoint: string, fromMicros: number, toMicros: number): Promise<number> {
  await demandRunning(database, endpoint);
  return replayEvents(database, endpoint, fromMicros, toMicros);
}

/** An event `webhook.test` to one endpoint, to see that it arrives. Its message. Throws RefusedError (`webhook.unknown`, `webhook.stopped`). */
export async function testWebhook(database: Database, endpoint: string, by: string): Promise<bigint> {
  await demandRunning(database, endpoint);
  const message = await enterTest(database, endpoint, nowMicros(), by);
  if (message === undefined) throw unknownEndpoint(endpoint);
  return message;
}
