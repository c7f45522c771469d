import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SETTLE_DISPUTE } from '#api/disputes/lead.ts';
import { RUN_DUNNING } from '#api/dunning/dunning.ts';
import { DELIVER } from '#api/invoicing/deliveries.ts';
import { VERIFY_DOCUMENTS } from '#api/invoicing/issuing.ts';
import { VERIFY_LEDGER } from '#api/ledger/entries.ts';
import { IMPORT_NUMBERS } from '#api/numbers/number-tables.ts';
import { ERASE_PERSON } from '#api/persons/persons.ts';
import { RECONCILE } from '#api/reconciliation/runs.ts';
import { RUN_RETENTION } from '#api/retention/retention.ts';
import { settlementJobs } from '#api/settlement/closing.ts';
import { VERIFY_STATEMENT } from '#api/settlement/statement-lines.ts';
import { IMPORT_TAX_TABLE } from '#api/tax/records.ts';
import { CHECK_TAX } from '#api/tax/rules.ts';
import { usageJobs } from '#api/usage/loads.ts';
import { RETRY_USAGE, WRITE_OFF_USAGE } from '#api/usage/suspense.ts';
import { describedOperations } from '#app/api/operations.ts';
import { legRoles, secondsRules } from '#core/agreements/agreements.ts';
import { dealKinds, dealMeasures } from '#core/agreements/deals.ts';
import { usualChecks } from '#core/agreements/settlement-terms.ts';
import { ledgerAccounts } from '#core/ledger/ledger-accounts.ts';
import { roundingModes } from '#core/money/rounding.ts';
import { partyKinds } from '#core/parties/parties.ts';
import { explanationSteps } from '#core/rating/explanation.ts';
import { pricingSayings } from '#core/rating/pricing-sayings.ts';
import { refusals } from '#core/refusals.ts';
import { disputeOutcomes } from '#core/settlement/disputes/dispute.ts';
import { findingSayings } from '#core/settlement/finding-sayings.ts';
import { partnerDocumentKinds, partnerInvoiceStates } from '#core/settlement/partner-invoices/partner-invoice.ts';
import { causeSayings } from '#core/settlement/reconciliation/cause-sayings.ts';
import { declarationKinds } from '#core/settlement/reconciliation/declared.ts';
import { tierMeasures } from '#core/tariffs/tariff.ts';
import { periodKinds } from '#core/time/period.ts';
import { services } from '#core/usage/usage-event.ts';
import { permissions } from '#operations/access/permissions.ts';
import { roles } from '#operations/access/roles.ts';
import { alarmKinds } from '#operations/collecting/ports.ts';
import { loadedFileStates } from '#pipeline/ports.ts';
import { agedRows } from '#storage/retention/aged-rows.ts';
import { projectRoot } from '../support/project-files.ts';

test('every operation that the audit trail tells has its words', () => {
  const file = join(projectRoot, 'src/web/subjects/words/texts/en.json');
  const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  const told = describedOperations().filter(({ method, personal }) => method !== 'GET' || personal !== undefined);
  assert.deepEqual(
    told.flatMap(({ id }) => (`did ${id}` in words ? [] : [id])),
    [],
  );
});

test('every role and every permission has its words', () => {
  const file = join(projectRoot, 'src/web/subjects/words/texts/en.json');
  const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  for (const [role, { meaning }] of Object.entries(roles)) {
    assert.ok(role in words, role);
    assert.equal(words[`role ${role}`], meaning);
  }
  for (const [permission, meaning] of Object.entries(permissions)) assert.equal(words[`may ${permission}`], meaning);
});

const catalogue = (name: string, language = 'en'): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(projectRoot, `src/web/subjects/${name}/texts/${language}.json`), 'utf8'));

test('what is said of prices and causes is said in the console by the same codes, in English by the same words', () => {
  assert.deepEqual(catalogue('said'), { ...pricingSayings, ...causeSayings, ...findingSayings });
});

test('every value of a closed list that is said of a price has its word', () => {
  const words = catalogue('words');
  const values = [
    ...[...Object.keys(legRoles), ...services, ...secondsRules, ...tierMeasures, ...periodKinds],
    ...['s', 'bytes', 'messages', 'units', 'seconds', 'nanos'],
    ...roundingModes.map((mode) => `rounding ${mode}`),
    ...['up', 'down', 'both'].map((way) => `direction ${way}`),
    ...explanationSteps.map((step) => `step ${step}`),
  ];
  assert.deepEqual(
    values.filter((value) => !(value in words)),
    [],
  );
});

