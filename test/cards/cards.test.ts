import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { cardEvents, fetchEvents, listenForCards, makeLink, seeCardEvent } from '#app/cards/cards.ts';
import type { Settings } from '#app/settings.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { fromStripe, toStripe } from '#gateways/stripe/amounts.ts';
import { stripeProvider } from '#gateways/stripe/provider.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { refusedWith } from '../support/cluster.ts';
import { type TestHome, withHome } from '../usage/home.ts';
import { event, paidEvent, type StripeServer, withStripe } from './stripe-server.ts';

const UNIT = 1_000_000_000n;
const SECRET = 'whsec_test';
process.env.TEST_STRIPE_WEBHOOK = SECRET;

const providerOf = ({ api }: StripeServer, key = 'sk_test_1') => stripeProvider({ key, api, returnTo: 'https://own.example/thanks' });

async function invoice({ database }: TestHome, document: string, nanos: bigint): Promise<void> {
  const entry: LedgerEntry = {
    ...{ legalEntity: 'own', day: '2026-11-01', cause: { kind: 'invoice', id: document }, description: document, by: 'test' },
    postings: [
      { ledgerAccount: 'receivable', account: 'north', document, dueDay: '2026-12-01', currency: 'EUR', amountNanos: nanos },
      { ledgerAccount: 'revenue', service: 'voice', currency: 'EUR', amountNanos: -nanos },
    ],
  };
  await database.transaction((client) => ledgerBooksOn(client).post([entry]));
}

async function open({ database }: TestHome): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ what: string; nanos: string }>(
    `select coalesce(document, ledger_account) as what, sum(amount_nanos)::text as nanos from ledger_posting
      where ledger_account in ('receivable', 'unallocated') group by 1 having sum(amount_nanos) <> 0 order by 1`,
  );
  return Object.fromEntries(rows.map(({ what, nanos }) => [what.startsWith('PAY-') ? 'on account' : what, nanos]));
}

const withMoney = (work: (home: TestHome, stripe: StripeServer) => Promise<void>): Promise<void> =>
  withStripe((stripe) => withHome((home) => work(home, stripe)));

/** Listens as `card listen` does; `tell` posts an event with its signature and gives the answer. */
async function listening(
  home: TestHome,
  work: (tell: (what: object, secret?: string, at?: number) => Promise<number>, url: string) => Promise<void>,
): Promise<void> {
  const settings: Settings['stripe'] = { key: '', webhookSecret: 'env:TEST_STRIPE_WEBHOOK', listen: '127.0.0.1:0', returnTo: '', api: '' };
  const listener = await listenForCards(home.database, settings, () => undefined);
  const url = `http://127.0.0.1:${listener.port}/stripe`;
  try {
    await work(async (what, secret = SECRET, at) => {
      const payload = JSON.stringify(what);
      const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(at === undefined ? {} : { timestamp: at }) });
      return (await fetch(url, { method: 'POST', body: payload, headers: { 'stripe-signature': signature } })).status;
    }, url);
  } finally {
    await listener.close();
  }
}

test('a link asks for what is open of a document; the same amount has the same page, also after a failure of the provider', () =>
  withMoney(async (home, stripe) => {
    await invoice(home, 'INV-1', 100n * UNIT + 500_000_000n);
    stripe.failing = 9;
    await refusedWith('card.provider-failed', makeLink(home.database, providerOf(stripe), 'INV-1', 'test'));
    stripe.failing = 0;
    const link = await makeLink(home.database, providerOf(stripe), 'INV-1', 'test');
    assert.equal(link.url, 'https://checkout.stripe.com/c/pay/cs_test_1');
    assert.equal((await makeLink(home.database, providerOf(stripe), 'INV-1', 'test')).url, link.url);
    assert.equal(stripe.sessions.size, 1);
    const [asked] = stripe.sessions.values();
    assert.equal(asked?.get('line_items[0][price_data][unit_amount]'), '10050');
    assert.equal(asked?.get('line_items[0][price_data][currency]'), 'eur');
    assert.equal(asked?.get('metadata[carillon_document]'), 'INV-1');
    await refusedWith('card.document-settled', makeLink(home.database, providerOf(stripe), 'INV-9', 'test'));
    await invoice(home, 'INV-2', 1n * UNIT);
    await refusedWith('card.provider-failed', makeLink(home.database, providerOf(stripe, 'sk_wrong'), 'INV-2', 'test'));
  }));

