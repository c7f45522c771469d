/** Nchf_SpendingLimitControl (TS 29.594): a PCF subscribes to the policy counters of a subscriber, and is told when a status changes. */
import { randomUUID } from 'node:crypto';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { PolicyCounter } from '#core/charging/policy-counters.ts';
import { inOrder } from '#core/charging/request.ts';
import type {
  Delivery,
  SpendingAnswer,
  SpendingLimitService,
  SpendingNotifier,
  Subscription,
  SubscriptionChange,
} from '#operations/charging/spending-ports.ts';
import { isAddress } from './charging-data.ts';
import { Fields } from './fields.ts';
import type { Notifier } from './notifier.ts';
import { type ProblemDetails, problem, spendingProblem } from './problem.ts';
import { faultsProblem, identityOf, objectOf } from './read-request.ts';
import { isProblem, type NchfReply, type NchfResource } from './resource.ts';

const MOST_TEXT = 2_048;
const MOST_COUNTERS = 256;

/** What of a subscription is repeated to its consumer. */
interface ConsumerWords {
  readonly notifUri?: string;
  readonly supi?: string;
  readonly gpsi?: string;
  readonly notifId?: string;
}

interface ReadContext {
  readonly words: ConsumerWords;
  readonly counters: readonly string[];
  readonly expiresMicros: number | undefined;
}

export function spendingLimitControl(limits: SpendingLimitService, now: () => number): NchfResource {
  return {
    path: /^(\/nchf-spendinglimitcontrol\/v1\/subscriptions)(?:\/([\w%-]{1,256}))?$/,
    scope: 'nchf-spendinglimitcontrol',
    methods: ([, , id]) => (id === undefined ? ['POST'] : ['PUT', 'DELETE']),
    async answer({ method, match: [, root = '', id], origin, body: bodyOf }) {
      if (method === 'DELETE') return (await limits.unsubscribe(id ?? '')) ? { status: 204 } : unknownSubscription();
      const body = await bodyOf();
      if (typeof body !== 'string') return body;
      const read = readContext(body, id === undefined, now());
      if ('status' in read) return read;
      const reply = replyOf(id === undefined ? await subscribe(limits, read) : await limits.modify(id, changeOf(read)));
      if (isProblem(reply) || id !== undefined) return reply;
      return { ...reply, status: 201, location: `${origin}${root}/${reply.subscription}` };
    },
  };
}

function subscribe(limits: SpendingLimitService, { words, counters, expiresMicros }: ReadContext): Promise<SpendingAnswer> {
  const identities = inOrder([words.supi, words.gpsi].flatMap((text) => (text === undefined ? [] : (identityOf(text) ?? []))));
  return limits.subscribe({ id: `nchf-${randomUUID()}`, kind: 'nchf', identities, counters, peer: { ...words }, expiresMicros });
}

/** An address that is left out stays (§5.6.2.2). */
function changeOf({ words, counters, expiresMicros }: ReadContext): SubscriptionChange {
  return { counters, expiresMicros, ...(words.notifUri === undefined ? {} : { peer: { ...words } }) };
}

function readContext(text: string, isNew: boolean, now: number): ReadContext | ProblemDetails {
  const body = objectOf(text);
  if (typeof body === 'string') return problem('INVALID_MSG_FORMAT', body);
  const fields = new Fields(body);
  const [supi, gpsi, notifUri, notifId] = ['supi', 'gpsi', 'notifUri', 'notifId'].map((name) => short(fields, name));
  if (isNew) {
    fields.required('notifUri', notifUri);
    if (!fields.has('supi') && !fields.has('gpsi')) fields.missing('supi', 'supi or gpsi is needed');
  }
  if (notifUri !== undefined && !isAddress(notifUri)) fields.wrong('notifUri', 'it must be an address of http or https');
  for (const [name, value] of [
    ['supi', supi],
    ['gpsi', gpsi],
  ] as const)
    if (value !== undefined && identityOf(value) === undefined) fields.wrong(name, 'it must be imsi-…, nai-… or msisdn-…');
  const counters = fields.texts('policyCounterIds');
  if (counters.length > MOST_COUNTERS) fields.wrong('policyCounterIds', `at most ${MOST_COUNTERS}`);
  const expiresMicros = fields.instant('expiry');
  if (expiresMicros !== undefined && expiresMicros <= now) fields.wrong('expiry', 'it is over already');
  if (fields.faults.length > 0) return faultsProblem(fields.faults);
  const words = Object.entries({ supi, gpsi, notifUri, notifId }).filter(([, value]) => value !== undefined);
  return { words: Object.fromEntries(words) as ConsumerWords, counters, expiresMicros }; // what is undefined is left out
}

