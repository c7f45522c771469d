/**
 * Everything that people see, in a browser: one server and one browser for the journeys of a test file, on a month that the other's do not change.
 * There are two such files as each takes minutes, in which it uses one of two processors. `WEB_JOURNEYS=partners,usage npm test -- test/web` runs
 * those of these subjects; screenshots are in .build/screenshots. After the journeys of a subject what the browser saw is compared with `journey-table.ts`.
 */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { buildWeb } from '#app/web/built.ts';
import { unpackedChromium } from './chromium.ts';
import { type Journey, openStage, type Stage } from './journey.ts';
import type { Notes } from './journey-notes.ts';
import { missing, subjects } from './journey-table.ts';

/** The second half begins with this subject. */
const MIDDLE = 'roles';

/** The subjects of a half, in their order. */
export async function walkJourneys(half: 'first' | 'second'): Promise<void> {
  const wanted = (process.env.WEB_JOURNEYS ?? '').split(',');
  const files = globSync('*.ts', { cwd: join(import.meta.dirname, 'journeys') })
    .filter((file) => wanted.some((each) => `journeys/${file}`.includes(each)))
    .filter((file) => file >= MIDDLE === (half === 'second'))
    .sort();
  if (files.length === 0) return;
  let stage: Stage | undefined;
  before(async () => {
    // Meanwhile the other half has the demonstration's month made.
    if (half === 'second') await Promise.all([buildWeb(), unpackedChromium()]);
    stage = await openStage();
  });
  after(() => stage?.close());
  for (const file of files) {
    const { journeys }: { journeys: readonly Journey[] } = await import(pathToFileURL(join(import.meta.dirname, 'journeys', file)).href);
    const subject = file.replace(/\.ts$/, '');
    const notes: Notes = new Map();
    let walked = 0;
    for (const journey of journeys)
      test(journey.name, async () => {
        await stage?.walk(journey, notes);
        walked += 1;
      });
    if (subjects.has(subject))
      test(`the journeys of ${subject} were made by whom, and at which size, the table says`, (context) => {
        if (walked < journeys.length) context.skip(`${walked} of ${journeys.length} journeys were made`);
        else assert.deepEqual(missing(subject, notes), []);
      });
  }
}