test('what is paid settles the document once, however often and by whomever it is told', () =>
  withMoney(async (home, stripe) => {
    await invoice(home, 'INV-1', 100n * UNIT);
    await makeLink(home.database, providerOf(stripe), 'INV-1', 'test');
    const paid = paidEvent('evt_1', 'cs_test_1', 10_000);
    await listening(home, async (tell) => {
      assert.deepEqual(await Promise.all([tell(paid), tell(paid), tell(paid)]), [200, 200, 200]);
    });
    stripe.events.push(paid, event('evt_2', 'customer.created', { id: 'cus_1' }), event('evt_3', 'customer.updated', { id: 'cus_1' }));
    const outcomes: string[] = [];
    await fetchEvents(home.database, providerOf(stripe), (one, { outcome }) => outcomes.push(`${one.eventId} ${outcome}`));
    assert.deepEqual(outcomes, ['evt_1 known', 'evt_2 noted', 'evt_3 noted']);
    assert.deepEqual(await open(home), {});
    const { rows } = await home.database.pool.query("select count(*) from ledger_entry where cause_kind = 'payment-in'");
    assert.deepEqual(rows, [{ count: 1n }]);
  }));

test('more than is open stays on the account; what is paid for no link of ours, refunded or disputed waits for a person', () =>
  withMoney(async (home, stripe) => {
    await invoice(home, 'INV-1', 100n * UNIT);
    await makeLink(home.database, providerOf(stripe), 'INV-1', 'test');
    await listening(home, async (tell) => {
      assert.equal(await tell(paidEvent('evt_1', 'cs_test_1', 12_000)), 200);
      assert.equal(await tell(paidEvent('evt_2', 'cs_unknown', 500)), 200);
      assert.equal(await tell(paidEvent('evt_3', 'cs_test_1', 500, { payment_status: 'unpaid' })), 200);
      assert.equal(
        await tell(event('evt_4', 'charge.refunded', { id: 'ch_1', payment_intent: 'pi_evt_1', currency: 'eur', amount_refunded: 700 })),
        200,
      );
      assert.equal(
        await tell(event('evt_5', 'charge.dispute.created', { id: 'dp_1', payment_intent: 'pi_evt_1', reason: 'fraudulent' })),
        200,
      );
    });
    const held = await cardEvents(home.database, true);
    assert.deepEqual(held.map(({ eventId, said }) => `${eventId} ${said}`).toSorted(), [
      'evt_2 paid 5.00 EUR for cs_unknown, which is no link of ours',
      'evt_4 7.00 EUR of pi_evt_1 were refunded: book it with payment refund',
      'evt_5 the payer disputes pi_evt_1: fraudulent',
    ]);
    await seeCardEvent(home.database, 'evt_5', 'anna');
    await refusedWith('card.event-unknown', seeCardEvent(home.database, 'evt_5', 'anna'));
    assert.equal((await cardEvents(home.database, true)).length, 2);
    assert.equal((await open(home))['INV-1'], undefined);
  }));

test('messages with another signature, too old, too large, or to another place are not taken', () =>
  withMoney(async (home) => {
    await listening(home, async (tell, url) => {
      assert.equal(await tell(paidEvent('evt_1', 'cs_1', 100), 'whsec_other'), 400);
      assert.equal(await tell(paidEvent('evt_1', 'cs_1', 100), SECRET, 1_600_000_000), 400);
      assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 400);
      assert.equal((await fetch(url)).status, 404);
      assert.equal((await fetch(`${url}/other`, { method: 'POST', body: '{}' })).status, 404);
      assert.equal((await fetch(url, { method: 'POST', body: 'x'.repeat(1_100_000) })).status, 413);
    });
    assert.deepEqual(await cardEvents(home.database, false), []);
  }));

test('amounts are Stripe’s smallest units, with its exceptions', () => {
  assert.equal(toStripe('EUR', 10_050n * 10_000_000n), 10_050);
  assert.equal(toStripe('JPY', 500n * UNIT), 500);
  assert.equal(toStripe('ISK', 500n * UNIT), 50_000);
  assert.equal(toStripe('KWD', 5_120_000_000n), 5_120);
  assert.equal(toStripe('KWD', 5_123_000_000n), undefined, 'three decimals must end in a zero');
  assert.equal(toStripe('EUR', 10_000_001n), undefined);
  assert.equal(toStripe('EUR', 0n), undefined);
  assert.equal(toStripe('EUR', 10_000_000n * UNIT), undefined);
  for (const [currency, nanos] of [
    ['EUR', 12_340_000_000n],
    ['JPY', 7n * UNIT],
    ['ISK', 9n * UNIT],
    ['BHD', 1_230_000_000n],
  ] as const)
    assert.equal(fromStripe(currency, toStripe(currency, nanos) ?? Number.NaN), nanos);
  assert.equal(fromStripe('EUR', 1.5), undefined);
});
