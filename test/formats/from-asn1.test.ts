import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { valueOrThrow } from '#core/refusals.ts';
import { readFormatFile } from '#operations/usage/formats/shipped-formats.ts';
import { runCli } from '../support/cli.ts';

test('an ASN.1 module becomes a format that can be read, and what is missing is said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-asn1-'));
  try {
    const file = join(folder, 'exchange.asn1');
    writeFileSync(
      file,
      'M DEFINITIONS IMPLICIT TAGS ::= BEGIN\nCall ::= SEQUENCE { id [0] INTEGER, caller [1] AddressString, more [2] Vendor }\nEND\n',
    );
    const made = await runCli(['formats', 'from-asn1', file, '--record', 'Call']);
    assert.equal(made.status, 0, made.stderr);
    assert.match(made.stderr, /Not in the module, taken as octets: Vendor/);
    const [format] = valueOrThrow(readFormatFile('exchange.yaml', made.stdout));
    assert.deepEqual(format?.reading.ber?.types, {
      Call: { sequence: { id: '0 integer', caller: '1 AddressString', more: '2 Vendor' } },
      AddressString: 'address',
      Vendor: 'octets',
    });
    const wrong = await runCli(['formats', 'from-asn1', file, '--record', 'Sms']);
    assert.notEqual(wrong.status, 0);
    assert.match(wrong.stderr, /no type "Sms"; it has Call/);
    writeFileSync(file, 'M DEFINITIONS ::= BEGIN\nCall ::= SEQUENCE { id [0] INTEGER,\n');
    assert.match(
      (await runCli(['formats', 'from-asn1', file, '--record', 'Call'])).stderr,
      /:2: the type "Call" cannot be read: it does not end/,
    );
    const gone = await runCli(['formats', 'from-asn1', join(folder, 'gone.asn1'), '--record', 'Call']);
    assert.match(gone.stderr, /usage\.file-unreadable/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
