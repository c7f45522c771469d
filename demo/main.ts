/**
 * `npm run demo`: a day of an operator with three carriers, from configuration to a month that is closed, argued about and paid. It runs carillon's own
 * commands and prints what they print; the counts are checked against what the generator knows.
 */
import { join, resolve } from 'node:path';
import { withInstallation } from '#app/installation.ts';
import { carillonIn, ignoredSettings, root } from './carillon.ts';
import { freshDataFolder } from './data-folder.ts';
import { DEMO_DAY, generateTraffic } from './generator/generate.ts';
import {
  argue,
  billByHand,
  closeMonth,
  makeDocuments,
  prepareClose,
  proveBooks,
  reconcileAtlantic,
  setOff,
  takePayments,
} from './month.ts';
import { type DemoOptions, readOptions } from './options.ts';
import { publishedListPath } from './rate-sheets/example-files.ts';
import * as screen from './screen.ts';
import { serveMonth } from './serve.ts';
import { EXAMPLE, quoted, type Stage, show } from './steps.ts';
import { checkCounts, explainSplitCall, loadAgain, loadTraffic, makeStatements, mendTrunk, showMargin, showShape } from './story.ts';
import { chargeOnline } from './subscriber.ts';

interface Timed {
  readonly name: string;
  readonly seconds: number;
}

async function demonstrate(options: DemoOptions): Promise<void> {
  const { dataFolder } = options;
  const stage: Stage = { carillon: carillonIn(dataFolder), dataFolder };
  const times: Timed[] = [];
  const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    screen.heading(times.length + 1, name);
    const began = performance.now();
    const value = await work();
    const seconds = (performance.now() - began) / 1_000;
    times.push({ name, seconds });
    screen.took(seconds);
    return value;
  };

  introduce(dataFolder);
  freshDataFolder(dataFolder);

  const truths = await step('A day of traffic, as two switches write it', () => {
    const folder = join(dataFolder, 'traffic');
    const made = generateTraffic({ seed: options.seed, calls: options.calls, day: DEMO_DAY, folder, publishedList: publishedListPath });
    showShape(made, folder, options);
    return made;
  });
  // The embedded PostgreSQL stays up between the commands as long as somebody uses it: that is us.
  await withInstallation({ settings: { data: dataFolder, database: { url: '' }, log: { level: 'warn' } }, command: 'demo' }, async () => {
    await step('The operator, its partners and agreements, from files', () => show(stage, ['apply', EXAMPLE], { most: 3, last: 6 }));
    await step('Two carriers’ rate sheets, as they send them', async () => {
      const atlantic = ['rates', 'import', `${EXAMPLE}/rate-sheets/atlantic-2026-10.csv`, '--agreement', 'atlantic-voice', '--limit', '4'];
      const rheinland = [
        'rates',
        'import',
        `${EXAMPLE}/rate-sheets/rheinland-2026-10.xlsx`,
        '--agreement',
        'rheinland-voice',
        '--limit',
        '4',
      ];
      await show(stage, atlantic, { refuses: true });
      screen.say('', 'Six codes are of countries and satellites that have other codes today. We know, and accept it:');
      await show(stage, [...atlantic, '--accept', 'code-unknown'], { most: 0, last: 1 });
      await show(stage, [...rheinland, '--accept', 'code-unknown']);
    });
    await step('Every call priced on both sides', async () => {
      await loadTraffic(stage, truths);
      await checkCounts(stage, truths);
    });
    await step('What waits, and why', () => mendTrunk(stage, truths));
    await step('The same files again', () => loadAgain(stage, truths));
    await step('What the day earned', () => showMargin(stage));
    await step('Three statements', () => makeStatements(stage));
    await step('Why this amount?', () => explainSplitCall(stage));
    await step('What a close needs besides: tax and exchange', () => prepareClose(stage));
    await step('The month closed', () => closeMonth(stage));
    await step('Invoices, as PDF and as UBL', () => makeDocuments(stage));
    await step('Netting with Andina', () => setOff(stage));
    await step('Atlantic’s figures are others than ours', () => reconcileAtlantic(stage));
    await step('A dispute, and the credit note that ends it', () => argue(stage));
    await step('The bank’s file', () => takePayments(stage));
    await step('What is sold besides calls', () => billByHand(stage));
    await step('The books, proved', () => proveBooks(stage));
    await step('A subscriber who pays before, charged while the network waits', () => chargeOnline(stage));
  });
  conclude(dataFolder, times);
  if (options.exit || !process.stdout.isTTY)
    screen.say('', `  npm run demo                                                   and then console and portal`);
  // Nobody looks where there is no terminal: a test, a pipe.
  if (!options.exit && process.stdout.isTTY) await serveMonth(stage);
}

function introduce(dataFolder: string): void {
  screen.title('Carillon: one day of a transit carrier, from call records to a closed month');
  screen.say(
    'Halyard Transit, New York, passes calls between three carriers and its own customers.',
    '',
    '  Atlantic Crossing   US dollars, by the minute (60/60)             sends its rates as CSV',
    '  Rheinland           euro, by the second (1/1), peak and off-peak  sends its rates as XLSX',
    '  Andina              US dollars, a fee a call, tiers by volume     rates kept in files',
    '',
    'The day is Friday 2 October 2026 in New York. In Frankfurt it runs into Saturday, a public holiday,',
    'so Rheinland’s prices change at midnight there, in the middle of some calls.',
    '',
    'The prices come from a published list. What follows is printed by the commands shown; to run them:',
    '',
    ...shellLines(dataFolder),
    '',
    'The demonstration has a data folder and a database of its own.',
  );
  const ignored = ignoredSettings(process.env);
  if (ignored.length > 0) screen.say(`It ignores what is set in your environment: ${ignored.join(', ')}.`);
}

/** What makes the shell's carillon the demonstration's, wherever one goes. */
function shellLines(dataFolder: string): string[] {
  return [`  export CARILLON_DATA=${quoted(resolve(dataFolder))}`, `  alias carillon=${quoted(join(root, 'tools/carillon.mjs'))}`];
}

function conclude(dataFolder: string, times: readonly Timed[]): void {
  screen.title('How long it took');
  for (const { name, seconds } of times) screen.say(`  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  const total = times.reduce((sum, { seconds }) => sum + seconds, 0);
  screen.say(`  ${total.toFixed(1).padStart(6)} s  together`);
  screen.title('What to try next');
  screen.say(
    ...shellLines(dataFolder),
    '',
    '  carillon usage held                                            what waits, and why',
    '  carillon usage show                                            the files, with their counts',
    '  carillon statement andina-voice --period 2026-10 --line 1      the calls behind a line',
    '  carillon statement rheinland-voice --period 2026-10 --verify   every line against its calls',
    '  carillon margin --period 2026-10                               by currency, nothing converted',
    '  carillon ledger journal                                        every posting',
    '  carillon charge history dana                                   an account that is charged online',
    '  carillon export my-operator                                    the configuration as files again',
    '',
    '  docs/guides/first-partner-first-statement.md                   the same with a partner of your own',
    `  ${join(dataFolder, 'statements').padEnd(61)}  the statements as PDF`,
    `  ${join(dataFolder, 'month').padEnd(61)}  the month’s documents and files`,
  );
  screen.print();
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options !== undefined) await demonstrate(options);
} catch (error) {
  process.stderr.write(`\nThe demonstration stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
