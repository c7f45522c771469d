/** Lines as they look when a disk was full, a process died or a log went astray. None of them is a record. */
import type { Random } from './random.ts';

export function damagedAsterisk(random: Random, line: string): string {
  const kind = random.below(4);
  const fields = line.split('","');
  switch (kind) {
    case 0: // cut off in the first half, inside a quoted field
      return line.slice(0, 20 + random.below(Math.floor(line.length / 2) - 20));
    case 1: // another program's log in the same file
      return `[Oct  2 1${random.below(10)}:4${random.below(10)}:07] WARNING[${2_000 + random.below(900)}]: cdr_csv.c:280 writefile: Unable to re-open file`;
    case 2: // a start that is on no calendar
      return fields.map((field, at) => (at === 9 ? '2026-13-45 25:61:00' : field)).join('","');
    default: // letters where the seconds are
      return line.replace(/",(\d+),(\d+),"/, '",$1,1O5,"');
  }
}

export function damagedFreeswitch(random: Random, line: string): string {
  switch (random.below(3)) {
    case 0: // cut off
      return line.slice(0, 40 + random.below(line.length - 60));
    case 1: // bytes of nowhere
      return `${'\u0000\u0001\ufffd'.repeat(4 + random.below(20))}${line.slice(100, 180)}`;
    default: // a web server's answer that was saved in place of the record
      return `{"status":"error","code":${500 + random.below(4)},"message":"upstream timed out"}`;
  }
}
