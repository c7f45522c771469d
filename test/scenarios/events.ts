/** Events as the tables write them: `61 s, at 2026-10-14 17:59:30, to 44790`, several apart by `;`. */
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { type Scenario, spaced } from './terms.ts';

type Draft = { -readonly [K in keyof UsageEvent]: UsageEvent[K] };

const phrases: readonly (readonly [RegExp, (draft: Draft, zone: string, ...groups: string[]) => void])[] = [
  [
    /^([\d ]+(?:\.\d+)?) s$/,
    (draft, _, seconds = '') => Object.assign(draft, { durationMicros: microsOfSeconds(seconds.replaceAll(' ', '')) }),
  ],
  [/^not answered$/, (draft) => Object.assign(draft, { answered: false })],
  [/^not delivered$/, (draft) => Object.assign(draft, { answered: false })],
  [/^SMS of (\d+) parts?$/, (draft, _, parts) => Object.assign(draft, { quantity: Number(parts) })],
  [/^MMS of ([\d ]+) bytes$/, (draft, _, bytes = '') => Object.assign(draft, { quantity: 1, bytesDown: spaced(bytes) })],
  [/^([\d ]+) bytes$/, (draft, _, bytes = '') => Object.assign(draft, { bytesDown: spaced(bytes) })],
  [/^([\d ]+) bytes up$/, (draft, _, bytes = '') => Object.assign(draft, { bytesUp: spaced(bytes) })],
  [/^(\d+) (?:units?|events?)$/, (draft, _, units) => Object.assign(draft, { quantity: Number(units) })],
  [
    /^price (\S+)(?: (\S+))?$/,
    (draft, _, price = '', currency = 'EUR') => Object.assign(draft, { quantity: 1, priceNanos: nanosOf(price), priceCurrency: currency }),
  ],
  [
    /^at (\S+ \S+)$/,
    (draft, zone, local = '') =>
      Object.assign(draft, {
        startMicros: microsOf(Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(zone).toInstant()),
      }),
  ],
  [/^at (\S+)$/, (draft, _, instant = '') => Object.assign(draft, { startMicros: microsOf(Temporal.Instant.from(instant)) })],
  [/^from withheld$/, (draft) => delete draft.calling],
  [/^from (\d+)$/, (draft, _, calling) => Object.assign(draft, { calling })],
  [/^to (\d+)$/, (draft, _, called) => Object.assign(draft, { called })],
  [/^trunk (\S+)$/, (draft, _, trunk) => Object.assign(draft, { trunkIn: trunk, trunkOut: trunk })],
  [/^class (\S+)$/, (draft, _, serviceClass) => Object.assign(draft, { serviceClass })],
  [/^group (\S+)$/, (draft, _, ratingGroup) => Object.assign(draft, { ratingGroup })],
  [
    /^in (\S+\/\S+)(?: and (\S+\/\S+))?$/,
    (draft, _, ...bins) => Object.assign(draft, { enriched: { ...draft.enriched, bins: bins.filter(Boolean) } }),
  ],
  [/^ported to (\d+)$/, (draft, _, routing) => Object.assign(draft, { enriched: { ...draft.enriched, routing, numberTable: 'table' } })],
  [/^apn (\S+)$/, (draft, _, apn) => Object.assign(draft, { apn })],
];

export function parseEvents(text: string, scenario: Scenario): readonly UsageEvent[] {
  return text.split(';').map((part, index) => parseEvent(part.trim(), scenario, index));
}

function parseEvent(text: string, { service, zone }: Scenario, index: number): UsageEvent {
  const draft: Draft = {
    id: `e${index + 1}`,
    source: 'table',
    service,
    startMicros: microsOf(Temporal.PlainDateTime.from('2026-10-14T12:00').toZonedDateTime(zone).toInstant()) + index,
    calling: '4930123456',
    called: '447900123456',
    trunkIn: 'in',
    trunkOut: 'out',
    answered: true,
    durationMicros: 0,
    quantity: service === 'voice' || service === 'data' ? 0 : 1,
    bytesUp: 0,
    bytesDown: 0,
  };
  for (const phrase of text.split(', ')) {
    const [pattern, act] = phrases.find(([regex]) => regex.test(phrase)) ?? [];
    if (pattern === undefined || act === undefined) throw new Error(`no such phrase in the event: "${phrase}"`);
    act(draft, zone, ...(pattern.exec(phrase) ?? []).slice(1));
  }
  return draft;
}

function microsOf(instant: Temporal.Instant): number {
  return Number(instant.epochNanoseconds / 1000n);
}

function microsOfSeconds(text: string): number {
  return Number(scaled(text, 6));
}

export function nanosOf(text: string): bigint {
  return scaled(text, 9);
}

function scaled(text: string, scale: number): bigint {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`not a number: ${text}`);
  return unitsAtScale(value, scale);
}
