/** Closed periods, the board and deals, for people and as JSON. */
import type { approve, closeDue, periodBoard } from '#app/periods/closing.ts';
import type { DealsOnDay } from '#app/periods/deals.ts';
import type { DealMeasure } from '#core/agreements/deals.ts';
import { formatNanos } from '#core/money/amount.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatRefusal } from '#core/refusals.ts';
import type { DealProgress, SideProgress } from '#core/settlement/deals/deal-forecast.ts';
import { quantityWords } from '#core/settlement/deals/deal-outcome.ts';
import { measureOfDeal } from '#core/settlement/deals/deal-standing.ts';
import type { RoundedOutcome } from '#core/settlement/deals/settle-deals.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import { formatTable } from './table.ts';

type Closed = Awaited<ReturnType<typeof closeDue>>;
type Approved = Awaited<ReturnType<typeof approve>>;
type Board = Awaited<ReturnType<typeof periodBoard>>;

/** Rows shown; thousands are closed in one run. */
const MOST_ROWS = 100;

export function closedText(closed: Closed): string {
  if (closed.length === 0) return 'nothing is due\n';
  const rows = closed.slice(0, MOST_ROWS).map(({ agreement, label, state, sides }) => [agreement, label, state, sidesText(sides)]);
  const table = formatTable(
    [{ title: 'Agreement' }, { title: 'Period', cut: 'never' }, { title: 'State' }, { title: 'Documents', cut: 'never' }],
    rows,
  );
  const more = closed.length > MOST_ROWS ? `… and ${closed.length - MOST_ROWS} more\n` : '';
  const open = closed.flatMap(({ agreement, label, state, findings, refusals }) => [
    ...findings.map(({ check, detail }) => `${agreement} ${label}: ${state === 'blocked' ? 'blocked by' : 'noted'} ${check}: ${detail}`),
    ...refusals.map((refusal) => `${agreement} ${label}: ${formatRefusal(refusal)}`),
  ]);
  const told = open.length === 0 ? '' : `\n${open.slice(0, MOST_ROWS).join('\n')}\n`;
  const counts = [...Map.groupBy(closed, ({ state }) => state)].map(([state, each]) => `${each.length} ${state}`);
  return `${table}\n${more}${told}\n${counts.join(', ')}\n`;
}

function sidesText(sides: Closed[number]['sides']): string {
  return sides
    .map(
      ({ side, outcome, document, currency, amount }) => `${side} ${currency} ${[amount, document ?? outcome].filter(Boolean).join(' ')}`,
    )
    .join(', ');
}

export function closedJson(closed: Closed): string {
  return `${JSON.stringify({ periods: closed })}\n`;
}

export function approvedText({ statement, given, wanted, sides }: Approved): string {
  const head = `${statement}: approved by ${given} of ${wanted}`;
  return given < wanted ? `${head}; it waits for another person\n` : `${head}; ${sidesText(sides) || 'nothing to issue'}\n`;
}

/** Where a closed period stands, the furthest of all. */
function stateOf({ approvals, approvedBy, sides }: Board['recorded'][number]): string {
  if (approvals > approvedBy.length && sides.length === 0) return `awaiting approval ${approvedBy.length}/${approvals}`;
  if (sides.some(({ outcome, document }) => outcome === 'expected' && document === null)) return 'their document expected';
  if (sides.some(({ openNanos }) => openNanos !== '0')) return 'issued';
  if (sides.length > 0 && sides.every(({ outcome }) => outcome === 'carried')) return 'carried forward';
  return 'settled';
}

/** The same in the width of a terminal. */
const SHORT_STATES: Readonly<Record<string, string>> = { 'their document expected': 'expected', 'carried forward': 'carried' };

function shortState(state: string): string {
  return SHORT_STATES[state] ?? state.replace('awaiting ', '');
}

const TERMINAL = 80;

/** A line for each side of a period. */
export function boardText(board: Board): string {
  const rows = [
    ...board.due.map(({ agreement, label }) => [agreement, label, 'due', '', '', '']),
    ...board.recorded.flatMap((each) => {
      const head = [each.agreement, each.label, shortState(stateOf(each))];
      const sides = each.sides.map(({ side, outcome, document, currency, openNanos }) => [
        side === 'receivable' ? 'they owe' : 'we owe',
        document ?? outcome,
        openNanos === '0' ? '' : `${groupThousands(formatNanos(BigInt(openNanos), 2))} ${currency}`,
      ]);
      if (sides.length === 0) return [[...head, '', '', '']];
      return sides.map((cells, at) => [...(at === 0 ? head : ['', '', '']), ...cells]);
    }),
  ];
  if (rows.length === 0) return 'nothing is due, and nothing was closed lately\n';
  const columns = [
    { title: 'Agreement' },
    { title: 'Period', cut: 'never' },
    { title: 'State', cut: 'never' },
    { title: 'Side', cut: 'never' },
    { title: 'Document', cut: 'never' },
    { title: 'Unpaid', align: 'right' },
  ] as const;
  return `${formatTable(columns, rows, { width: TERMINAL })}\n`;
}

