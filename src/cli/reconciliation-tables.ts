import type { RecordedDeclaration } from '#app/reconciliation/declarations.ts';
import type { ReconciledDeclaration } from '#app/reconciliation/reconcile.ts';
import { formatNanos } from '#core/money/amount.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { causeWords } from '#core/settlement/reconciliation/causes.ts';
import { formatPairs, formatTable } from './table.ts';
import { hanging } from './wrap.ts';

type Lines = ReconciledDeclaration['result']['lines'];

const STATES: Readonly<Record<Lines[number]['state'], string>> = {
  matched: 'matched',
  'within-tolerance': 'within tolerance',
  quantity: 'quantity differs',
  rate: 'rate differs',
  'missing-theirs': 'missing with them',
  'missing-ours': 'missing with us',
};

export function money(nanos: bigint): string {
  return groupThousands(formatNanos(divideRounded(nanos, 10_000n, 'half-even') * 10_000n, 2));
}

/** Lines that do not match, or all of them; then the causes and what is left. */
export function printReconciliation(found: readonly ReconciledDeclaration[], all: boolean): string {
  return found.map((each) => printOne(each, all)).join('\n');
}

function printOne({ declaration, result }: ReconciledDeclaration, all: boolean): string {
  const { side, service, currency, lines, given } = result;
  const voice = service === 'voice';
  const quantity = (value: bigint): string => (voice ? groupThousands(formatMinutes(value)) : groupThousands(String(value)));
  const title = `${declaration.agreement}, ${declaration.period.from} to before ${declaration.period.to}: ${service}, ${
    side === 'receivable' ? 'owed to us' : 'owed by us'
  }, ${currency} (declaration ${declaration.id}, ${declaration.source})`;
  const quantities = given.billed ? 'billed' : 'raw';
  const shown = all ? lines : lines.filter(({ state }) => state !== 'matched').slice(0, 40);
  const table = formatTable(
    [
      { title: '#', align: 'right' },
      { title: 'destination' },
      { title: 'time' },
      { title: voice ? 'our min' : 'ours', align: 'right' },
      { title: voice ? 'their min' : 'theirs', align: 'right' },
      { title: 'our amount', align: 'right' },
      { title: 'their amount', align: 'right' },
      { title: 'difference', align: 'right' },
      { title: 'state', cut: 'never' },
    ],
    [
      ...shown.map(({ number, destination, time, ours, theirs, differenceNanos, state }) => [
        ...[String(number), destination, time.slice(5), quantity(ours[quantities]), quantity(theirs[quantities])],
        ...[
          money(ours.amountNanos),
          given.amount ? money(theirs.amountNanos) : '',
          given.amount ? money(differenceNanos) : '',
          STATES[state],
        ],
      ]),
      'rule',
      [
        ...['', 'all lines', '', quantity(result.ours[quantities]), quantity(result.theirs[quantities])],
        ...[money(result.ours.amountNanos), money(result.theirs.amountNanos), money(result.differenceNanos), ''],
      ],
    ],
  );
  const counts = [...Map.groupBy(lines, ({ state }) => state)].map(([state, members]) => `${members.length} ${STATES[state]}`).join(', ');
  const causes = result.causes.flatMap(({ said, amountNanos, evidence }) => [
    `${money(amountNanos).padStart(16)} ${currency}  ${causeWords(said)}`,
    `${' '.repeat(22)}${causeWords([evidence])}`,
  ]);
  const ending = [
    ...causes,
    `${money(result.unexplainedNanos).padStart(16)} ${currency}  not explained`,
    `${money(result.differenceNanos).padStart(16)} ${currency}  difference: theirs less ours`,
  ];
  const note = given.amount ? '' : '\nTheir file has no amounts: in money only what the causes explain is counted.\n';
  const heading = result.causes.length === 0 ? 'No cause was found.' : 'Why:';
  return `${hanging(title)}\n\n${table}\n\n${counts === '' ? 'no lines' : counts}\n${note}\n${heading}\n${ending.join('\n')}\n`;
}

function formatMinutes(micros: bigint): string {
  return formatNanos(divideRounded(micros * 10n, 60_000n * 10n, 'half-even') * 1_000_000n, 1).replace(/(\.\d)\d*$/, '$1');
}

export function printDeclarations(found: readonly RecordedDeclaration[]): string {
  if (found.length === 0) return 'no declaration is recorded\n';
  const rows = found.map(({ id, agreement, period, side, service, kind, document, lineCount, amountNanos, currency, source }) => [
    ...[String(id), agreement, `${period.from} to before ${period.to}`, side, service, document ?? kind, String(lineCount)],
    ...[amountNanos === undefined ? '' : `${money(amountNanos)} ${currency}`, source],
  ]);
  const titles = ['#', 'agreement', 'period', 'side', 'service', 'document', 'lines', 'amount', 'file'];
  const right = new Set(['#', 'lines', 'amount']);
  return `${formatTable(
    titles.map((title) => ({ title, align: right.has(title) ? ('right' as const) : ('left' as const) })),
    rows,
  )}\n`;
}

export function printImported(pairs: readonly (readonly [string, string])[]): string {
  return `${formatPairs(pairs)}\n`;
}
