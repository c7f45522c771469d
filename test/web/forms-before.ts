/** What a form is about and the demonstration does not have, made before each time that the form is opened: by the API as who fills it in, or by commands. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { House } from './house.ts';

export interface World {
  readonly house: House;
  readonly page: Page;
}

/** Where the form is, where only this knows it. */
export type Before = (world: World) => Promise<string | undefined>;

type Answer = Readonly<Record<string, string>>;

/** Done before, whoever asks first: configurations stay. */
const done = new WeakMap<House, Set<string>>();

async function once(house: House, name: string, work: () => Promise<unknown>): Promise<void> {
  const names = done.get(house) ?? new Set();
  done.set(house, names);
  if (names.has(name)) return;
  await work();
  names.add(name);
}

export async function ask({ house, page }: World, path: string, data: object, method: 'POST' | 'PUT' = 'POST'): Promise<Answer> {
  const headers = { origin: house.origin, 'idempotency-key': randomUUID() };
  const answer = await page.request.fetch(path, { method, headers, data });
  assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
  return answer.json();
}

/** Of somebody of another role, whose page is not open. */
export async function askAs(house: House, role: string, path: string, data: object): Promise<Answer> {
  const headers = {
    origin: house.origin,
    cookie: await house.cookieOf(role),
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  };
  const answer = await fetch(`${house.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(data) });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${text}`);
  return JSON.parse(text);
}

async function upload({ house, page }: World, name: string, data: string): Promise<string> {
  const headers = { origin: house.origin, 'content-type': 'application/octet-stream' };
  const answer = await page.request.post(`/v1/uploads?name=${name}`, { headers, data });
  assert.ok(answer.ok(), await answer.text());
  const { upload: sent } = await answer.json();
  return sent;
}