export function boardJson({ due, recorded }: Board): string {
  const states = recorded.map((each) => ({
    ...each,
    state: stateOf(each),
    sides: each.sides.map(({ openNanos, ...side }) => ({ ...side, unpaid: formatNanos(BigInt(openNanos)) })),
    amounts: each.amounts.map(({ nanos, ...side }) => ({ ...side, amount: formatNanos(BigInt(nanos)) })),
  }));
  return `${JSON.stringify({ due, closed: states })}\n`;
}

function needed({ deal }: DealProgress): string {
  switch (deal.kind) {
    case 'commitment':
    case 'send-or-pay':
      return groupThousands(deal.quantity);
    case 'minimum-revenue':
      return groupThousands(deal.amount);
    case 'graduated':
    case 'retroactive':
    case 'discount':
      return `tiers from ${deal.tiers.map(({ from }) => groupThousands(from)).join(', ')}`;
    case 'swap':
    case 'share':
      return '';
  }
}

function reached(outcome: RoundedOutcome | undefined, measure: DealMeasure): string {
  if (outcome === undefined) return '';
  const { quantity, amountNanos } = outcome.sums;
  return measure === 'money'
    ? groupThousands(formatNanos(amountNanos, 2))
    : quantityWords({ numerator: quantity, denominator: 1n }, measure);
}

function stake(outcome: RoundedOutcome | undefined): string {
  return outcome === undefined ? '' : groupThousands(formatNanos(outcome.amountNanos, 2));
}

export function dealsText(agreement: string, on: string, { progress: deals, fees }: DealsOnDay): string {
  const parts = deals.map((progress) => {
    const { deal, window, daysOver, days, sides } = progress;
    const measure = measureOfDeal(deal);
    const rows = sides.flatMap(({ side, soFar, linear, byWeekday }) => [
      [side, 'so far', reached(soFar, measure), stake(soFar)],
      [side, 'forecast, mean of days', reached(linear, measure), stake(linear)],
      [side, 'forecast, by weekday', reached(byWeekday, measure), stake(byWeekday)],
    ]);
    const columns = [
      { title: 'Side' },
      { title: '' },
      { title: 'Traffic', align: 'right' },
      { title: 'Adjustment', align: 'right' },
    ] as const;
    const need = needed(progress);
    const head = `${deal.name ?? deal.id} (${deal.kind}), ${window.from} to ${lastDay(window)}: ${daysOver} of ${days} days are over${need === '' ? '' : `; needed: ${need}`}`;
    const words = sides.map(({ soFar }) => `  ${soFar.words}`).join('\n');
    return `${head}\n${formatTable(columns, rows)}\n${words}\n`;
  });
  const own = fees.map(({ fee, days, amountNanos, words, dueDay }) => {
    const head = `${fee.name ?? fee.id} (fee), ${days.from} to ${lastDay(days)}: ${groupThousands(formatNanos(amountNanos, 2))} ${fee.side}`;
    return `${head}, on the statement that has ${dueDay}\n  ${words}\n`;
  });
  return `Deals of ${agreement} on ${on}\n\n${[...parts, ...own].join('\n')}`;
}

export function dealsJson(agreement: string, on: string, { progress: deals, fees }: DealsOnDay): string {
  const outcome = (each: RoundedOutcome | undefined) =>
    each === undefined
      ? null
      : {
          quantity: String(each.sums.quantity),
          charged: formatNanos(each.sums.amountNanos),
          adjustment: formatNanos(each.amountNanos),
          words: each.words,
        };
  const side = ({ side, soFar, linear, byWeekday }: SideProgress) => ({
    side,
    soFar: outcome(soFar),
    linear: outcome(linear),
    byWeekday: outcome(byWeekday),
  });
  const list = deals.map((progress) => {
    const { deal, window, daysOver, days, sides } = progress;
    return {
      deal: deal.id,
      kind: deal.kind,
      from: window.from,
      lastDay: lastDay(window),
      daysOver,
      days,
      needed: needed(progress),
      sides: sides.map(side),
    };
  });
  const own = fees.map(({ fee, days, amountNanos, words, dueDay }) => ({
    ...{ deal: fee.id, kind: fee.kind, side: fee.side, from: days.from, lastDay: lastDay(days), dueDay },
    ...{ amount: formatNanos(amountNanos), words },
  }));
  return `${JSON.stringify({ agreement, on, deals: list, fees: own })}\n`;
}
