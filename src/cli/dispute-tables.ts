import type { DisputeFile, DisputeSummary } from '#app/disputes.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatPairs, formatTable } from './table.ts';

function money(nanos: bigint, currency: string): string {
  return groupThousands(formatNanos(nanos, minorUnits(currency) ?? 2));
}

export function printDisputes(found: readonly DisputeSummary[], day: string): string {
  if (found.length === 0) return 'there is no dispute\n';
  const rows = found.map(({ id, document, account, netNanos, currency, state, offeredNanos, offeredBy, respondBy, outcome }) => {
    const overdue = (state === 'open' || state === 'offered') && respondBy < day;
    const said = state === 'offered' ? `offered by ${offeredBy}` : (outcome ?? state);
    return [
      ...[
        String(id),
        document,
        account,
        `${money(netNanos, currency)} ${currency}`,
        offeredNanos === undefined ? '' : money(offeredNanos, currency),
      ],
      ...[said, overdue ? `overdue since ${respondBy}` : respondBy],
    ];
  });
  return `${formatTable(
    [
      { title: '#', align: 'right' },
      { title: 'document' },
      { title: 'account' },
      { title: 'contested', align: 'right' },
      { title: 'offered', align: 'right' },
      { title: 'state' },
      { title: 'answer by', cut: 'never' },
    ],
    rows,
  )}\n`;
}

export function printDispute({ dispute, steps, evidence }: DisputeFile, { state }: DisputeSummary): string {
  const head = formatPairs([
    ['dispute', `${dispute.id}, ${state}`],
    ['document', `${dispute.document}${dispute.line === undefined ? '' : `, line ${dispute.line}`} (${dispute.account})`],
    [
      'contested',
      `${money(dispute.netNanos, dispute.currency)} ${dispute.currency}; with tax ${money(dispute.grossNanos, dispute.currency)}`,
    ],
    ['answer by', dispute.respondBy],
    ...evidence.map(({ name, sha256 }): readonly [string, string] => ['evidence', `${name}, SHA-256 ${sha256}`]),
  ]);
  const history = formatTable(
    [
      { title: 'day', cut: 'never' },
      { title: 'side' },
      { title: 'step' },
      { title: 'amount', align: 'right' },
      { title: 'note' },
      { title: 'recorded by' },
      { title: 'at', cut: 'never' },
    ],
    steps.map(({ step, note, result, recorded }) => [
      ...[step.day, step.by, step.kind === 'settled' ? `${step.kind}: ${step.outcome} ${result ?? ''}` : step.kind],
      ...[
        step.kind === 'offered' ? money(step.netNanos, dispute.currency) : '',
        note,
        recorded.by,
        formatInstant(recorded.atMicros).slice(0, 19),
      ],
    ]),
  );
  return `${head}\n\n${history}\n`;
}

/** Amounts as exact decimals, numbers as text. */
export function disputeJson(value: unknown): string {
  const written = JSON.stringify(
    value,
    (key, each) => (typeof each !== 'bigint' ? each : /nanos$/i.test(key) ? formatNanos(each, 2) : String(each)),
    2,
  );
  return `${written}\n`;
}