function short(fields: Fields, name: string): string | undefined {
  const text = fields.text(name);
  if (text !== undefined && text.length > MOST_TEXT) fields.wrong(name, `it has at most ${MOST_TEXT} characters`);
  return text;
}

function replyOf(answer: SpendingAnswer): (NchfReply & { readonly subscription: string }) | ProblemDetails {
  switch (answer.kind) {
    case 'counters':
      return { status: 200, subscription: answer.subscription.id, body: JSON.stringify(statusOf(answer.subscription, answer.counters)) };
    case 'user-unknown':
      return spendingProblem('USER_UNKNOWN', 'none of the identities belongs to an account');
    case 'no-counters':
      return spendingProblem('NO_AVAILABLE_POLICY_COUNTERS', 'the plan of the subscriber has no policy counters');
    case 'unknown-counters':
      return spendingProblem(
        'UNKNOWN_POLICY_COUNTERS',
        `unknown: ${answer.unknown.join(', ')}`,
        answer.unknown.map((param) => ({ param, reason: 'the plan of the subscriber does not have it' })),
      );
    case 'unknown-subscription':
      return unknownSubscription();
  }
}

const unknownSubscription = (): ProblemDetails => problem('SUBSCRIPTION_NOT_FOUND', 'there is no such subscription');

/** SpendingLimitStatus. */
function statusOf({ peer, expiresMicros }: Subscription, counters: readonly PolicyCounter[]): object {
  const { supi, notifId }: ConsumerWords = peer;
  return {
    ...(supi === undefined ? {} : { supi }),
    ...(notifId === undefined ? {} : { notifId }),
    statusInfos: Object.fromEntries(
      counters.map(({ counter, status, pending }) => [
        counter,
        {
          policyCounterId: counter,
          currentStatus: status,
          ...(pending.length === 0
            ? {}
            : {
                penPolCounterStatuses: pending.map((each) => ({
                  policyCounterStatus: each.status,
                  activationTime: dateTime(each.atMicros),
                })),
              }),
        },
      ]),
    ),
    ...(expiresMicros === undefined ? {} : { expiry: dateTime(expiresMicros) }),
  };
}

const dateTime = (micros: number): string => new Date(Math.ceil(micros / 1_000)).toISOString();

/** `{notifUri}/notify` and `{notifUri}/terminate` (§5.5). */
export class SpendingNotifications implements SpendingNotifier {
  readonly kind = 'nchf';
  readonly #notifier: Notifier;

  constructor(notifier: Notifier) {
    this.#notifier = notifier;
  }

  changed(subscription: Subscription, counters: readonly PolicyCounter[]): Promise<Delivery> {
    return this.#send(subscription, 'notify', statusOf(subscription, counters));
  }

  ended(subscription: Subscription, account: ChargingAccount): Promise<Delivery> {
    const { supi, gpsi, notifId }: ConsumerWords = subscription.peer;
    const imsi = account.identities.find(({ kind }) => kind === 'imsi')?.value;
    const known = supi ?? (imsi === undefined ? gpsi : `imsi-${imsi}`);
    const words = { supi: known ?? '', ...(notifId === undefined ? {} : { notifId }), termCause: 'REMOVED_SUBSCRIBER' };
    return this.#send(subscription, 'terminate', words);
  }

  async #send({ peer }: Subscription, verb: 'notify' | 'terminate', body: object): Promise<Delivery> {
    const { notifUri = '' }: ConsumerWords = peer;
    const status = await this.#notifier.send(`${notifUri.replace(/\/$/, '')}/${verb}`, JSON.stringify(body));
    if (status === 404 || status === 410) return 'gone';
    return status !== undefined && status >= 200 && status < 300 ? 'told' : 'unreachable';
  }
}
