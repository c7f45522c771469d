/** Diameter over TLS from the first octet on; with certificates of peers, these bear the name of the peer (RFC 6733 §13.1). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultLimits } from '#gateways/diameter/settings.ts';
import { makeCertificates, whyNoCertificates } from '../../support/certificates.ts';
import { withFolder } from '../../support/cli.ts';
import { ask, ccr, rawPeer, withNode } from './node-under-test.ts';

test('a peer with a certificate of its name is let in, others are not, and no plain text is', (context) => {
  const why = whyNoCertificates();
  if (why !== undefined) return context.skip(why);
  return withFolder(async (folder) => {
    const { authority, good, elsewhere, selfSigned } = makeCertificates(join(folder, 'certificates'));
    const pem = (path: string): string => readFileSync(path, 'utf8');
    const pair = ({ certificate, key }: { certificate: string; key: string }) => ({ certificate: pem(certificate), key: pem(key) });
    const tls = { ...pair(good), authorities: pem(authority) };
    await withNode(
      { listen: [{ host: '127.0.0.1', port: 0, tls }], limits: { ...defaultLimits, capabilitiesMs: 500 } },
      async ({ client, port, events }) => {
        const as = (keys: typeof good | undefined, name: string) =>
          client({ name, tls: { authorities: pem(authority), serverName: 'localhost', ...(keys === undefined ? {} : pair(keys)) } });
        const peer = await as(elsewhere, 'elsewhere.example.net');
        assert.equal((await ask(peer, 'CCR', ccr({})))?.values['Result-Code'], 2001);
        await assert.rejects(as(elsewhere, 'pgw1.epc.example.org'), /3010, the certificate is not one of pgw1\.epc\.example\.org/);
        await assert.rejects(as(selfSigned, 'localhost'), { name: 'RefusedError' });
        await assert.rejects(as(undefined, 'elsewhere.example.net'), { name: 'RefusedError' });
        const plain = await rawPeer(port);
        plain.socket.write('plain text, no handshake');
        await plain.closed;
        assert.ok(events.some((event) => event.kind === 'refused' && event.reason.startsWith('no TLS')));
      },
    );
  });
});
