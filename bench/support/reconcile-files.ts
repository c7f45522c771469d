/** In a process of its own, so that its memory is its own: two files reconciled, or only read. Prints one JSON object. */
import { createReadStream } from 'node:fs';
import { reconcileCalls } from '#app/reconciliation/call-files.ts';
import { CsvReader } from '#codecs/csv/csv.ts';

const [mode, ours = '', theirs = ''] = process.argv.slice(2);
const began = process.hrtime.bigint();
let outcome: object | undefined;
let cells = 0;
if (mode === 'read') {
  for (const [path, separator] of [
    [ours, ','],
    [theirs, ';'],
  ] as const) {
    const reader = new CsvReader({ separator });
    const decoder = new TextDecoder();
    const bytes = createReadStream(path, { highWaterMark: 1 << 20 });
    // No encoding is set, so Buffers come. Rows are made as they are asked for.
    for await (const piece of bytes)
      for (const { fields } of reader.push(decoder.decode(piece as Buffer, { stream: true }))) cells += fields.length;
    for (const { fields } of reader.end()) cells += fields.length;
  }
} else {
  outcome = await reconcileCalls({
    ...{ ours, theirs, side: 'payable', ourZone: 'UTC', theirZone: 'Europe/Berlin', toleranceSeconds: 3, keepClock: false },
    map: ['A-Nummer=calling', 'B-Nummer=called', 'Beginn=start', 'Dauer=duration'],
  });
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
process.stdout.write(
  JSON.stringify({ seconds, cells, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024, outcome }),
);
