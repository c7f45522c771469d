/** The month closed: documents, netting, a difference argued, a bank's file, and the proof of the books. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import { bankFile } from './bank-file.ts';
import { atlanticDeclaration } from './partner-declaration.ts';
import * as screen from './screen.ts';
import { AGREEMENTS, ask, EXAMPLE, PERIOD, requireFile, type Stage, show } from './steps.ts';

const CLOSED_ON = '2026-11-03';
const PAID_ON = '2026-11-18';

interface Issued {
  readonly number: string;
  readonly kind: string;
  readonly party: string;
}

interface OpenItem {
  readonly document: string;
  readonly open: string;
}

/** What a close needs besides the agreements: tax where it is due by state, certificates, rates of exchange. */
export async function prepareClose(stage: Stage): Promise<void> {
  await show(stage, ['tax', 'import', `${EXAMPLE}/us-sales-tax.csv`, '--table', 'us-states']);
  screen.say('', 'Both American companies sell on what they buy. Certificates of resale free them of sales tax:');
  const certificate = (party: string, number: string, state: string): readonly string[] => [
    'tax',
    'certificate',
    'add',
    party,
    number,
    '--of',
    state,
    '--from',
    '2026-01-01',
    '--to',
    '2030-01-01',
  ];
  await show(stage, certificate('atlantic', 'NJ-ST3-4471', 'US-NJ'));
  await show(stage, certificate('halyard-us', 'NY-ST120-208', 'US-NY'));
  await show(stage, ['exchange', 'import', `${EXAMPLE}/exchange-rates.csv`, '--source', 'manual'], { most: 6 });
  await show(stage, ['tax', 'check', '--from', '2026-10-01', '--to', '2026-12-01']);
}

export async function closeMonth(stage: Stage): Promise<void> {
  const close = ['period', 'close', ...AGREEMENTS.flatMap((agreement) => ['--agreement', agreement]), '--dated', CLOSED_ON];
  await show(stage, close, { refuses: true });
  screen.say('', 'What waits was looked at above. We close all the same, and the reason is kept:');
  await show(stage, [...close, '--override', 'blocked destinations and damaged records: nothing to bill']);
  await show(stage, ['period', 'status', '--agreement', 'rheinland-voice', '--on', CLOSED_ON]);
  screen.say('', 'The ports that Atlantic leases are left to be closed on the board of the console:');
  await show(stage, ['period', 'status', '--agreement', 'atlantic-ports', '--on', CLOSED_ON]);
}

export async function makeDocuments(stage: Stage): Promise<void> {
  const folder = monthFolder(stage);
  await show(stage, ['invoice', 'list']);
  const rheinland = (await issuedTo(stage, 'rheinland')).number;
  await show(stage, ['invoice', 'pdf', rheinland, '--out', join(folder, `${rheinland}.pdf`)]);
  const electronic = join(folder, `${rheinland}.xml`);
  await show(stage, ['e-invoice', 'write', rheinland, '--out', electronic]);
  await show(stage, ['e-invoice', 'check', electronic]);
}

export async function setOff(stage: Stage): Promise<void> {
  await show(stage, ['netting', 'propose', 'andina', '--currency', 'USD', '--dated', '2026-11-10']);
  await show(stage, ['netting', 'agree', 'NET-1', '--why', 'mail of Sra. Restrepo, 10 November', '--dated', '2026-11-10'], {
    most: 0,
    last: 1,
  });
}

/** Atlantic's own figures. What was seeded into them must be found, and nothing must be left unexplained. */
export async function reconcileAtlantic(stage: Stage): Promise<void> {
  const folder = monthFolder(stage);
  const detail = join(folder, 'atlantic-our-calls.csv');
  await show(stage, ['statement', 'atlantic-voice', '--period', PERIOD, '--detail', detail, '--quiet']);
  const theirs = join(folder, 'atlantic-declaration.csv');
  writeFileSync(theirs, atlanticDeclaration(readFileSync(requireFile(detail), 'utf8')));
  screen.say(
    '',
    'Atlantic’s figures, made of these: it lost its calls of 14:00 to 15:00 in New York,',
    'and believes that 30/6 was agreed:',
  );
  await show(stage, ['declaration', 'import', 'atlantic-voice', theirs, '--side', 'receivable', '--period', PERIOD]);
  await show(stage, ['reconcile', 'atlantic-voice', '--period', PERIOD], { most: 7, from: /^Why:/ });
}

