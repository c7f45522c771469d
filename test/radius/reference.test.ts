/** The reference names everything that a file of clients may say, and every reason for which nothing is answered. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientFields, readRadiusClients } from '#app/charging/radius-clients.ts';
import { radiusDictionary } from '#app/radius.ts';
import { RefusedError } from '#core/refusals.ts';
import { dropReasons } from '#gateways/radius/counts.ts';
import { usualMessages } from '#gateways/radius/limits.ts';
import { readProjectFile } from '../support/project-files.ts';

const page = readProjectFile('docs/reference/radius.md');

test('every key of a client, reason, make and refusal is in the reference', () => {
  for (const name of Object.keys(clientFields)) assert.match(page, new RegExp(`^\\| \`${name}\` \\|`, 'm'), name);
  for (const reason of Object.keys(dropReasons)) assert.match(page, new RegExp(`^\\| \`${reason}\` \\|`, 'm'), reason);
  for (const make of radiusDictionary().dialects.keys()) assert.ok(page.includes(`\`${make}\``), make);
  for (const [reason, text] of Object.entries(usualMessages))
    if (reason !== 'unknown-session') assert.ok(page.includes(`Reject "${text}"`), reason);
});

test('the clients of the reference are read; what is wrong with a file is said with its line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-clients-'));
  try {
    const file = join(folder, 'clients.yaml');
    process.env.RADIUS_HOTSPOT = 'sixteen characters and more';
    writeFileSync(join(folder, 'sbc'), 'another secret of a switch\n');
    const [, shown = ''] = /```yaml\n(clients:[\s\S]*?)```/.exec(page) ?? [];
    writeFileSync(file, shown.replace('file:/run/secrets/sbc', `file:${join(folder, 'sbc')}`));
    const read = await readRadiusClients(file);
    assert.deepEqual(
      read.map(({ name, service, interimSeconds, dynamic, secret }) => [
        name,
        service,
        interimSeconds,
        dynamic,
        Buffer.from(secret).toString(),
      ]),
      [
        ['hotspot', 'data', 300, { port: 3799, coa: true }, 'sixteen characters and more'],
        ['sbc', 'voice', 0, undefined, 'another secret of a switch'],
      ],
    );
    const faults = async (text: string): Promise<readonly string[]> => {
      writeFileSync(file, text);
      return readRadiusClients(file).then(
        () => [],
        (error: unknown) =>
          error instanceof RefusedError
            ? error.refusals.map(({ code, at }) => `${at?.line ?? ''} ${code} ${at?.field ?? ''}`)
            : [String(error)],
      );
    };
    const one = (more: string): string => `clients:\n  - name: a\n    addresses: 10.0.0.1\n    secret: env:RADIUS_HOTSPOT\n${more}`;
    writeFileSync(file, one('    accept: {Framed-Pool: guests, Cisco-AVPair: ["ip:inacl=a", "ip:outacl=b"]}\n'));
    const [cisco] = await readRadiusClients(file);
    assert.deepEqual(
      cisco?.accept.map(({ definition, octets }) => `${definition.name}=${Buffer.from(octets)}`),
      ['Framed-Pool=guests', 'Cisco-AVPair=ip:inacl=a', 'Cisco-AVPair=ip:outacl=b'],
    );
    assert.deepEqual(await faults(one('    secrett: x\n')), ['5 configuration.key-unknown clients[1].secrett']);
    assert.deepEqual(await faults(one('    accept: {Framed-Poool: x}\n')), ['5 configuration.value-wrong clients[1].accept.Framed-Poool']);
    assert.deepEqual(await faults(one('    dialects: mikrotikk\n')), ['5 configuration.value-wrong clients[1].dialects']);
    assert.deepEqual(await faults(one('  - {name: a, addresses: 10.0.0.1, secret: env:RADIUS_HOTSPOT}\n')), [
      '5 configuration.value-wrong name',
      '5 configuration.value-wrong addresses',
    ]);
    assert.deepEqual(await faults('clients:\n  - {name: a, addresses: 10.0.0.1/33, secret: hunter2}\n'), [
      '2 configuration.value-wrong clients[1].addresses',
      '2 configuration.value-wrong clients[1].secret',
    ]);
    await assert.rejects(
      readRadiusClients(file),
      (error) => error instanceof RefusedError && !JSON.stringify(error.refusals).includes('hunter2'),
    );
    assert.deepEqual(await faults('clients:\n  - {name: a, addresses: 10.0.0.1, secret: env:NOT_THERE_AT_ALL}\n'), [
      ' serve.setting-missing clients.a.secret',
    ]);
    assert.deepEqual(await faults(''), [' serve.setting-missing radius.clients']);
    assert.equal((await faults('clients: [[[[['))[0], '1 configuration.yaml-broken ');
  } finally {
    delete process.env.RADIUS_HOTSPOT;
    rmSync(folder, { recursive: true });
  }
});
