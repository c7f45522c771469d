import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { writeLedgerParties } from '../support/ledger-fixture.ts';

export interface Home {
  readonly database: TestDatabase;
  readonly folder: string;
  post(...entries: readonly LedgerEntry[]): Promise<void>;
  extend(kind: string, key: string, more: object): Promise<unknown>;
  run(...args: readonly string[]): Promise<string>;
  refused(...args: readonly string[]): Promise<string>;
  /** What is open: `INV-1 119 EUR`. */
  items(): Promise<readonly string[]>;
  /** Balances of all ledger accounts of home that are not zero: `{bank: '119'}`. */
  balances(currency?: string): Promise<Readonly<Record<string, string>>>;
}

export const OURS = 'DE89370400440532013000';
export const THEIRS = 'SE4550000000058398257466';

/** A company `home` with books and a bank account, and the command line on them. */
export const withHome = (work: (home: Home) => Promise<void>): Promise<void> =>
  withTestDatabase((database) =>
    withFolder(async (folder) => {
      await writeLedgerParties(database);
      const extend = (kind: string, key: string, more: object): Promise<unknown> =>
        database.pool.query('update config_version set body = body || $3 where kind = $1 and key = $2', [kind, key, JSON.stringify(more)]);
      await extend('legalEntities', 'home', { invoicing: { bankAccounts: [{ iban: OURS, bic: 'COBADEFFXXX' }] } });
      await extend('parties', 'borealis', { bankAccounts: [{ iban: THEIRS, bic: 'ESSESESS' }] });
      const call = (args: readonly string[]) =>
        runCli(['--data', join(folder, 'data'), ...args], { cwd: folder, environment: { DATABASE_URL: database.url } });
      const run = async (...args: readonly string[]): Promise<string> => {
        const { status, stdout, stderr } = await call(args);
        assert.equal(status, 0, stderr);
        return stdout;
      };
      await work({
        database,
        folder,
        extend,
        post: async (...entries) => {
          await database.transaction((client) => ledgerBooksOn(client).post(entries));
        },
        run,
        refused: async (...args) => {
          const { status, stderr } = await call(args);
          assert.equal(status, 1, stderr);
          return stderr;
        },
        items: async () => {
          const { items } = JSON.parse(await run('ledger', 'items', '--legal-entity', 'home', '--json'));
          return items.map(
            (each: { document: string; open: string; currency: string }) => `${each.document} ${each.open} ${each.currency}`,
          );
        },
        balances: async (currency = 'EUR') => {
          const { balances } = JSON.parse(await run('ledger', 'balance', '--legal-entity', 'home', '--json'));
          const own = balances[0].lines.filter(
            (line: { currency: string; closing: string }) => line.currency === currency && line.closing !== '0',
          );
          return Object.fromEntries(own.map((line: { ledgerAccount: string; closing: string }) => [line.ledgerAccount, line.closing]));
        },
      });
    }),
  );

export interface Movement {
  readonly amount: string;
  readonly text: string;
  readonly name?: string;
  readonly iban?: string;
  readonly ref?: string;
  readonly out?: boolean;
  readonly endToEnd?: string;
  readonly day?: string;
  /** The bank calls it a reversal. */
  readonly reversal?: boolean;
  /** Code of the transaction; a transfer unless given. */
  readonly code?: string;
}

/** A bank's file; all entries are booked. */
export function camt(message: '053' | '054', ...movements: readonly Movement[]): string {
  const [root, statement] = message === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  const entries = movements.map(({ amount, text, name, iban, ref, out, endToEnd, day = '2026-10-30', reversal = false, code = 'ESCT' }) => {
    const who = (out === true) !== reversal ? 'Cdtr' : 'Dbtr';
    const party = name === undefined ? '' : `<${who}><Pty><Nm>${name}</Nm></Pty></${who}>`;
    const account = iban === undefined ? '' : `<${who}Acct><Id><IBAN>${iban}</IBAN></Id></${who}Acct>`;
    const refs = endToEnd === undefined ? '' : `<Refs><EndToEndId>${endToEnd}</EndToEndId></Refs>`;
    return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${out === true ? 'DBIT' : 'CRDT'}</CdtDbtInd>${reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>BOOK</Cd></Sts>
      <BookgDt><Dt>${day}</Dt></BookgDt>${ref === undefined ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>${code}</SubFmlyCd></Fmly></Domn></BkTxCd>
      <NtryDtls><TxDtls>${refs}<RltdPties>${party}${account}</RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
  });
  const cents = movements.reduce((sum, { amount, out }) => sum + Math.round(Number(amount) * 100) * (out === true ? -1 : 1), 0);
  const balance = (code: string, sum: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${(Math.abs(sum) / 100).toFixed(2)}</Amt>
      <CdtDbtInd>${sum < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>2026-11-05</Dt></Dt></Bal>`;
  const balances = message === '053' ? balance('OPBD', 10_000) + balance('CLBD', 10_000 + cents) : '';
  return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${message}.001.08"><${root}><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-05T06:00:00Z</CreDtTm></GrpHdr>
    <${statement}><Id>S</Id><Acct><Id><IBAN>${OURS}</IBAN></Id></Acct>${balances}${entries.join('')}</${statement}></${root}></Document>`;
}