/** The increments are given in to: the rest of the difference is theirs. */
export async function argue(stage: Stage): Promise<void> {
  const evidence = join(monthFolder(stage), 'evidence.json');
  const reconcile = ['reconcile', 'atlantic-voice', '--period', PERIOD, '--json'];
  screen.command(`carillon ${reconcile.join(' ')} > ${evidence}`);
  const { stdout, stderr, status } = await stage.carillon.run(reconcile);
  if (status !== 0) throw new Error(`carillon reconcile ended with status ${status}: ${stderr}`);
  writeFileSync(evidence, stdout);
  const [found] = JSON.parse(stdout) as readonly Reconciled[];
  const kinds = found?.causes.map(({ kind }) => kind).sort();
  if (kinds?.join() !== 'hours-missing,increments') throw new Error(`other causes were found than seeded: ${kinds?.join()}`);
  const increments = found?.causes.find(({ kind }) => kind === 'increments')?.amount ?? '';
  const contested = /\d+\.\d\d/.exec(increments)?.[0];
  if (contested === undefined) throw new Error(`there is no amount to contest in ${increments}`);

  const { number } = await issuedTo(stage, 'atlantic');
  const raise = ['dispute', 'raise', number, '--amount', contested, '--reason', '30/6 was agreed by letter, 60/60 was billed'];
  await show(stage, [...raise, '--evidence', evidence, '--on', '2026-11-12']);
  await show(stage, ['dispute', 'offer', '1', contested, '--from', 'us', '--note', 'the letter is genuine', '--on', '2026-11-13']);
  await show(stage, ['dispute', 'accept', '1', '--from', 'them', '--on', '2026-11-13']);
  await show(stage, ['dispute', 'settle', '1', '--outcome', 'credit-note', '--on', '2026-11-13']);
  await show(stage, ['dispute', 'show', '1']);
}

interface Reconciled {
  readonly causes: readonly { readonly kind: string; readonly amount: string }[];
}

/** What Atlantic and Rheinland owe comes on two bank accounts, in one file. */
export async function takePayments(stage: Stage): Promise<void> {
  const [atlantic, rheinland] = [await issuedTo(stage, 'atlantic'), await issuedTo(stage, 'rheinland')];
  const file = join(monthFolder(stage), `bank-${PAID_ON}.xml`);
  const text = bankFile(PAID_ON, [
    {
      account: { number: '4417720093' },
      openingNanos: 250_000n * 1_000_000_000n,
      credit: {
        currency: 'USD',
        nanos: await openOf(stage, atlantic.number),
        payer: 'ATLANTIC CROSSING TELECOM',
        says: `${atlantic.number} less credit note`,
      },
    },
    {
      account: { iban: 'BE68539007547034' },
      openingNanos: 80_000n * 1_000_000_000n,
      credit: {
        currency: 'EUR',
        nanos: await openOf(stage, rheinland.number),
        payer: 'Rheinland Carrier Services',
        iban: 'DE89370400440532013000',
        says: `Rechnung ${rheinland.number.toLowerCase().replaceAll('-', '/')}`,
      },
    },
  ]);
  writeFileSync(file, text);
  await show(stage, ['payment', 'import', file]);
  screen.say('', 'The same file again changes nothing:');
  await show(stage, ['payment', 'import', file]);
  await show(stage, ['ledger', 'items']);
}

/** What is sold besides calls: a rack that Rheinland leases, a phone to a person. Both stay open, to be paid from the portal. */
export async function billByHand(stage: Stage): Promise<void> {
  await show(stage, ['invoice', 'draft', 'demo/by-hand/invoices.yaml']);
  await show(stage, ['invoice', 'issue', '--all', '--dated', PAID_ON]);
}

export async function proveBooks(stage: Stage): Promise<void> {
  await show(stage, ['ledger', 'balance']);
  await show(stage, ['ledger', 'verify']);
  await show(stage, ['invoice', 'verify']);
}

/** The invoice to a party. Throws when there is not exactly one. */
async function issuedTo(stage: Stage, party: string): Promise<Issued> {
  const [list] = (await ask(stage, ['invoice', 'list', '--json'])) as readonly { readonly invoices: readonly Issued[] }[];
  const [found, ...more] = (list?.invoices ?? []).filter((one) => one.party === party && one.kind === 'invoice');
  if (found === undefined || more.length > 0) throw new Error(`there is not one invoice to ${party}`);
  return found;
}

async function openOf(stage: Stage, document: string): Promise<bigint> {
  const [list] = (await ask(stage, ['ledger', 'items', '--json'])) as readonly { readonly items: readonly OpenItem[] }[];
  const item = list?.items.find((one) => one.document === document);
  if (item === undefined) throw new Error(`${document} is not open`);
  return unitsAtScale(decimal(item.open), 9);
}

function monthFolder({ dataFolder }: Stage): string {
  const folder = join(dataFolder, 'month');
  mkdirSync(folder, { recursive: true });
  return folder;
}
