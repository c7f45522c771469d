/** Rates in force, the history of a code and the imports for the terminal, at most 100 columns wide. */

import type { ImportRecord } from '#app/rates.ts';
import { formatMoment } from '#app/rates-output.ts';
import type { DeckAnswer, ShownHistory, ShownRates } from '#app/rates-shown.ts';
import { type Decimal, formatDecimal } from '#core/money/decimal.ts';
import type { RateMatch, RateTerms } from '#core/tariffs/tariff.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { displayWidth, formatPairs, formatTable, TABLE_WIDTH } from './table.ts';

/** Rates in force. */
export function ratesText({ rates, total, target, atMicros, deck }: ShownRates, code: string | undefined): string {
  const zone = target.agreement.zone;
  const title = `${target.tariff.id}, ${target.tariff.currency}, at ${formatMoment(zone, atMicros)}: ${count(total)} rate${total === 1 ? '' : 's'}${deckSentence(deck, code)}`;
  if (rates.length === 0) return `${title}\n`;
  const banded = rates.some(({ match }) => match.band !== undefined);
  const narrowed = rates.some(({ match }) => onlyText(match) !== '');
  const table = formatTable(
    [
      { title: 'code', align: 'right' },
      { title: 'destination' },
      ...(banded ? [{ title: 'band' }] : []),
      ...(narrowed ? [{ title: 'only' }] : []),
      { title: 'price', align: 'right' },
      { title: 'terms' },
      { title: 'from', cut: 'never' },
      { title: 'to', cut: 'never' },
    ],
    rates.map(({ match, terms, validFromMicros, validToMicros }) => [
      codeText(match, target.tariff.codeDeck),
      match.destination,
      ...(banded ? [match.band ?? ''] : []),
      ...(narrowed ? [onlyText(match)] : []),
      formatDecimal(terms.price),
      termsText(terms),
      formatMoment(zone, validFromMicros),
      formatMoment(zone, validToMicros),
    ]),
  );
  return `${title}\n\n${table}\n${total > rates.length ? `… ${count(total - rates.length)} more (--limit)\n` : ''}`;
}

/** `code 43 is Austria in code deck world`, as a sentence behind the title; '' when no deck was asked. */
function deckSentence(deck: DeckAnswer | undefined, code: string | undefined): string {
  if (deck === undefined || code === undefined) return '';
  const { found, destinations, longer } = deck;
  const exact = found?.code === code ? '' : ` (by ${found?.code})`;
  const is = found === undefined ? `\nCode ${code} is of no destination` : `\nCode ${code}${exact} is ${found.destination}`;
  const others = destinations.filter((name) => name !== found?.destination).length;
  const more =
    longer === 0
      ? ''
      : `; ${count(longer)} code${longer === 1 ? ' that begins' : 's that begin'} with it${others === 0 ? '' : `, of ${count(others)} other destination${others === 1 ? '' : 's'}`}`;
  return `${is} in code deck ${deck.deck}${more}`;
}

/** `any` for every number; the deck for a rate by destination, which has the codes of its destination there. */
function codeText({ code }: RateMatch, deck: string | undefined): string {
  if (code === undefined) return deck === undefined ? '' : `deck ${deck}`;
  return code === '' ? 'any' : code;
}

