/** A traced record as a page for people, step by step, and as JSON. */
import type { TracedRecord } from '#app/usage/trace.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatExplanation } from '#core/rating/explanation.ts';
import { ratedEventJson } from '#core/rating/rated-event-json.ts';
import { visibleText } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { shownNumber } from '#core/usage/enrichment.ts';
import { formatPairs } from './table.ts';
import { hanging } from './wrap.ts';

const MOST_RAW = 2_000;

export function traceText(trace: TracedRecord): string {
  const { file, source, record, line, byteFrom, raw, inspected } = trace;
  const { decoded, fields, unmapped } = inspected;
  const where = `${file}, record ${record}${line === undefined ? '' : `, line ${line}`}, byte ${byteFrom}, source ${source}`;
  const parts = [section('record', hanging(where)), section('raw', visible(raw))];
  const read = fields.map(({ field, columns, text, value }): readonly [string, string] => {
    const from = columns.map(([name, written]) => `${name} ${JSON.stringify(written)}`).join(', ');
    const meaning = value === undefined ? 'cannot be read' : value === text ? '' : ` = ${value}`;
    return [field, `${from === '' ? 'constant' : from} → ${JSON.stringify(text)}${meaning}`];
  });
  if (read.length > 0) parts.push(section('fields', pairs(read)));
  if (unmapped.length > 0)
    parts.push(section('unmapped', hanging(unmapped.map(([name, text]) => `${name} ${JSON.stringify(text)}`).join(', '))));
  if (decoded.kind === 'rejected') parts.push(section('rejected', hanging(`${decoded.reason}: ${decoded.detail}`)));
  if (decoded.kind === 'skipped') parts.push(section('passed over', `it is no call (${decoded.type || 'ignored line'})`));
  return `${[...parts, ...further(trace)].join('\n\n')}\n`;
}

/** What only a record that could be decoded has. */
function further({ normalised, event, enriching, held, rated, rollups, stored }: TracedRecord): readonly string[] {
  if (event === undefined) return [];
  const parts = [
    section(
      'normalising',
      normalised.length === 0
        ? 'nothing was changed'
        : hanging(
            normalised.map(({ what, from, to, why }) => `${what}  ${JSON.stringify(from)} → ${to === '' ? 'none' : to}; ${why}`).join('\n'),
          ),
    ),
    section('enriching', enriching.length === 0 ? 'nothing found' : pairs(enriching)),
    section(
      'event',
      pairs([
        ['key', event.id],
        [
          'call',
          `${event.service}, ${event.calling === undefined ? 'no caller' : shownNumber(event.calling, event.enriched)} → ${event.called}, ${event.answered ? 'answered' : 'not answered'}`,
        ],
        ['start', `${formatInstant(event.startMicros)}${event.service === 'voice' ? `, ${event.durationMicros / 1_000_000} s` : ''}`],
        ['legs', `in by ${event.trunkIn ?? 'none'}, out by ${event.trunkOut ?? 'none'}`],
      ]),
    ),
    section(
      'in the books',
      stored.length === 0
        ? 'no record has this key'
        : hanging(
            stored
              .map(({ eventId, status }) => `record ${eventId} has this key and is ${status}: this one would be a duplicate`)
              .join('\n'),
          ),
    ),
  ];
  if (held !== undefined) parts.push(section('held', hanging(`${held.reason}: ${held.detail}`)));
  if (rated?.kind !== 'rated') return parts;
  for (const charge of rated.charges) {
    const amount = `${formatNanos(charge.amountNanos, 2)} ${charge.currency} ${charge.side}, ${charge.role}, ${charge.agreement}`;
    const steps = charge.explanation === undefined ? '' : `\n${hanging(formatExplanation(charge.explanation))}`;
    parts.push(section(`charge ${charge.leg}`, `${amount}${steps}`));
  }
  if (rated.charges.length === 0) parts.push(section('charges', 'none: both ends are the operator’s own network'));
  const lines = rollups.map(({ leg, agreement, role, day, tariff, rateId, destination, band, currency }) =>
    [leg, day, agreement, role, tariff, destination, `rate ${rateId ?? 'none'}`, band === undefined ? '' : `band ${band}`, currency]
      .filter((part) => part !== '')
      .join(', '),
  );
  if (lines.length > 0) parts.push(section('rollup', hanging(lines.join('\n'))));
  return parts;
}

function section(title: string, text: string): string {
  return `${title}\n${text.replaceAll(/^/gm, '  ')}`;
}

function pairs(rows: readonly (readonly [string, string])[]): string {
  return hanging(formatPairs(rows));
}

/** What a terminal can show: BER and other bytes in hexadecimal. */
function visible(raw: string): string {
  const isText = !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(raw);
  const shown = isText
    ? raw
    : (
        Buffer.from(raw, 'latin1')
          .toString('hex')
          .match(/.{1,64}/g) ?? []
      ).join('\n');
  return visibleText(shown.length > MOST_RAW ? `${shown.slice(0, MOST_RAW)}…` : shown);
}

export function traceJson(trace: TracedRecord): string {
  const { inspected, rated, event, ...rest } = trace;
  const { decoded, fields, empty, unmapped } = inspected;
  const verdict = decoded.kind === 'draft' ? {} : { verdict: decoded };
  const object = {
    ...rest,
    ...verdict,
    fields,
    empty,
    unmapped: Object.fromEntries(unmapped),
    event: event === undefined ? undefined : { ...event, start: formatInstant(event.startMicros) },
    enriching: Object.fromEntries(trace.enriching),
    rated: rated === undefined || event === undefined ? undefined : ratedEventJson(event.id, event.service, rated),
  };
  return JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2);
}
