/** Two files of the same calls, as two switches wrote them; and what the generator knows of their differences. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { seeded } from '../../test/support/seeded.ts';

export interface CallTruth {
  readonly ours: number;
  readonly theirs: number;
  readonly matched: number;
  readonly sameDuration: number;
  readonly missingWithThem: number;
  readonly missingWithUs: number;
  readonly theirDuplicates: number;
}

/** Their clock is ahead, gains, and shows whole seconds. */
export const CLOCK = { seconds: 7.3, secondsPerDay: 0.4 };
const DAYS = 10;
const FROM = Date.UTC(2026, 9, 5) / 1000;
/** Of a thousand calls: not with them; other duration; withheld caller; written twice by them. And calls that only they have. */
const MISSING = 1;
const OTHER_DURATION = 3;
const WITHHELD = 5;
const TWICE = 1;
const ONLY_THEIRS = 0.5;

/** Ours in UTC with milliseconds and international numbers; theirs with local time two hours ahead, national numbers and semicolons. */
export async function writeCalls(ourPath: string, theirPath: string, count: number, seed: number): Promise<CallTruth> {
  const next = seeded(seed);
  const [ours, theirs] = [createWriteStream(ourPath), createWriteStream(theirPath)];
  ours.write('calling,called,start,duration\n');
  theirs.write('A-Nummer;B-Nummer;Beginn;Dauer\n');
  const truth = { ours: count, theirs: 0, matched: 0, sameDuration: 0, missingWithThem: 0, missingWithUs: 0, theirDuplicates: 0 };
  let [ourText, theirText] = ['', ''];
  const write = async (): Promise<void> => {
    const full = [ours.write(ourText), theirs.write(theirText)];
    if (full.includes(false))
      await Promise.all(
        [ours, theirs].map((stream) => (stream.writableNeedDrain ? new Promise((resolve) => stream.once('drain', resolve)) : undefined)),
      );
    [ourText, theirText] = ['', ''];
  };
  const theirRow = (caller: string, called: string, start: number, seconds: number): string => {
    truth.theirs += 1;
    const shown = start + CLOCK.seconds + ((start - FROM) / 86_400) * CLOCK.secondsPerDay + 7_200;
    return `${caller};${called};${clockTime(Math.round(shown), ' ')};${seconds}\n`;
  };
  for (let at = 0; at < count; at += 1) {
    const start = FROM + (at / count) * DAYS * 86_400 + next();
    const [caller, called] = [`${1_000_000 + Math.floor(next() * 8_999_999)}`, `${10_000_000 + Math.floor(next() * 200_000) * 397}`];
    const seconds = 1 + Math.floor(next() ** 3 * 1_800);
    ourText += `+4930${caller},+49${called},${clockTime(Math.floor(start), 'T')}.${String(Math.floor((start % 1) * 1000)).padStart(3, '0')}Z,${seconds}\n`;
    const fate = next() * 1000;
    if (fate < MISSING) truth.missingWithThem += 1;
    else {
      const other = fate < MISSING + OTHER_DURATION;
      const withheld = !other && fate < MISSING + OTHER_DURATION + WITHHELD;
      const twice = !other && !withheld && fate < MISSING + OTHER_DURATION + WITHHELD + TWICE;
      const row = theirRow(withheld ? '' : `030${caller}`, `0${called}`, start, other ? seconds + 2 : seconds);
      theirText += row;
      truth.matched += 1;
      if (!other) truth.sameDuration += 1;
      if (twice) {
        theirText += row;
        truth.theirs += 1;
        truth.missingWithUs += 1;
        truth.theirDuplicates += 1;
      }
    }
    if (next() * 1000 < ONLY_THEIRS) {
      theirText += theirRow(`030${caller}`, `0${99_000_000 + (at % 999_999)}`, start, seconds);
      truth.missingWithUs += 1;
    }
    if (at % 2_000 === 1_999) await write();
  }
  await write();
  for (const stream of [ours, theirs]) stream.end();
  await Promise.all([finished(ours), finished(theirs)]);
  return truth;
}

let day = Number.NaN;
let dayText = '';

/** `2026-10-05T12:00:07`; the day is written once for all of its calls. */
function clockTime(seconds: number, between: string): string {
  const at = Math.floor(seconds / 86_400);
  if (at !== day) [day, dayText] = [at, new Date(at * 86_400_000).toISOString().slice(0, 10)];
  const of = seconds - at * 86_400;
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
  return `${dayText}${between}${two(Math.floor(of / 3600))}:${two(Math.floor(of / 60) % 60)}:${two(of % 60)}`;
}