/** What else an event must be for the rate: `interstate`, `origin !eea`. */
function onlyText({ calling, origin, trunk, serviceClass, jurisdiction, ratingGroup, apn, bin }: RateMatch): string {
  const parts = [
    jurisdiction ?? '',
    origin === undefined ? '' : `origin ${origin}`,
    calling === undefined ? '' : `caller ${calling}`,
    trunk === undefined ? '' : `trunk ${trunk}`,
    serviceClass === undefined ? '' : `class ${serviceClass}`,
    ratingGroup === undefined ? '' : `group ${ratingGroup}`,
    apn === undefined ? '' : `APN ${apn}`,
    bin === undefined ? '' : `bin ${bin}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** All that was known of a code. */
export function historyText({ rates, target, deck, code }: ShownHistory): string {
  const { zone } = target.agreement;
  const said = deckSentence(deck, code).trim();
  if (rates.length === 0) return `Tariff ${target.tariff.id} never had a rate for code ${code}.\n${said === '' ? '' : `${said}\n`}`;
  const byDestination = rates.some(({ rate }) => rate.match.code === undefined);
  const banded = rates.some(({ rate }) => rate.match.band !== undefined);
  const title = `Tariff ${target.tariff.id}, ${target.tariff.currency}. Known: UTC; from and to: ${zone}.`;
  const table = formatTable(
    [
      { title: 'known from', cut: 'never' },
      { title: 'known to', cut: 'never' },
      { title: 'import', align: 'right' },
      ...(byDestination ? [{ title: 'code', align: 'right' as const }] : []),
      ...(banded ? [{ title: 'band' }] : []),
      { title: 'price', align: 'right' },
      { title: 'terms' },
      { title: 'from', cut: 'never' },
      { title: 'to', cut: 'never' },
    ],
    rates.map(({ rate, knownFromMicros, knownToMicros, importId }) => [
      seconds(knownFromMicros),
      knownToMicros === Number.POSITIVE_INFINITY ? 'now' : seconds(knownToMicros),
      importId === undefined ? 'files' : String(importId),
      ...(byDestination ? [codeText(rate.match, target.tariff.codeDeck)] : []),
      ...(banded ? [rate.match.band ?? ''] : []),
      formatDecimal(rate.terms.price),
      termsText(rate.terms),
      formatMoment(zone, rate.validFromMicros),
      formatMoment(zone, rate.validToMicros),
    ]),
  );
  return `${title}\n${said === '' ? '' : `${said}\n`}\n${table}\n`;
}

const COUNTED = [
  ['new', 'new'],
  ['up', 'increase'],
  ['down', 'decrease'],
  ['changed', 'changed'],
  ['closed', 'closed'],
] as const;

/** The imports that there were. Counts that are nowhere above zero are left out; file names that leave no room stand below the table. */
export function importsText(records: readonly ImportRecord[]): string {
  if (records.length === 0) return 'No rate sheet was imported yet.\n';
  const counted = COUNTED.filter(([, kind]) => records.some(({ summary }) => Number(summary[kind] ?? 0) > 0));
  const table = (withFiles: boolean, width: number): string =>
    formatTable(
      [
        { title: 'import', align: 'right' },
        { title: 'known from (UTC)', cut: 'never' },
        { title: 'agreement' },
        ...(withFiles ? [{ title: 'file' }] : []),
        { title: 'mode', cut: 'never' },
        ...counted.map(([title]) => ({ title, align: 'right' as const })),
      ],
      records.map(({ importId, knownFromMicros, agreement, fileName, mode, summary }) => [
        String(importId),
        seconds(knownFromMicros),
        agreement,
        ...(withFiles ? [fileName] : []),
        mode,
        ...counted.map(([, kind]) => String(summary[kind] ?? '')),
      ]),
      { width },
    );
  const whole = table(true, Number.MAX_SAFE_INTEGER);
  if (whole.split('\n').every((line) => displayWidth(line) <= TABLE_WIDTH)) return `${whole}\n`;
  const files = formatPairs(records.map(({ importId, fileName }) => [`import ${importId}`, fileName]));
  return `${table(false, TABLE_WIDTH)}\n\n${files}\n`;
}

function termsText(terms: RateTerms): string {
  const { firstSeconds, nextSeconds, graceSeconds, freeSeconds, steps, tiers } = terms;
  const fees: readonly (readonly [string, Decimal | undefined])[] = [
    ['setup', terms.setupFee],
    ['attempt', terms.attemptFee],
    ['disconnect', terms.disconnectFee],
    ['surcharge', terms.surcharge],
    ['least', terms.minimumCharge],
    ['most', terms.maximumCharge],
  ];
  const parts = [
    firstSeconds === undefined ? '' : `${firstSeconds}/${nextSeconds ?? firstSeconds}`,
    graceSeconds === undefined ? '' : `grace ${graceSeconds} s`,
    freeSeconds === undefined ? '' : `free ${freeSeconds} s`,
    ...fees.map(([name, fee]) => (fee === undefined ? '' : `${name} ${formatDecimal(fee)}`)),
    ...(steps ?? []).map((step) => `from ${step.fromSeconds} s ${formatDecimal(step.price)}`),
    tiers === undefined ? '' : `${tiers.kind} tiers`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function seconds(micros: number): string {
  return formatInstant(micros - (micros % 1_000_000))
    .replace('T', ' ')
    .replace('Z', '');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
