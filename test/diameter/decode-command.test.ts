import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/cli.ts';
import { golden } from './fixtures.ts';

const capture = new URL('../golden/diameter/tcp.pcap', import.meta.url).pathname;

test('diameter decode shows a capture as trees, with each fault at its octet', async () => {
  const { status, stdout } = await runCli(['diameter', 'decode', capture]);
  assert.equal(status, 1);
  assert.match(stdout, /^1\. Capabilities-Exchange-Request \(CER\) \[R\], Diameter common messages \(0\), hop-by-hop 0x00000001/);
  assert.match(stdout, /192\.0\.2\.10:40000 → 192\.0\.2\.1:3868 tcp, frame 10/);
  assert.match(stdout, /\n {3}376 {6}CC-Total-Octets \[M\] 4294967296123\n/);
  assert.match(stdout, /! octet 440, Credit-Control-Failure-Handling: .*\(DIAMETER_AVP_OCCURS_TOO_MANY_TIMES 5009\)/);
});

test('diameter decode --json prints one object for each message', async () => {
  const { stdout } = await runCli(['diameter', 'decode', capture, '--json']);
  const messages: { command: string; faults: { result: number }[] }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    messages.map(({ command }) => command),
    ['CER', 'DWR', 'CCR', 'CCR', 'CCR', 'CCR', 'RAA', 'CEA', 'DWA', 'CCA', 'RAR'],
  );
  assert.ok(messages[9]?.faults.some(({ result }) => result === 5009));
});

test('diameter decode reads digits as its argument and dumps from a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-diameter-'));
  try {
    const hex = golden.find(({ message }) => message === 'DWR')?.hex ?? '';
    const fromArgument = await runCli(['diameter', 'decode', hex]);
    assert.equal(fromArgument.status, 0);
    assert.match(fromArgument.stdout, /Device-Watchdog-Request \(DWR\)/);
    const lines = (hex.match(/.{1,32}/g) ?? []).map(
      (line, index) => `${(index * 16).toString(16).padStart(4, '0')}  ${(line.match(/../g) ?? []).join(' ')}   ....`,
    );
    writeFileSync(join(folder, 'dump.txt'), lines.join('\n'));
    const fromFile = await runCli(['diameter', 'decode', join(folder, 'dump.txt')]);
    assert.equal(fromFile.stdout, fromArgument.stdout);
    writeFileSync(join(folder, 'letter.txt'), 'Dear customer');
    const refused = await runCli(['diameter', 'decode', join(folder, 'letter.txt')]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /\[diameter\.input-unreadable\]/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
