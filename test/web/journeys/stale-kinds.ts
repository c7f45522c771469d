/** One form of every kind that sends the version it was made of: who is second is told, and what they wrote is still there. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { settle } from '../browser.ts';
import {
  accountOf,
  agreedDispute,
  ask,
  askAs,
  contestedByPartner,
  heldAccount,
  keepTemplate,
  LOGO,
  netting,
  ownTemplate,
  partnerInvoice,
  raisedDispute,
  type World,
} from '../forms-before.ts';
import type { Journey } from '../journey.ts';

interface Kind {
  readonly name: string;
  readonly role: string;
  /** Where it is. */
  readonly before: (world: World) => Promise<string>;
  /** Names of what is pressed until it is open; none: it is on the page. */
  readonly open: readonly string[];
  /** What is written, by its label; `=` before a choice. */
  readonly writes: Readonly<Record<string, string>>;
  /** What else it wants. */
  readonly also?: (form: Locator) => Promise<unknown>;
  /** On the button that sends it. */
  readonly send: string;
  /** Of somebody else, from elsewhere, after it was opened. */
  readonly other: (world: World, at: string) => Promise<unknown>;
  /** What is said of it, where it shows something. */
  readonly now?: RegExp;
  /** Sent over it at the end; what the other did leaves nothing to send over otherwise. */
  readonly isOver?: true;
  /** A button that goes with what the other did, where that is taken. */
  readonly gone?: string;
}

const last = (path: string): string => path.split('/').at(-1) ?? '';
const ofAccount = (label: string, writes: Kind['writes'], path: string, data: object, now: RegExp): Kind => ({
  ...{ name: label, role: 'support', before: (world) => accountOf(world, 'stale'), open: ['More', label], writes, send: label, now },
  other: (world, at) => ask(world, `/v1/charging/accounts/${last(at)}/${path}`, data, 'PUT'),
  isOver: true,
});

/** Whatever makes the page read the dispute anew. */
async function writtenBeside({ page }: World): Promise<void> {
  const talk = page.getByRole('region', { name: 'Messages and evidence' });
  await talk.getByLabel('Message', { exact: true }).fill('a word beside it');
  const read = page.waitForResponse((answer) => /\/v1\/disputes\/\d+$/.test(answer.url()));
  await talk.getByRole('button', { name: 'Send', exact: true }).click();
  await read;
  await settle(page);
}