/** In a folder of its own, which is gone afterwards. */
async function written<T>(name: string, text: string, use: (folder: string, file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'forms-'));
  try {
    writeFileSync(join(folder, name), text);
    return await use(folder, join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const configured = (house: House, name: string, text: string): Promise<void> =>
  once(house, name, () => written(`${name}.yaml`, text, (folder) => house.cli('apply', folder)));

const KNOWN_MS = 60_000;
const LOOK_AGAIN_MS = 100;

/** A name that nothing has yet. */
const fresh = (kind: string): string => `${kind}-${randomUUID().slice(0, 8)}`;

export const identity: Before = async (world) => {
  await ask(world, '/v1/charging/accounts/dana/identities', { identity: `msisdn:4930${Date.now()}` });
  return undefined;
};

/** Under the plan of the example. */
export const accountOf = async ({ house }: World, kind: string): Promise<string> => `/charging/${await openAccount(house, 'mira', kind)}`;

async function openAccount(house: House, plan: string, kind: string): Promise<string> {
  await once(house, 'prepaid-mobile', () => house.cli('apply', 'examples/prepaid-mobile'));
  const name = fresh(kind);
  await house.cli('charge', 'open', name, '--plan', plan);
  if (plan === 'mira') await limited(house, name);
  return name;
}

/** The server looks every two seconds whether plans are others: before that it knows no limit of a new one, and a page that is open offers none. */
async function limited(house: House, account: string): Promise<void> {
  const headers = { cookie: await house.cookieOf('support') };
  for (const until = performance.now() + KNOWN_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const answer = await fetch(`${house.origin}/v1/charging/accounts/${account}/controls`, { headers });
    const { items = [] }: { readonly items?: readonly unknown[] } = JSON.parse(await answer.text());
    if (items.length > 0) return;
    assert.ok(performance.now() < until, `${account} has no limit: ${answer.status}`);
  }
}

export const inPool: Before = async (world) => {
  const [pool, account] = [await openAccount(world.house, 'mira-family', 'family'), await openAccount(world.house, 'mira', 'child')];
  await ask(world, `/v1/charging/accounts/${account}/pools`, { pool });
  return `/charging/${account}`;
};

/** Points become money. */
export const points: Before = async (world) => {
  const account = await openAccount(world.house, 'mira', 'points');
  await ask(world, `/v1/charging/accounts/${account}/allowances`, { allowance: 'points' });
  return `/charging/${account}`;
};

/** A second one, which wants two persons for each entry. */
const company = { id: 'two-persons', name: 'Two Persons Ltd', country: 'US', currency: 'USD', zone: 'UTC', ledger: { fourEyes: true } };

export const secondCompany = (house: House): Promise<void> =>
  configured(house, 'two-persons', JSON.stringify({ legalEntities: [company] }));

export const waitingEntry: Before = async (world) => {
  await secondCompany(world.house);
  const rows = ['entry,day,description,ledgerAccount,currency,debit,credit'];
  const entry = fresh('entry');
  for (const posting of ['bank,USD,1.00,', 'revenue,USD,,1.00']) rows.push(`${entry},2026-10-15,cash found,${posting}`);
  await ask(world, '/v1/ledger/entries', { upload: await upload(world, 'entry.csv', rows.join('\n')), legalEntity: company.id });
  return undefined;
};

/** Both sides have something open. */
export const netting = async (world: World): Promise<string> => {
  const entry = fresh('open');
  const rows = ['entry,day,description,ledgerAccount,account,document,dueDay,currency,debit,credit'];
  for (const [ledgerAccount, letter, money] of [
    ['receivable', 'R', '10.00,'],
    ['payable', 'P', ',4.00'],
  ] as const)
    rows.push(`${entry},2026-10-15,brought along,${ledgerAccount},andina-usd,${letter}-${entry},2026-11-15,USD,${money}`);
  rows.push(`${entry},2026-10-15,brought along,revenue,,,,USD,,6.00`);
  const legalEntity = 'halyard-us';
  await ask(world, '/v1/ledger/entries', { upload: await upload(world, 'open.csv', rows.join('\n')), legalEntity });
  const { netting: name } = await ask(world, '/v1/nettings', { party: 'andina', currency: 'USD', legalEntity });
  return `/netting/${name}`;
};

/** Something more is owed, so that there is something to pay whichever orders wait. */
export const paymentOrder: Before = async (world) => {
  const entry = fresh('owed');
  const rows = ['entry,day,description,ledgerAccount,account,document,dueDay,currency,debit,credit'];
  rows.push(`${entry},2026-10-15,brought along,payable,andina-usd,P-${entry},2026-11-15,USD,,3.00`);
  rows.push(`${entry},2026-10-15,brought along,cost,,,,USD,3.00,`);
  const legalEntity = 'halyard-us';
  await ask(world, '/v1/ledger/entries', { upload: await upload(world, 'owed.csv', rows.join('\n')), legalEntity });
  await ask(world, '/v1/payment-orders', { dueBy: '2026-11-20', party: 'andina', currency: 'USD', legalEntity });
  return undefined;
};

/** Nobody knows whose. */
export const payment: Before = async (world) => {
  const money = { amount: '1.25', currency: 'USD' };
  const entered = await ask(world, '/v1/payments', {
    reference: fresh('paid'),
    direction: 'in',
    money,
    day: '2026-10-15',
    legalEntity: 'halyard-us',
  });
  return `/payments/${entered.payment}`;
};

export const partnerInvoice = async (world: World): Promise<string> => {
  const sent = await upload(world, 'october.csv', 'Destination;Calls;Seconds;Amount\nFrance;1;60;40.50\n');
  const head = { agreement: 'atlantic-voice', period: '2026-10', service: 'voice', number: fresh('A'), dated: '2026-11-03', tax: '0' };
  const { invoice } = await ask(world, '/v1/partner-invoices', { upload: sent, ...head });
  return `/partner-invoices/${invoice}`;
};

/** Over an invoice. */
export const raisedDispute = async (world: World): Promise<string> => {
  const answer = await world.page.request.get('/v1/documents?kind=invoice&limit=1');
  const { items }: { items: readonly { readonly number: string }[] } = await answer.json();
  const document = items[0]?.number ?? '';
  const raised = await ask(world, '/v1/disputes', {
    document,
    amount: '1.00',
    reason: fresh('too dear'),
    by: 'them',
    legalEntity: 'halyard-us',
  });
  return `/disputes/${raised.dispute}`;
};

/** An offer was accepted: it is to be settled. */
export const agreedDispute = async (world: World): Promise<string> => {
  const at = await raisedDispute(world);
  const steps = at.replace('/disputes/', '/v1/disputes/').concat('/steps');
  await ask(world, steps, { kind: 'offered', by: 'us', amount: '0.50', note: 'half of it' });
  await ask(world, steps, { kind: 'accepted', by: 'them', note: 'so be it' });
  return at;
};

/** Over an invoice of theirs, in the portal. */
export const contestedByPartner = async (world: World): Promise<string> => {
  const answer = await world.page.request.get('/v1/documents?kind=invoice&limit=1');
  const { items }: { items: readonly { readonly number: string }[] } = await answer.json();
  const document = items[0]?.number ?? '';
  const raised = await ask(world, '/v1/portal/disputes', { document, amount: '1.00', reason: fresh('too dear') });
  return `/portal/disputes/${raised.dispute}`;
};

export const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>';

export const keepTemplate = async (world: World, base: string): Promise<unknown> =>
  ask(world, '/v1/templates/twice-kept', { base, logo: await upload(world, 'logo.svg', LOGO) }, 'PUT');

export const ownTemplate = async (world: World): Promise<string> => {
  await keepTemplate(world, 'classic');
  return '/settings/templates';
};

/** No letters go to it. */
export const heldAccount = async (world: World): Promise<string> => {
  await ask(world, '/v1/accounts/andina-usd/hold', { hold: true, why: fresh('late') }, 'PUT');
  return '/dunning';
};

export const hold: Before = async (world) => {
  await ask(world, '/v1/retention/holds', { from: '2026-10-01', why: fresh('a court asks') });
  return undefined;
};

export const webhook: Before = async (world) => {
  const name = fresh('hook');
  const { house } = world;
  await house.cli('webhooks', 'add', name, `https://${name}.example/1`, '--secret', 'env:HOUSE_WEBHOOK', '--type', 'webhook.test');
  return undefined;
};

export const numberTable: Before = async ({ house }) => {
  const file = { columns: { number: 'tn', value: 'lrn' }, numbering: { countryCode: '1', nationalPrefix: '' } };
  await configured(house, 'us-lrn', JSON.stringify({ numberTables: [{ id: 'us-lrn', gives: 'routing-number', file }] }));
  return undefined;
};

/** The second call of somebody within an hour is held. */
export const screened: Before = async ({ house, page }) => {
  const fields = {
    start: { column: 'time', time: 'YYYY-MM-DD HH:mm:ss' },
    ...{ duration: 'seconds', calling: 'a', called: 'b', trunkIn: 'in', trunkOut: 'out' },
  };
  const source = { id: 'looked-at', format: 'delimited', separator: ';', header: true, zone: 'UTC', key: 'id', fields };
  const rule = { id: 'twice-an-hour', kind: 'volume', per: 'calling', action: 'hold', limit: 1, windowMinutes: 60 };
  await configured(house, 'screened', JSON.stringify({ sources: [source], screening: [rule] }));
  const name = fresh('calls');
  const calls = [1, 2].map((at) => `${name}.${at};2026-10-15 10:0${at}:00;60;2125550100;011573001234567;atlantic-ny1;andina-ny1`);
  const said = await written(`${name}.csv`, ['id;time;seconds;a;b;in;out', ...calls, ''].join('\n'), (_, path) =>
    house.cli('usage', 'load', path, '--source', source.id),
  );
  const { items } = await (await page.request.get('/v1/usage/flags')).json();
  assert.ok(items.length > 0, said);
  return undefined;
};
