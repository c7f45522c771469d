/** What we send to an SMSC, taken apart by a program of others. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { messageParts } from '#codecs/smpp/parts.ts';
import { addressOf, encodeBind, encodePlain, encodeSubmit } from '#codecs/smpp/pdu.ts';
import { malformed } from '../diameter/peers/wire.ts';
import { withFolder } from '../support/cli.ts';

test('tshark finds nothing malformed in what we send', (context) => {
  if (spawnSync('tshark', ['--version']).status !== 0) return context.skip('tshark is not installed');
  return withFolder(async (folder) => {
    const [source, destination] = [addressOf('Mira'), addressOf('491701234567')];
    const texts = ['Noch 2,50 € übrig', 'ж'.repeat(150), 'x'.repeat(400)];
    const submits = texts.flatMap((text, index) =>
      (messageParts(text, index) ?? []).map(({ dataCoding, hasHeader, content }, part) =>
        encodeSubmit(10 + index * 10 + part, { source, destination, hasHeader, wantsReceipt: true, dataCoding, content }),
      ),
    );
    const sent = [
      encodeBind(1, { systemId: 'carillon', password: 'secret', receives: true }),
      ...submits,
      ...(['enquire_link', 'enquire_link_resp', 'deliver_sm_resp', 'unbind', 'unbind_resp', 'generic_nack'] as const).map((name, index) =>
        encodePlain(name, 50 + index),
      ),
    ];
    const smpp = { dissector: 'smpp', field: 'smpp.command_id' };
    assert.deepEqual(malformed(folder, Buffer.concat(sent), '0x00000004', smpp), []);
  });
});
