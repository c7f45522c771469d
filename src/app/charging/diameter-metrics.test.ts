import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prometheusText } from '../telemetry/prometheus.ts';
import { DiameterCounts } from './diameter-metrics.ts';

const peer = (host: string) => ({ kind: 'connected', peer: { host, realm: 'example.net' }, remote: '192.0.2.1', tls: false }) as never; // what is counted of one

test('peers are counted while they are here, and their faults by name, whatever they call themselves', () => {
  const counts = new DiameterCounts();
  counts.note(peer('pgw1.example.net'));
  counts.note(peer('evil"\n# TYPE x'));
  counts.note({ kind: 'disconnected', host: 'pgw1.example.net', remote: '192.0.2.1', reason: 'closed' });
  counts.note({ kind: 'disconnected', host: undefined, remote: '192.0.2.1', reason: 'closed' });
  counts.note({ kind: 'refused', host: undefined, remote: '192.0.2.1', reason: 'no TLS' });
  counts.note({ kind: 'faulty-request', host: 'pgw1.example.net', command: 272, reason: 'x' });
  counts.note({ kind: 'stray-answer', host: undefined, command: 272 });
  counts.note({ kind: 'charging-failed', session: 's', error: new Error('x') });
  const text = prometheusText(counts.families);
  assert.match(text, /^carillon_diameter_peer_connections\{peer="pgw1\.example\.net"\} 0$/m);
  assert.match(text, /^carillon_diameter_peer_connections\{peer="evil\\"\\n# TYPE x"\} 1$/m);
  assert.match(text, /^carillon_diameter_disconnected_total\{peer="pgw1\.example\.net"\} 1$/m);
  assert.match(text, /^carillon_diameter_faulty_requests_total\{peer="pgw1\.example\.net"\} 1$/m);
  for (const name of ['refused', 'stray_answers', 'failed']) assert.match(text, new RegExp(`^carillon_diameter_${name}_total 1$`, 'm'));
  assert.doesNotMatch(text, /^# TYPE x/m);
  const { peers, ...others } = counts.standing;
  assert.deepEqual(others, { refused: 1, strayAnswers: 1, failed: 1 });
  assert.deepEqual(
    peers.find((each) => each.peer === 'pgw1.example.net'),
    { peer: 'pgw1.example.net', connections: 0, ended: 1, faultyRequests: 1 },
  );
});

test('names that peers make up do not fill the memory', () => {
  const counts = new DiameterCounts();
  for (let number = 0; number < 5_000; number += 1) counts.note(peer(`p${number}.example.net`));
  assert.match(prometheusText(counts.families), /peer_connections\{peer="others"\} 4000\n/);
});
