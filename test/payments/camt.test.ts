import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type BankMessage, CamtReader } from '#codecs/payments/camt.ts';
import { type RefusedError, type Result, valueOrThrow } from '#core/refusals.ts';
import { readXml } from '#gateways/xml/read-xml.ts';

async function read(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Result<BankMessage>> {
  const reader = new CamtReader();
  await readXml('file.xml', pieces, reader);
  return reader.result();
}

/** Samples of the library genkgo/camt, see test/published/camt. */
const sample = (name: string): Promise<Result<BankMessage>> =>
  read(createReadStream(fileURLToPath(new URL(`../published/camt/${name}`, import.meta.url)), { highWaterMark: 61 }));

const euro = (text: string): bigint => BigInt(text.replace('.', '')) * 10_000_000n;

test('names, accounts and references are found where version 02 and where version 08 has them', async () => {
  for (const [name, message] of [
    ['camt053.v2.minimal.xml', 'camt.053.001.02'],
    ['camt053.v8.xml', 'camt.053.001.08'],
  ] as const) {
    const { statements, ...rest } = valueOrThrow(await sample(name));
    assert.deepEqual(rest, { message, id: 'CAMT053RIB000000000001' });
    const [statement] = statements;
    assert.equal(statement?.account, 'NL26VAYB8060476890');
    const [entry] = statement?.entries ?? [];
    assert.deepEqual([entry?.day, entry?.direction, entry?.currency, entry?.amountNanos], ['2014-12-31', 'in', 'EUR', euro('8.85')]);
    const [payment] = entry?.payments ?? [];
    assert.deepEqual([payment?.name, payment?.iban, payment?.amountNanos], ['NAME NAME', 'NL56AGDH9619008421', euro('8.85')]);
    assert.ok(payment?.said.includes('4654654654654654'));
  }
});

test('a file of several statements, one with money that left', async () => {
  const { statements } = valueOrThrow(await sample('camt053.v2.multi.statement.xml'));
  assert.deepEqual(
    statements.map(({ id, entries }) => [id, entries[0]?.direction, entries[0]?.amountNanos, entries[0]?.payments[0]?.endToEndId]),
    [
      ['253EURNL26VAYB8060476890', 'in', euro('8.85'), '000000001'],
      ['254EURNL26VAYB8060476890', 'out', euro('7.00'), '000000002'],
    ],
  );
});

test('transactions in another currency than their entry make one payment that says all they say', async () => {
  const { message, statements } = valueOrThrow(await sample('camt054.v8.xml'));
  const [entry] = statements[0]?.entries ?? [];
  assert.deepEqual([message, entry?.bankReference, entry?.currency], ['camt.054.001.08', 'ACSR160617103200001', 'SEK']);
  assert.equal(entry?.payments.length, 1);
  assert.equal(entry?.payments[0]?.amountNanos, entry?.amountNanos);
  assert.ok(entry?.payments[0]?.said.includes('ISR ref number V2'));
});

const ENTRY = `<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-30</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>
  <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>INV-1</Ustrd></RmtInf></TxDtls>
  <TxDtls><Amt Ccy="EUR">20.00</Amt><RltdPties><Dbtr><Pty><Nm>Älv &amp; Co</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>`;
const balance = (code: string, amount: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;
const file = (inner: string, version = '13'): Iterable<Uint8Array> => [
  Buffer.from(`<?xml version="1.0"?><d:Document xmlns:d="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}" xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">
    <BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id></Acct>${inner}</Stmt></BkToCstmrStmt></d:Document>`),
];

test('transactions of a batch that add up to their entry are payments of their own', async () => {
  const { statements } = valueOrThrow(await read(file(`${balance('OPBD', '5.00')}${balance('CLBD', '35.00')}${ENTRY}`)));
  assert.equal(statements[0]?.account, 'DE89370400440532013000');
  assert.deepEqual(statements[0]?.entries[0]?.payments, [
    { amountNanos: euro('10.00'), isReversal: false, said: ['INV-1'] },
    { amountNanos: euro('20.00'), name: 'Älv & Co', isReversal: false, said: [] },
  ]);
});

test('what the bank has not booked yet is left out and counted', async () => {
  const { statements } = valueOrThrow(await read(file(`${ENTRY.replace('>BOOK<', '>PDNG<')}${ENTRY}`)));
  assert.deepEqual([statements[0]?.entries.length, statements[0]?.pending], [1, 1]);
});

const refusals: readonly (readonly [what: string, pieces: Iterable<Uint8Array>, code: string])[] = [
  [
    'a statement whose entries do not make its closing balance',
    file(`${balance('OPBD', '5.00')}${balance('CLBD', '36.00')}${ENTRY}`),
    'payment.statement-off',
  ],
  ['an amount that is none', file(ENTRY.replace('>30.00<', '>3O.00<')), 'payment.bank-file-wrong'],
  ['a negative amount', file(ENTRY.replace('>30.00<', '>-30.00<')), 'payment.bank-file-wrong'],
  ['a currency that is none', file(ENTRY.replace('Amt Ccy="EUR">30', 'Amt Ccy="XXX">30')), 'payment.bank-file-wrong'],
  ['a day that does not exist', file(ENTRY.replace('2026-10-30', '2026-02-30')), 'payment.bank-file-wrong'],
  ['an entry that neither comes nor goes', file(ENTRY.replace('CRDT', 'CRD')), 'payment.bank-file-wrong'],
  ['another message', [Buffer.from('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>')], 'payment.not-a-bank-file'],
  ['a file that is cut', [Buffer.concat([...file(ENTRY)]).subarray(0, -60)], 'xml.not-well-formed'],
  ['a file with a document type', [Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>')], 'xml.document-type'],
  ['an undeclared entity', [Buffer.from('<Document>&b;</Document>')], 'xml.not-well-formed'],
  ['another encoding', [Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe])], 'xml.not-well-formed'],
  ['a thousand elements one in another', [Buffer.from('<a>'.repeat(1000))], 'xml.too-large'],
  ['a text of megabytes', Array.from({ length: 40 }, (_, n) => Buffer.from(n === 0 ? '<a>' : 'x'.repeat(65_536))), 'xml.too-large'],
];

for (const [what, pieces, code] of refusals) {
  test(`${what} is refused, and nothing is taken`, async () => {
    const result = await read(pieces).catch((error: RefusedError) => ({ ok: false as const, refusals: error.refusals }));
    assert.ok(!result.ok);
    assert.equal(result.refusals[0]?.code, code);
  });
}

test('the sample without a statement is refused', async () => {
  const result = await sample('camt053.v2.wrong.xml');
  assert.ok(!result.ok && result.refusals[0]?.code === 'payment.bank-file-wrong');
});
