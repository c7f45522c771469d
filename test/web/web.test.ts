/**
 * Everything that people see, in a browser: one server and one browser for all journeys. `WEB_JOURNEYS=partners,usage npm test -- test/web`
 * runs those of these subjects; screenshots are in .build/screenshots.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Journey, openStage, type Stage } from './journey.ts';

const wanted = (process.env.WEB_JOURNEYS ?? '').split(',');
let stage: Stage | undefined;
before(async () => {
  stage = await openStage();
});
after(() => stage?.close());

for (const file of globSync('journeys/*.ts', { cwd: import.meta.dirname }).sort()) {
  if (!wanted.some((each) => file.includes(each))) continue;
  const { journeys }: { journeys: readonly Journey[] } = await import(pathToFileURL(join(import.meta.dirname, file)).href);
  for (const journey of journeys) test(journey.name, () => stage?.walk(journey));
}
