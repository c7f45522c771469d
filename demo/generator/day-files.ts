/**
 * A day's calls as the files that two switches leave behind, with the faults that such files have,
 * and the truth about them: how many records of each kind were written. What loads the files has to
 * come to the same counts without knowing it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asteriskWriter } from './asterisk.ts';
import type { Call, HeldFor, SwitchName } from './call.ts';
import { damagedAsterisk, damagedFreeswitch } from './damage.ts';
import { freeswitchWriter } from './freeswitch.ts';
import { forkRandom, type Random } from './random.ts';

const WITHIN_FILE_DUPLICATES = 0.003;
const DAMAGED = 0.0008;
/** A rotated file begins with the last records of the one before, when the switch wrote them twice. */
const OVERLAP_LINES = 60;
const FILES_PER_SWITCH = 4;
const DAY_MICROS = 86_400_000_000;

export interface FileTruth {
  /** The usage source that it belongs to. */
  readonly source: string;
  /** Below the folder given. */
  readonly path: string;
  readonly bytes: number;
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly heldFor: Readonly<Record<HeldFor, number>>;
  readonly answered: number;
}

interface SwitchFormat {
  readonly source: string;
  readonly fileName: (index: number) => string;
  readonly line: (call: Call, sequence: number) => string;
  readonly damage: (random: Random, line: string) => string;
}

/** Writes the files of both switches below `folder`, removing what was there. */
export function writeDayFiles(
  calls: readonly Call[],
  options: { seed: string; folder: string; dayStartMicros: number; day: string },
): FileTruth[] {
  const { seed, folder, dayStartMicros, day } = options;
  const stamp = day.replaceAll('-', '');
  const formats: Readonly<Record<SwitchName, SwitchFormat>> = {
    'new-york': {
      source: 'ny-asterisk',
      fileName: (index) => `new-york/Master-${stamp}-${index + 1}.csv`,
      line: asteriskWriter('America/New_York'),
      damage: damagedAsterisk,
    },
    frankfurt: {
      source: 'fra-freeswitch',
      fileName: (index) => `frankfurt/cdr-${stamp}-${index + 1}.json`,
      line: freeswitchWriter('Europe/Berlin', seed),
      damage: damagedFreeswitch,
    },
  };
  const truths: FileTruth[] = [];
  for (const name of ['new-york', 'frankfurt'] as const) {
    const format = formats[name];
    rmSync(join(folder, dirname(format.fileName(0))), { recursive: true, force: true });
    mkdirSync(join(folder, dirname(format.fileName(0))), { recursive: true });
    const random = forkRandom(seed, `faults/${name}`);
    const own = calls.filter((call) => call.switch === name);
    let overlap: readonly string[] = [];
    let sequence = 1;
    for (let index = 0; index < FILES_PER_SWITCH; index += 1) {
      const part = own.filter((call) => partOf(call, dayStartMicros) === index);
      const written = writeFile(part, format, random, sequence, overlap);
      const path = format.fileName(index);
      writeFileSync(join(folder, path), written.text);
      truths.push({ source: format.source, path, bytes: Buffer.byteLength(written.text), ...written.counts });
      overlap = written.lastLines;
      sequence += part.length;
    }
  }
  return truths;
}

/** A switch writes a record when the call ends; what ends after midnight is still in the day's last file. */
function partOf(call: Call, dayStartMicros: number): number {
  return Math.min(FILES_PER_SWITCH - 1, Math.floor(((call.endMicros - dayStartMicros) * FILES_PER_SWITCH) / DAY_MICROS));
}

function writeFile(calls: readonly Call[], format: SwitchFormat, random: Random, firstSequence: number, overlap: readonly string[]) {
  const lines: string[] = [...overlap];
  const good: string[] = [];
  const heldFor: Record<HeldFor, number> = { 'rating.no-rate': 0, 'rating.trunk-unknown': 0 };
  let duplicate = overlap.length;
  let rejected = 0;
  let answered = 0;
  calls.forEach((call, at) => {
    const line = format.line(call, firstSequence + at);
    lines.push(line);
    if (call.answerMicros !== undefined) answered += 1;
    if (call.heldFor !== undefined) {
      heldFor[call.heldFor] += 1;
      return;
    }
    good.push(line);
    if (random.chance(WITHIN_FILE_DUPLICATES)) {
      lines.push(good[Math.max(0, good.length - 1 - random.below(200))] ?? line);
      duplicate += 1;
    }
    if (random.chance(DAMAGED)) {
      lines.push(format.damage(random, line));
      rejected += 1;
    }
  });
  const counts = { read: lines.length, rated: good.length, held: calls.length - good.length, duplicate, rejected, heldFor, answered };
  return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n`, counts, lastLines: good.slice(-OVERLAP_LINES) };
}
