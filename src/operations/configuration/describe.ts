/** The reference of the configuration files, made from the same descriptors that read them. */

import { shippedFormats } from '../usage/formats/shipped-formats.ts';
import { agreement } from './kinds/agreements.ts';
import { format, rateTemplate, source } from './kinds/declared.ts';
import { binSet, enrichmentProfile, numberTable } from './kinds/enriching.ts';
import { notice } from './kinds/notices.ts';
import { codeDeck, originSet } from './kinds/numbers.ts';
import { account, legalEntity, party, trunk } from './kinds/parties.ts';
import { addOn, allowance, plan } from './kinds/plans.ts';
import { rateRecord, tariff } from './kinds/tariffs.ts';
import { taxRate, taxRule, withholdingRule } from './kinds/tax.ts';
import { calendar, timeBandSet } from './kinds/times.ts';
import { correlation, screeningRule } from './kinds/watching.ts';
import type { Kind } from './setup.ts';
import type { Field, Fields, JsonSchema, Presence, Shape } from './shapes.ts';
import { keyColumn } from './tables.ts';

/** The shape of each kind's objects. */
export function shapeOf(kind: Kind): Shape<unknown> {
  const page = pages.find((each) => each.kind === kind);
  if (page === undefined) throw new RangeError(`no shape for ${kind}`);
  return page.shape;
}

interface KindPage {
  readonly kind: Kind;
  readonly shape: Shape<unknown>;
  readonly meaning: string;
}

const pages: readonly KindPage[] = [
  { kind: 'legalEntities', shape: legalEntity, meaning: 'The operator’s own companies.' },
  { kind: 'parties', shape: party, meaning: 'Everyone the operator deals with.' },
  { kind: 'accounts', shape: account, meaning: 'What a party is billed on, by one of the operator’s companies, in one currency.' },
  { kind: 'trunks', shape: trunk, meaning: 'Where traffic enters and leaves. A trunk says whose the traffic is.' },
  { kind: 'agreements', shape: agreement, meaning: 'Contracts with parties, each in one or more versions.' },
  { kind: 'calendars', shape: calendar, meaning: 'Which days are holidays.' },
  { kind: 'timeBands', shape: timeBandSet, meaning: 'Peak, off-peak and the like: local time in the agreement’s zone.' },
  { kind: 'originSets', shape: originSet, meaning: 'Named sets of callers, for prices that depend on where a call comes from.' },
  { kind: 'codeDecks', shape: codeDeck, meaning: 'Which prefixes make up a destination.' },
  {
    kind: 'tariffs',
    shape: tariff,
    meaning: 'The rules that price one service. `timeBands`, `codeDeck` and the origin sets of its rates are named by their ids.',
  },
  {
    kind: 'formats',
    shape: format,
    meaning:
      'How the files of a kind of switch are written, where no shipped format says it. The keys are described in [formats](formats.md).',
  },
  { kind: 'sources', shape: source(shippedFormats), meaning: 'Where usage comes from. The keys are described in [usage](usage.md).' },
  {
    kind: 'rateTemplates',
    shape: rateTemplate,
    meaning: 'How a partner writes its rate sheets. The keys are described in [rate sheets](rate-sheets.md).',
  },
  {
    kind: 'numberTables',
    shape: numberTable,
    meaning:
      'Tables of millions of numbers with their LRN or owner; `carillon numbers import` fills them. See [enrichment](enrichment.md).',
  },
  {
    kind: 'bins',
    shape: binSet,
    meaning: 'Names for events by any field, for rates (`bin`) and reports. See [enrichment](enrichment.md).',
  },
  {
    kind: 'enrichments',
    shape: enrichmentProfile,
    meaning: 'What is found out about the events of the sources that name the profile. See [enrichment](enrichment.md).',
  },
  {
    kind: 'correlations',
    shape: correlation,
    meaning: 'Records that are parts of one call or session, and how they are put together. See [correlation](correlation.md).',
  },
  {
    kind: 'screening',
    shape: screeningRule,
    meaning: 'What is looked for in traffic before it is charged. See [screening](screening.md).',
  },
  {
    kind: 'taxRules',
    shape: taxRule,
    meaning: 'Whose tax is due on which supply, where the shipped rules say nothing or something else. See [tax](tax.md).',
  },
  { kind: 'taxRates', shape: taxRate, meaning: 'What a tax comes to in a jurisdiction, by day. See [tax](tax.md).' },
  { kind: 'withholdingRules', shape: withholdingRule, meaning: 'What payers hold back from what they pay. See [tax](tax.md).' },
  {
    kind: 'allowances',
    shape: allowance,
    meaning: 'What plans include and add-ons give: money, time, bytes, messages or events, for some use. See [plans](plans.md).',
  },
  { kind: 'addOns', shape: addOn, meaning: 'What can be bought besides a plan. See [plans](plans.md).' },
  { kind: 'plans', shape: plan, meaning: 'Retail plans of online charging, each in one or more versions. See [plans](plans.md).' },
  {
    kind: 'notices',
    shape: notice,
    meaning: 'What customers are told of what happens to their accounts. See [notifications](notifications.md).',
  },
];

/** The JSON schema of one file, for editors that check YAML while it is written. */
export function configurationSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Carillon configuration',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      pages.map(({ kind, shape, meaning }) => [kind, { type: 'array', description: meaning, items: shape.schema }]),
    ),
  };
}

/** Markdown tables of every key of every kind. */
export function configurationTables(): string {
  return pages
    .map(({ kind, shape, meaning }) => `## ${kind}\n\n${meaning}\n${shape.inner === undefined ? '' : fieldTables(shape.inner, 3)}`)
    .join('\n');
}

/** Columns of tables of rates. */
export function rateColumns(): string {
  return Object.keys(rateRecord.inner ?? {})
    .map((key) => `\`${keyColumn(key)}\``)
    .join(', ');
}

function fieldTables(fields: Fields, level: number): string {
  const rows = Object.entries(fields).map(
    ([name, field]) =>
      `| \`${name}\` | ${cell(field.shape.says)} | ${presence(field)} | ${cell(field.meaning)} | \`${cell(field.example)}\` |`,
  );
  const table = `\n| key | value | needed | meaning | example |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  const inner = Object.entries(fields).flatMap(([name, { shape }]) => {
    // A rate's keys are the same in `defaults`; one table is enough.
    if (shape.inner === undefined || name === 'defaults' || Object.keys(shape.inner).join() === 'first,next') return [];
    return [`\n${'#'.repeat(Math.min(level, 6))} ${name}\n${fieldTables(shape.inner, level + 1)}`];
  });
  return `${table}${inner.join('')}`;
}

function presence(field: Field<unknown, Presence>): string {
  switch (field.presence) {
    case 'required':
      return 'yes';
    case 'optional':
      return 'no';
    case 'defaulted':
      return `no: ${field.fallbackText ?? ''}`;
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
