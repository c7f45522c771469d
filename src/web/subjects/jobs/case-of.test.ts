import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { caseOf } from './case-of.ts';

/** As the server calls them: `title` of its kinds of jobs. */
const called: readonly (readonly [kind: string, title: string, itsCase: string])[] = [
  ['close-periods', 'Close what is due', ''],
  ['close-periods', 'Close 2026-10 of atlantic-voice, andina-voice', '2026-10 · atlantic-voice, andina-voice'],
  ['close-periods', 'Close what is due of atlantic-voice', 'atlantic-voice'],
  ['accrue', 'Accrue what is not billed', ''],
  ['verify-statement', 'Verify atlantic-voice 2026-10', 'atlantic-voice 2026-10'],
  ['reconcile', 'Reconcile atlantic-voice 2026-10', 'atlantic-voice 2026-10'],
  ['settle-dispute', 'Settle dispute 4: credit-note', '4'],
  ['verify-documents', 'Verify documents', ''],
  ['verify-documents', 'Verify documents of halyard-us', 'halyard-us'],
  ['deliver-documents', 'Deliver documents', ''],
  ['run-dunning', 'Dunning of today', ''],
  ['run-dunning', 'Dunning of 2026-11-10', '2026-11-10'],
  ['verify-ledger', 'Verify the ledger', ''],
  ['check-tax', 'Look for gaps in the data of tax', ''],
  ['import-tax-table', 'Take rates of tax into us-states', 'us-states'],
  ['import-numbers', 'Take numbers into ported', 'ported'],
  ['run-retention', 'Delete what is due', ''],
  ['erase-person', 'Erase a person, order 3', '3'],
  ['export-person', 'Export what is held of a person, order 3', '3'],
  ['usage.retry', 'Take up what is held', ''],
  ['usage.retry', 'Take up 12 records', '12'],
  ['usage.retry', 'Take up rating.no-price of october.csv', 'rating.no-price · october.csv'],
  ['usage.write-off', 'Write off what is held of october.csv', 'october.csv'],
  ['usage.load', 'Load a file of ny-asterisk', 'ny-asterisk'],
  ['usage.send', 'Load records of ny-asterisk that were sent', 'ny-asterisk'],
  ['usage.roll-back', 'Take file 7 out of the books', '7'],
  ['usage.rerate', 'Price charges again', ''],
  ['usage.rerate', 'Price atlantic-voice again', 'atlantic-voice'],
  ['usage.release', 'Release what screening holds', ''],
  ['usage.release', 'Release what screening holds by too-long', 'too-long'],
  ['usage.join', 'Join late parts to their calls', ''],
];

test('of what a job is called, its case remains: what was done is told in another language', () => {
  for (const [kind, title, itsCase] of called) assert.equal(caseOf(kind, title), itsCase, title);
  assert.equal(caseOf('reconcile', 'Something else'), undefined);
});

test('there is no kind of job whose case nobody finds', () => {
  const words: object = JSON.parse(readFileSync(`${import.meta.dirname}/../words/texts/en.json`, 'utf8'));
  const kinds = Object.keys(words).flatMap((key) => /^job (.+)$/.exec(key)?.[1] ?? []);
  assert.deepEqual([...new Set(called.map(([kind]) => kind))].toSorted(), kinds.toSorted());
});
