/** What happened is told: messages are made of events, and sent; systems of others hear of them. */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { httpCaller } from '#gateways/webhooks/http-caller.ts';
import { makeMessages } from '#operations/notifications/make.ts';
import type { Outgoing } from '#operations/notifications/ports.ts';
import { type SentOne, sendDue } from '#operations/notifications/send.ts';
import { type ToldOne, tellDue } from '#operations/webhooks/deliver.ts';
import { accountsOfNotices } from '#storage/notifications/accounts.ts';
import { notificationStore } from '#storage/notifications/notification-store.ts';
import { webhookStore } from '#storage/webhooks/webhook-store.ts';
import type { Installation } from '../installation.ts';
import { allowedNetworks } from './networks.ts';
import { type KnownRules, tellingRules } from './rules.ts';
import { openSenders, tellingSecret } from './senders.ts';

const LOOK_MS = 1_000;
const EVENTS_AT_ONCE = 200;
const FORGET_EVERY_MS = 3_600_000;
const FORGET_AT_ONCE = 1_000;
const MICROS_PER_DAY = 86_400_000_000;

export interface TellingScreen {
  readonly sent: (one: SentOne) => void;
  readonly told: (one: ToldOne) => void;
  /** So many messages are due by a way that this process cannot send: a setting is empty. */
  readonly waiting: (way: Outgoing['way'], count: number, setting: string) => void;
}

const silent: TellingScreen = { sent: () => undefined, told: () => undefined, waiting: () => undefined };

export interface TellingRun {
  /** Stay until `stop` is set. */
  readonly watch: boolean;
  readonly stop: AbortSignal;
  readonly screen?: TellingScreen;
}

/** The end of this millisecond: what the database made due within it, by its own clock, is due. */
const nowMicros = (): number => Date.now() * 1000 + 999;

/**
 * Makes messages of all events, and sends what is due; again and again where it is to watch. Several may run at once. Throws RefusedError
 * for plans that cannot be compiled; while it watches, failures are logged, and it goes on.
 */
export async function runTelling(installation: Installation, { watch, stop, screen = silent }: TellingRun): Promise<number> {
  const { database, settings, log } = installation;
  const store = notificationStore(database);
  const senders = openSenders(settings, store, log);
  const sending = { store, senders: senders.byWay, now: nowMicros };
  const webhooks = {
    store: webhookStore(database),
    caller: httpCaller({
      allowed: allowedNetworks(settings),
      timeoutMs: settings.webhooks.timeoutMs,
    }),
    secret: tellingSecret,
    now: nowMicros,
  };
  const by = `${hostname()}:${process.pid}`;
  let known: KnownRules | undefined;
  let events = 0;
  let forgotten = -Infinity;
  const once = async (): Promise<void> => {
    known = await tellingRules(database, settings, known);
    const { rules } = known;
    for (let some = EVENTS_AT_ONCE; some === EVENTS_AT_ONCE && !stop.aborted; events += some)
      some = await store.spread(nowMicros(), EVENTS_AT_ONCE, async (notices, about) => {
        const accounts = await accountsOfNotices(database, notices);
        return makeMessages(notices, accounts, about, rules, nowMicros());
      });
    await Promise.all([sendDue(sending, by, screen.sent, stop), tellDue(webhooks, by, screen.told, stop)]);
    if (performance.now() - forgotten < FORGET_EVERY_MS) return;
    forgotten = performance.now();
    for (const { way, setting } of senders.missing) {
      const count = await store.due(nowMicros(), way);
      if (count === 0) continue;
      screen.waiting(way, count, setting);
      if (watch) log.warn({ messages: count, setting }, `messages by ${way} wait for a process with ${setting}`);
    }
    const before = nowMicros() - settings.notify.keepDays * MICROS_PER_DAY;
    while ((await store.forget(before, FORGET_AT_ONCE)) > 0 && !stop.aborted);
  };
  try {
    for (;;) {
      if (!watch) {
        await once();
        return events;
      }
      await once().catch((error: unknown) => log.error({ err: error }, 'nobody could be told; what is to be told waits'));
      await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) return events;
    }
  } finally {
    await senders.close();
  }
}