const kinds: readonly Kind[] = [
  {
    ...ofAccount(
      'Set a spending limit',
      { Limit: '5.00', Note: 'asked by telephone' },
      'controls/roaming-data',
      { limit: '3.00' },
      /3\.00/,
    ),
  },
  ofAccount('Set the credit limit', { 'Credit limit, EUR': '5.00' }, 'credit-limit', { amount: '3.00' }, /3\.00/),
  ofAccount('Activate, block or close', { Status: '=active', Note: 'paid' }, 'status', { status: 'blocked' }, /blocked/),
  ofAccount('Say whose it is', { Customer: '' }, 'party', { party: 'dana-reyes' }, /dana-reyes/),
  ofAccount('How it is reached', { Mail: 'mine@x.example' }, 'contact', { email: 'theirs@x.example' }, /theirs@x\.example/),
  {
    ...{ name: 'a netting', role: 'finance', before: netting, open: ['Cancel the netting'], writes: { Reason: 'they pay at once' } },
    ...{ send: 'Cancel the netting', isOver: true, now: /on the phone/ },
    other: (world, at) => ask(world, `/v1/nettings/${last(at)}/confirmations`, { side: 'us', why: 'on the phone' }),
  },
  {
    ...{ name: 'an invoice of a partner', role: 'finance', before: partnerInvoice, open: ['Refuse'], writes: { Reason: 'not ours' } },
    ...{ send: 'Refuse', now: /read twice/ },
    other: (world, at) => ask(world, `/v1/partner-invoices/${last(at)}/refusals`, { reason: 'read twice' }),
  },
  {
    ...{
      name: 'a hold',
      role: 'finance',
      before: heldAccount,
      open: ['Release'],
      writes: { Why: 'has paid' },
      send: 'Release',
      isOver: true,
    },
    now: /once more/,
    async other(world) {
      await ask(world, '/v1/accounts/andina-usd/hold', { hold: false, why: 'promised' }, 'PUT');
      await ask(world, '/v1/accounts/andina-usd/hold', { hold: true, why: 'late once more' }, 'PUT');
    },
  },
  {
    ...{ name: 'a dispute', role: 'finance', before: raisedDispute, open: [], writes: { Message: 'half of it', Offer: '1.00' } },
    ...{ send: 'Offer', now: /we looked at it/ },
    async other(world, at) {
      await ask(world, `/v1/disputes/${last(at)}/steps`, { kind: 'offered', by: 'us', amount: '0.50', note: 'we looked at it' });
      await writtenBeside(world);
    },
  },
  {
    ...{ name: 'the settlement of a dispute', role: 'finance', before: agreedDispute, open: [], send: 'Settle', now: /found it after all/ },
    writes: { Outcome: '=Their credit note', 'Number of their credit note': 'CN-77' },
    async other(world, at) {
      await ask(world, `/v1/disputes/${last(at)}/steps`, { kind: 'withdrawn', by: 'them', note: 'found it after all' });
      await writtenBeside(world);
    },
    gone: 'Settle',
  },
  {
    ...{ name: 'an answer in the portal', role: 'partner', before: contestedByPartner, open: [], send: 'Answer', now: /half of that/ },
    writes: { Amount: '1.00', Message: 'all of it' },
    // An offer of the operator is not accepted by who was writing one.
    async other(world, at) {
      const step = { kind: 'offered', by: 'us', amount: '0.50', note: 'half of that' };
      await askAs(world.house, 'finance', `/v1/disputes/${last(at)}/steps`, step);
      await writtenBeside(world);
    },
  },
  {
    ...{ name: 'a limit of one’s own', role: 'customer', before: async () => '/portal/account', open: ['Change'], send: 'Set the limit' },
    ...{ writes: { Limit: '15.00' }, now: /13\.00/, isOver: true },
    other: (world) => ask(world, '/v1/portal/charging-accounts/dana/controls/month', { limit: '13.00' }, 'PUT'),
  },
  {
    ...{ name: 'a template', role: 'finance', before: ownTemplate, open: ['Add a template'], send: 'Check and keep', now: /modern/ },
    writes: { Name: 'twice-kept' },
    also: (form) =>
      form
        .locator('input[type=file]')
        .last()
        .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(LOGO) }),
    other: (world) => keepTemplate(world, 'modern'),
    isOver: true,
  },
];

