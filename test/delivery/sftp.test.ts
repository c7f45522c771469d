import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type SftpServer, startSftpServer } from '../collecting/sftp-server.ts';
import { withFolder } from '../support/cli.ts';
import { type Desk, servicesOf, withDesk } from './desk.ts';

const routeTo = ({ port, hostKey }: Pick<SftpServer, 'port' | 'hostKey'>): string =>
  `[{by: sftp, host: 127.0.0.1, port: ${port}, user: carillon, hostKey: "${hostKey}", password: env:NEVER_READ_HERE, path: /in, attach: [pdf, ubl]}]`;

function withDrop(work: (desk: Desk, server: SftpServer, inbox: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const inbox = join(folder, 'in');
    mkdirSync(inbox);
    const server = await startSftpServer(folder);
    try {
      await withDesk(routeTo(server), (desk) => work(desk, server, inbox));
    } finally {
      await server.close();
    }
  });
}

test('files appear whole in the folder, under their own names', () =>
  withDrop(async (desk, _, inbox) => {
    await desk.issue('INV-1');
    const [one] = await desk.deliver(servicesOf(desk, {}));
    assert.equal(one?.outcome.outcome, 'sent', String(one?.outcome.answer));
    assert.deepEqual(readdirSync(inbox).toSorted(), ['INV-1.pdf', 'INV-1.ubl']);
    assert.equal(readFileSync(join(inbox, 'INV-1.ubl'), 'utf8'), 'ubl of INV-1');
  }));

test('a connection that is cut in between is tried again, and what arrived before stays as it is', () =>
  withDrop(async (desk, server, inbox) => {
    server.faults.cutAfterBytes = 5;
    await desk.issue('INV-1');
    const services = servicesOf(desk, {});
    const [cut] = await desk.deliver(services);
    assert.equal(cut?.outcome.outcome, 'deferred');
    assert.deepEqual(
      readdirSync(inbox).filter((name) => !name.startsWith('.')),
      ['INV-1.pdf'],
    );
    server.faults.cutAfterBytes = Infinity;
    desk.clock.micros = cut.nextMicros ?? 0;
    const [again] = await desk.deliver(services);
    assert.equal(again?.outcome.outcome, 'sent', String(again?.outcome.answer));
    assert.match(again.outcome.answer, /INV-1\.pdf was there already; .*INV-1\.ubl, 12 bytes/);
  }));

test('another file of the same name is not overwritten; the same content counts as delivered', () =>
  withDrop(async (desk, _, inbox) => {
    writeFileSync(join(inbox, 'INV-1.pdf'), 'pdf of INV-1');
    writeFileSync(join(inbox, 'INV-2.pdf'), 'pdf of INV-X');
    await desk.issue('INV-1');
    await desk.issue('INV-2');
    const outcomes = new Map((await desk.deliver(servicesOf(desk, {}))).map(({ delivery, outcome }) => [delivery.number, outcome]));
    assert.match(outcomes.get('INV-1')?.answer ?? '', /^\/in\/INV-1\.pdf was there already; \/in\/INV-1\.ubl, 12 bytes$/);
    assert.equal(outcomes.get('INV-2')?.outcome, 'refused');
    assert.match(outcomes.get('INV-2')?.answer ?? '', /other content/);
    assert.equal(readFileSync(join(inbox, 'INV-2.pdf'), 'utf8'), 'pdf of INV-X');
  }));

test('a wrong host key and a wrong password are not tried again by themselves', () =>
  withDrop(async (desk, server) => {
    await desk.issue('INV-1');
    const [wrong] = await desk.deliver(servicesOf(desk, { password: 'wrong' }));
    assert.match(wrong?.outcome.answer ?? '', /authentication/i);
    await desk.configure(routeTo({ port: server.port, hostKey: `SHA256:${'A'.repeat(43)}` }).replace('/in', '/in2'));
    await desk.issue('INV-2');
    const outcomes = await desk.deliver(servicesOf(desk, {}));
    const other = outcomes.find(({ delivery }) => delivery.number === 'INV-2');
    assert.equal(other?.outcome.outcome, 'refused');
    assert.match(other.outcome.answer, /host key/);
  }));