/** What people at a browser meet besides what operations declare: of sheets, records and months that the console shows in place. */
const SUBJECTS =
  /^(access|api|credit|deal|declaration|dispute|exchange|invoice|ledger|partner-invoice|period|rate-sheet|rating|reconcile|retention)\./;

test('every refusal that a browser can meet has its meaning and what to do in each language', () => {
  const declared = new Set<string>(describedOperations().flatMap(({ refusals: own = [] }) => own));
  const met = Object.entries(refusals).filter(([code]) => declared.has(code) || SUBJECTS.test(code));
  for (const language of ['en', 'de', 'ar']) {
    const texts = catalogue('refusals', language);
    assert.deepEqual(Object.keys(texts).sort(), met.flatMap(([code]) => [code, `do ${code}`]).sort(), language);
    for (const [key, text] of Object.entries(texts)) assert.ok(text !== '', key);
  }
  const english = catalogue('refusals');
  for (const [code, { meaning }] of met) assert.equal(english[code], meaning);
});

test('every check of a period has its words', () => {
  const words = catalogue('words');
  for (const check of Object.keys(usualChecks)) assert.ok(`check ${check}` in words, check);
});

test('every kind of deal, alarm, file, long work, account of the ledger and outcome of a dispute has its word', () => {
  const words = catalogue('words');
  const works = [RUN_RETENTION, VERIFY_STATEMENT, SETTLE_DISPUTE, DELIVER, VERIFY_DOCUMENTS, CHECK_TAX, IMPORT_TAX_TABLE, VERIFY_LEDGER];
  const more = [ERASE_PERSON, RUN_DUNNING, IMPORT_NUMBERS, RECONCILE, RETRY_USAGE, WRITE_OFF_USAGE];
  const values = [
    ...dealMeasures,
    ...partyKinds,
    ...dealKinds.map((kind) => `deal ${kind}`),
    ...alarmKinds.map((kind) => `alarm ${kind}`),
    ...loadedFileStates.map((state) => `file ${state}`),
    ...[...works, ...more, ...Object.values(settlementJobs), ...Object.values(usageJobs)].map((kind) => `job ${kind}`),
    ...[...agedRows.map(({ kind }) => kind), 'usage', 'archive', 'journal'].map((kind) => `kept ${kind}`),
    ...Object.keys(partnerDocumentKinds),
    ...Object.keys(ledgerAccounts).map((account) => `ledger ${account}`),
    ...declarationKinds.map((kind) => `declares ${kind}`),
    ...disputeOutcomes.map((outcome) => `outcome ${outcome}`),
    ...partnerInvoiceStates.map((step) => `invoice-step ${step}`),
    // How an attempt to send a document, message or event ended; the last two are what a mail server reports.
    ...['sent', 'deferred', 'refused', 'unknown', 'under way', 'failed', 'delayed'].map((outcome) => `attempt ${outcome}`),
  ];
  assert.deepEqual(
    values.filter((value) => !(value in words)),
    [],
  );
});

test('what the guides by role tell people to look for is written in the console', () => {
  const subjects = globSync('src/web/**/*.ts', { cwd: projectRoot }).map((file) => readFileSync(join(projectRoot, file), 'utf8'));
  const titles = subjects.flatMap((text) => [...text.matchAll(/\ben: '([^']+)'/g)].map(([, title = '']) => title));
  const texts = globSync('src/web/**/texts/en.json', { cwd: projectRoot }).flatMap((file) =>
    Object.values<string>(JSON.parse(readFileSync(join(projectRoot, file), 'utf8'))),
  );
  const known = new Set([...titles, ...texts].map(plain));
  const guides = globSync('docs/guides/roles/*.md', { cwd: projectRoot });
  const missing = guides.flatMap((guide) => {
    const text = readFileSync(join(projectRoot, guide), 'utf8').replaceAll(/\*\*[^*]+\*\*/g, '');
    const labels = [...text.matchAll(/(?<![*\w])\*([^*\n]+)\*/g)].map(([, label = '']) => label);
    // `*Settings, Users*` is a way of two steps, if it is not one text.
    const steps = labels.flatMap((label) => (known.has(plain(label)) ? [] : label.split(', ')));
    return steps.filter((step) => !known.has(plain(step))).map((step) => `${guide}: ${step}`);
  });
  assert.ok(guides.length > 8);
  assert.deepEqual(missing, []);
});

const plain = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[?…:]+$/, '')
    .trim();
