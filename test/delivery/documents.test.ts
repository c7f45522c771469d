import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PDFDocument } from '@cantoo/pdf-lib';
import { makeBatch } from '#app/delivery/batch.ts';
import { documentFiles } from '#app/delivery/document-files.ts';
import { runDunning } from '#app/dunning/dunning.ts';
import { writeEInvoice } from '#app/einvoice/write-issued.ts';
import { issuingBooks } from '#app/invoicing/books.ts';
import { issueInvoice } from '#operations/invoicing/issue-invoice.ts';
import { deliveryStore } from '#storage/delivery/delivery-store.ts';
import { retryDelivery } from '#storage/delivery/overview.ts';
import { refusedWith } from '../support/cluster.ts';
import { sampleContent } from '../support/invoice-samples.ts';
import { type Desk, servicesOf, withDesk } from './desk.ts';
import { withMailServer } from './mail-server.ts';

async function issue({ home: { database } }: Desk, key: string, lines = 3): Promise<string> {
  const content = sampleContent(lines, { legalEntity: 'own', account: 'north', party: 'north' });
  const { invoice } = await database.transaction((client) => issueInvoice(issuingBooks(client), { key, content }, 'test'));
  return invoice.number;
}

test('an issued invoice goes out as its PDF and its electronic invoice, and a letter of dunning as its PDF', () =>
  withMailServer((server) =>
    withDesk('[{by: email, to: [ap@north.example], attach: [pdf, ubl]}]', async (desk) => {
      const { database } = desk.home;
      const number = await issue(desk, 'one');
      const services = { ...servicesOf(desk, { mailPort: server.port }), files: documentFiles(database) };
      const [sent] = await desk.deliver(services);
      assert.equal(sent?.outcome.outcome, 'sent', String(sent?.outcome.answer));
      assert.deepEqual(Object.keys(sent.outcome.sha256 ?? {}), [`${number}.pdf`, `${number}.xml`]);
      assert.match(server.mails[0]?.text ?? '', new RegExp(`^Subject: Invoice ${number} from Own Telecom\\r$`, 'm'));

      await runDunning(database, { legalEntity: undefined, day: '2027-01-20', by: 'test' });
      const [letter] = await desk.deliver(services);
      assert.equal(letter?.outcome.outcome, 'sent', String(letter?.outcome.answer));
      assert.deepEqual(Object.keys(letter.outcome.sha256 ?? {}), ['DUN-000001.pdf']);
      assert.match(server.mails[1]?.text ?? '', /^Subject: Payment reminder DUN-000001, Own Telecom\r$/m);
    }),
  ));

test('the electronic invoice that is delivered is the one that is written, with the account to pay to', () =>
  withDesk('[{by: print}]', async (desk) => {
    const { database, folder } = desk.home;
    await database.pool.query(`update config_version set body = body || $1 where kind = 'legalEntities'`, [
      JSON.stringify({ invoicing: { bankAccounts: [{ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', currency: 'EUR' }] } }),
    ]);
    const number = await issue(desk, 'one');
    const document = { legalEntity: 'own', number, account: 'north', kind: 'invoice' };
    const files = documentFiles(database);
    const [sent] = await files.make(document, ['ubl']);
    const written = readFileSync(await writeEInvoice(database, number, { out: folder }), 'utf8');
    assert.equal(sent?.content.toString(), written);
    assert.match(written, />DE89370400440532013000</);
    // Of ten thousand documents each read the whole configuration: the next one must not ask for it.
    const asked: string[] = [];
    const query = database.pool.query.bind(database.pool) as (...parts: readonly unknown[]) => unknown; // of its many forms any
    const watched = (...parts: readonly unknown[]): unknown => {
      asked.push(String(parts[0]));
      return query(...parts);
    };
    const { transaction } = database;
    Object.assign(database.pool, { query: watched });
    Object.assign(database, { transaction: () => assert.fail('a transaction, as only reading all of the configuration is') });
    try {
      assert.deepEqual(await files.make(document, ['ubl', 'pdf']).then(([again]) => again?.content.toString()), written);
    } finally {
      Object.assign(database.pool, { query });
      Object.assign(database, { transaction });
    }
    assert.ok(asked.length > 0);
    assert.deepEqual(
      asked.filter((text) => text.includes('config_version')),
      [],
    );
  }));

test('a batch has what waits for the printer, each document on a front page, once; one that was broken off is made again', () =>
  withDesk('[{by: print}]', async (desk) => {
    const { database, folder } = desk.home;
    const request = { out: join(folder, 'letters.pdf'), most: 10, duplex: true, by: 'test', nowMicros: desk.clock.micros };
    await refusedWith('delivery.batch-empty', makeBatch(database, documentFiles(database), request));
    const numbers = [await issue(desk, 'one'), await issue(desk, 'two', 60)];
    await deliveryStore(database).plan(desk.clock.micros);

    const broken = { make: () => Promise.reject(new Error('killed')) };
    await assert.rejects(makeBatch(database, broken, request), /killed/);
    assert.equal(existsSync(request.out), false);
    const later = await issue(desk, 'three');
    await deliveryStore(database).plan(desk.clock.micros);

    const batch = await makeBatch(database, documentFiles(database), request);
    assert.equal(batch.batchId, 1n);
    assert.deepEqual(
      batch.documents.map(({ number }) => number),
      numbers,
      'as it was decided, without the one that came since',
    );
    for (const { firstPage } of batch.documents) assert.equal(firstPage % 2, 1);
    const written = await PDFDocument.load(readFileSync(request.out));
    assert.equal(written.getPageCount(), batch.pages);
    assert.ok((batch.documents[1]?.pages ?? 0) > 1);

    const next = await makeBatch(database, documentFiles(database), { ...request, duplex: false });
    assert.deepEqual(
      next.documents.map(({ number }) => number),
      [later],
    );
    await refusedWith('delivery.batch-empty', makeBatch(database, documentFiles(database), request));
    await refusedWith('delivery.not-possible', retryDelivery(database, 1n, false, desk.clock.micros));
    await retryDelivery(database, 1n, true, desk.clock.micros);
    assert.equal((await makeBatch(database, documentFiles(database), request)).documents.length, 1);
  }));
