/** An explained charge for people and for machines. */
import type { CorrectionReason, Explained, ExplainedAdjustment } from '#app/usage/explain.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { Charge } from '#core/rating/charge.ts';
import { formatExplanation } from '#core/rating/explanation.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { shownNumber } from '#core/usage/enrichment.ts';
import { cutStart, formatPairs } from './table.ts';
import { correctionWords, MOST_PATH, takenBackWords } from './usage-tables.ts';
import { hanging } from './wrap.ts';

/** As wide as the longest step's name, agreement or runner-up. */
const CHECKED = 'checked'.padEnd(9);

export function printExplained({ stored, file, raw, charges, corrections, takenBack }: Explained): string {
  const { event } = stored;
  const { byteFrom, byteLength } = stored;
  const pairs: (readonly [string, string])[] = [
    [
      'event',
      `${stored.eventId}: ${event.service}, ${event.calling === undefined ? 'no caller' : shownNumber(event.calling, event.enriched)} → ${event.called}, ${event.answered ? 'answered' : 'not answered'}`,
    ],
    ['start', `${formatInstant(event.startMicros)}${event.service === 'voice' ? `, ${event.durationMicros / 1_000_000} s` : ''}`],
    ['trunks', `${event.trunkIn ?? '–'} → ${event.trunkOut ?? '–'}`],
    ['record', `${cutStart(file.name, MOST_PATH)}, bytes ${byteFrom} to ${byteFrom + byteLength - 1}, source ${file.source}`],
    ...corrections.map((each): readonly [string, string] => ['corrected', correctionWords(each)]),
    ...(takenBack === undefined ? [] : [['taken back', takenBackWords(takenBack)] as const]),
  ];
  const known = formatPairs([['known ', `priced with the configuration known at ${formatInstant(stored.knownAtMicros)}`]]);
  // The raw record as it was delivered, so that it can be copied: never broken.
  const head = `${hanging(formatPairs(pairs))}\n${formatPairs([['      ', raw]])}\n${known}`;
  const parts = charges.map(({ leg, booked, charge, adjustments, dueNanos, faults }) => {
    const lines = [
      `${stored.eventId}/${leg}  ${formatNanos(dueNanos, 2)} ${charge.currency} ${charge.side}, ${charge.role}, ${charge.agreement}`,
      ...(booked === undefined ? ['  first charged afterwards:'] : [indented(steps(charge))]),
      indented(
        faults.length > 0
          ? `${CHECKED}  DIFFERS from what was booked`
          : `${CHECKED}  rated again: the same as booked, ${formatNanos(booked?.amountNanos ?? 0n, 2)} ${charge.currency}`,
      ),
    ];
    for (const adjustment of adjustments) {
      lines.push(`  ${adjustmentWords(adjustment, charge.currency)}`);
      if (adjustment.charge !== undefined) lines.push(indented(steps(adjustment.charge), '    '));
    }
    if (adjustments.length > 0) lines.push(`  due      ${formatNanos(dueNanos, 2)} ${charge.currency}`);
    return lines.join('\n');
  });
  return `${head}\n\n${parts.join('\n\n')}\n`;
}

const RUN_WORDS: Readonly<Record<string, string>> = {
  're-rated': 're-rated',
  'rolled-back': 'file rolled back',
  corrected: 'record corrected',
  joined: 'late part joined',
  'earlier-usage-arrived-later': 'because charges before it in its counter changed',
} satisfies Record<CorrectionReason, string>;

/** What happened, when, by how much, by whom and why. */
function adjustmentWords(adjustment: ExplainedAdjustment, currency: string): string {
  const { events, amountNanos, reason, run, originalDay, knownAtMicros } = adjustment;
  const amount = `${amountNanos > 0n ? '+' : ''}${formatNanos(amountNanos, 2)} ${adjustment.charge?.currency ?? currency}`;
  const what = events < 0 ? 'taken back' : events > 0 ? 'charged anew' : 'adjusted';
  const cause =
    run !== undefined
      ? `${RUN_WORDS[reason] ?? reason} in run ${run.id} by ${run.by}: ${run.why}`
      : reason === 'earlier-usage-arrived-later'
        ? 'because earlier usage arrived later'
        : 'because charges before it in its counter changed';
  const closed = originalDay === undefined ? '' : `; ${originalDay} was closed, booked with the first open day`;
  return `${what.padEnd(8)} ${formatInstant(knownAtMicros)} by ${amount}, ${cause}${closed}${adjustment.charge === undefined ? '' : ':'}`;
}

function steps(charge: Charge): string {
  return charge.explanation === undefined ? '' : formatExplanation(charge.explanation);
}

function indented(text: string, by = '  '): string {
  return hanging(text.replaceAll(/^/gm, by));
}

export function explanationJson({ stored, file, raw, charges, takenBack }: Explained): string {
  const object = {
    event: { number: stored.eventId, ...stored.event, start: formatInstant(stored.event.startMicros) },
    record: { file: file.name, fileId: file.fileId, source: file.source, byteFrom: stored.byteFrom, byteLength: stored.byteLength, raw },
    knownAt: formatInstant(stored.knownAtMicros),
    takenBack,
    charges: charges.map(({ leg, booked, charge, adjustments, dueNanos, faults }) => ({
      id: `${stored.eventId}/${leg}`,
      side: charge.side,
      role: charge.role,
      agreement: charge.agreement,
      agreementValidFrom: charge.agreementValidFrom,
      tariff: charge.tariff,
      rateId: charge.rateId,
      code: charge.code,
      destination: charge.destination,
      band: charge.band,
      day: charge.day,
      rawQuantity: charge.rawQuantity,
      billedQuantity: charge.billedQuantity,
      amount: formatNanos(booked?.amountNanos ?? 0n),
      due: formatNanos(dueNanos),
      currency: charge.currency,
      explanation: charge.explanation,
      adjustments: adjustments.map((each) => ({
        amount: formatNanos(each.amountNanos),
        reason: each.reason,
        knownAt: formatInstant(each.knownAtMicros),
        events: each.events,
        run: each.run,
        originalDay: each.originalDay,
        explanation: each.charge?.explanation,
      })),
      agrees: faults.length === 0,
    })),
  };
  return JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2);
}