export const journeys: readonly Journey[] = [
  {
    name: `of two who change the same the second is told so with what was written kept, in each form that sends its version: ${kinds.length} kinds`,
    async walk(begin, house) {
      for (const [role, mine] of Map.groupBy(kinds, (kind) => kind.role)) {
        const { page, errors, look } = await begin({ role });
        await page.goto('/');
        for (const kind of mine) {
          const world = { house, page };
          const at = await kind.before(world);
          await page.goto(at);
          await settle(page);
          for (const name of kind.open)
            await page
              .getByRole('button', { name, exact: true })
              .or(page.getByRole('menuitem', { name, exact: true }))
              .first()
              .click();
          const form = kind.open.length === 0 ? page.getByRole('main') : page.getByRole('dialog');
          await written(page, form, kind.writes);
          await kind.also?.(form);
          const send = form.getByRole('button', { name: kind.send, exact: true });
          // By then it has read what it is about.
          await send.and(page.locator(':enabled')).waitFor();
          await kind.other(world, at);
          await send.click();
          const told = form.getByRole('alert');
          await told.getByText('Somebody changed this meanwhile').waitFor();
          if (kind.now !== undefined) await told.getByText(kind.now).first().waitFor();
          assert.deepEqual(await kept(form, kind.writes), kind.writes, kind.name);
          await look(`stale-${kind.name.replaceAll(/\W/g, '-')}`);
          await told.getByRole('button', { name: kind.isOver === true ? 'Send mine over it' : 'Take what is there now' }).click();
          await told.waitFor({ state: 'detached' });
          if (kind.isOver === true) await form.waitFor({ state: 'detached' });
          else if (kind.gone !== undefined) await form.getByRole('button', { name: kind.gone, exact: true }).waitFor({ state: 'detached' });
          else await page.keyboard.press('Escape');
        }
        const wrong = errors().filter((each) => !/ 412 /.test(each));
        assert.deepEqual(wrong, []);
      }
    },
  },
  {
    name: 'who goes back in the middle of a sheet, of a file, of a form is asked, and what was entered is still there',
    async walk(begin) {
      const asked = async (page: Page, there: Locator, value: string): Promise<void> => {
        const here = page.url();
        await page.evaluate('history.back()');
        const question = page.getByRole('dialog', { name: 'Leave this page' });
        await question.waitFor();
        await question.getByRole('button', { name: 'Cancel' }).click();
        await question.waitFor({ state: 'detached' });
        // The browser had gone back already, and is sent forward again.
        await page.waitForURL(here);
        assert.equal(await there.inputValue(), value);
      };
      const { page, go, errors, look } = await begin({ role: 'interconnect-manager' });
      await go('/rate-sheets');
      await page.getByRole('link', { name: 'Take in a rate sheet' }).first().click();
      await page.waitForURL('**/rate-sheets/new');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('Code;Price\n49;0.01\n') });
      const agreement = page.getByLabel('Agreement');
      await agreement.selectOption('atlantic-voice');
      await asked(page, agreement, 'atlantic-voice');
      await look('asked-before-leaving');
      await page.getByText('a.csv').waitFor();
      assert.match(page.url(), /\/rate-sheets\/new$/);
      await page.evaluate('history.back()');
      await page.getByRole('dialog', { name: 'Leave this page' }).getByRole('button', { name: 'Leave this page' }).click();
      await page.waitForURL('**/rate-sheets');
      assert.deepEqual(errors(), []);

      const partner = await begin({ role: 'partner' });
      await partner.go('/portal/keys');
      await partner.page.locator('a[href="/portal/send"]').first().click();
      await partner.page.waitForURL('**/portal/send');
      await partner.page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from('x') });
      const period = partner.page.getByLabel('Period').first();
      await period.fill('2026-10');
      await asked(partner.page, period, '2026-10');
      await partner.page.getByText('b.csv').waitFor();

      const finance = await begin({ role: 'finance' });
      await finance.go('/payments');
      await finance.page.locator('a[href="/ledger"]').first().click();
      await finance.page.waitForURL('**/ledger');
      await finance.page.getByRole('button', { name: 'Enter an entry' }).click();
      const reference = finance.page.getByRole('textbox', { name: 'Reference' });
      await reference.fill('half written');
      await asked(finance.page, reference, 'half written');
    },
  },
];

async function written(page: Page, form: Locator, writes: Kind['writes']): Promise<void> {
  for (const [label, text] of Object.entries(writes)) {
    const field = fieldOf(form, label);
    if (!text.startsWith('=')) await field.fill(text);
    else if ((await field.getAttribute('aria-haspopup')) !== 'listbox') await field.selectOption(text.slice(1));
    else {
      await field.click();
      await page.getByRole('option', { name: text.slice(1), exact: true }).click();
    }
  }
}

async function kept(form: Locator, writes: Kind['writes']): Promise<Kind['writes']> {
  const found: Record<string, string> = {};
  for (const [label, text] of Object.entries(writes))
    found[label] = `${text.startsWith('=') ? '=' : ''}${await fieldOf(form, label).inputValue()}`;
  return found;
}

/** Its label may say that it is needed, or what it is in. */
const fieldOf = (form: Locator, label: string): Locator => form.getByLabel(new RegExp(`^${label.replaceAll('.', '\\.')}`)).first();
