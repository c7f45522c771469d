/** A reconciliation as a workbook that both sides can look at: totals, causes with their money, every line, and where the figures come from. */
import { formatNanos } from '#core/money/amount.ts';
import { causeWords } from '#core/settlement/reconciliation/causes.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type WorkbookCell, type WorkbookSheet, writeWorkbook } from '#gateways/sheets/write-workbook.ts';
import type { ReconciledDeclaration } from '#operations/reconciliation/reconcile-agreement.ts';

export function reconciliationWorkbook(found: readonly ReconciledDeclaration[]): Promise<Buffer> {
  return writeWorkbook([totals(found), causes(found), lines(found), sources(found)]);
}

function totals(found: readonly ReconciledDeclaration[]): WorkbookSheet {
  return {
    name: 'Totals',
    header: [
      'Agreement',
      'First day',
      'Last day',
      'Side',
      'Service',
      'Currency',
      'Ours',
      'Theirs',
      'Difference',
      'Explained',
      'Not explained',
    ],
    rows: found.map(({ declaration, result }) => [
      ...[declaration.agreement, declaration.period.from, lastDay(declaration.period), result.side, result.service, result.currency],
      ...[result.ours.amountNanos, result.theirs.amountNanos, result.differenceNanos].map(money),
      ...[result.differenceNanos - result.unexplainedNanos, result.unexplainedNanos].map(money),
    ]),
  };
}

function causes(found: readonly ReconciledDeclaration[]): WorkbookSheet {
  return {
    name: 'Causes',
    header: ['Agreement', 'Side', 'Service', 'Cause', 'What', 'Amount', 'Currency', 'Calls', 'Evidence'],
    rows: found.flatMap(({ declaration, result }) =>
      result.causes.map(({ cause, said, amountNanos, calls, evidence }) => [
        ...[declaration.agreement, result.side, result.service, cause.kind, causeWords(said)],
        ...[money(amountNanos), result.currency, { figure: String(calls) }, causeWords([evidence])],
      ]),
    ),
  };
}

function lines(found: readonly ReconciledDeclaration[]): WorkbookSheet {
  return {
    name: 'Lines',
    header: [
      ...['Agreement', 'Side', 'Service', 'Line', 'Destination', 'Time', 'State', 'Our calls', 'Their calls', 'Our raw', 'Their raw'],
      ...['Our billed', 'Their billed', 'Unit', 'Our amount', 'Their amount', 'Difference', 'Currency'],
    ],
    rows: found.flatMap(({ declaration, result: { side, service, currency, lines: all, given } }) =>
      all.map(({ number, destination, time, state, ours, theirs, differenceNanos }): readonly WorkbookCell[] => {
        const quantity = (value: bigint): WorkbookCell => ({ figure: service === 'voice' ? formatNanos(value * 1_000n) : String(value) });
        const theirOwn = (is: boolean, cell: WorkbookCell): WorkbookCell => (is ? cell : '');
        return [
          ...[declaration.agreement, side, service, { figure: String(number) }, destination, time, state],
          ...[{ figure: String(ours.calls) }, theirOwn(given.calls, { figure: String(theirs.calls) })],
          ...[
            quantity(ours.raw),
            theirOwn(given.raw, quantity(theirs.raw)),
            quantity(ours.billed),
            theirOwn(given.billed, quantity(theirs.billed)),
          ],
          service === 'voice' ? 'seconds' : 'units',
          ...[
            money(ours.amountNanos),
            theirOwn(given.amount, money(theirs.amountNanos)),
            theirOwn(given.amount, money(differenceNanos)),
            currency,
          ],
        ];
      }),
    ),
  };
}

function sources(found: readonly ReconciledDeclaration[]): WorkbookSheet {
  return {
    name: 'Their file',
    header: ['Declaration', 'Agreement', 'File', 'SHA-256', 'Invoice', 'Recorded', 'By', 'Columns as they were read'],
    rows: found.map(({ declaration: { id, agreement, source, sha256, document, recorded, columns } }) => [
      ...[{ figure: String(id) }, agreement, source, sha256 ?? '', document ?? '', formatInstant(recorded.atMicros), recorded.by],
      columns.map(([header, field]) => `${header} → ${field}`).join(', '),
    ]),
  };
}

function money(nanos: bigint): WorkbookCell {
  return { figure: formatNanos(nanos, 2) };
}
