import type { AccountHold, DunningOutcome, StoredNotice } from '#app/dunning/dunning.ts';
import { formatNanos } from '#core/money/amount.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { formatRefusal } from '#core/refusals.ts';
import { formatTable } from './table.ts';

const money = (nanos: bigint): string => formatNanos(nanos, 2);
const right = { align: 'right' as const };

export function printDunningRun({ made, released, refused }: DunningOutcome, json: boolean): string {
  if (json) {
    const letters = made.map(({ notice, isNew, newlyHeld }) => ({ ...noticeJson(notice), new: isNew, newlyHeld }));
    const others = [
      ...released.map((account) => ({ released: account })),
      ...refused.map(({ account, refusals }) => ({ account, refusals })),
    ];
    return [...letters, ...others].map((one) => `${JSON.stringify(one)}\n`).join('');
  }
  const freed = released.map((account) => `${account} is released: nothing at such a stage is overdue any more\n`).join('');
  const not = refused.flatMap(({ account, refusals }) => refusals.map((one) => `${account}: ${formatRefusal(one)}\n`)).join('');
  if (made.length === 0) return `${freed}${not === '' ? 'no letter is due\n' : not}`;
  const fresh = made.filter(({ isNew }) => isNew).length;
  const before = made.length - fresh;
  const table = printNotices(
    made.map(({ notice }) => notice),
    false,
  );
  return `${freed}${table}${fresh} made${before === 0 ? '' : `, ${before} made before`}\n${not}`;
}

export function printNotices(notices: readonly StoredNotice[], json: boolean): string {
  if (json) return notices.map((notice) => `${JSON.stringify(noticeJson(notice))}\n`).join('');
  if (notices.length === 0) return 'no letters\n';
  const columns = [
    { title: 'letter', cut: 'never' as const },
    { title: 'day', cut: 'never' as const },
    { title: 'account', cut: 'never' as const },
    { title: 'stage' },
    { title: 'documents', ...right },
    { title: 'owed', ...right },
    { title: 'fee', ...right },
    { title: '' },
    { title: 'pay by', cut: 'never' as const },
    { title: 'hold' },
  ];
  const rows = notices.map((notice) => [
    notice.number,
    notice.day,
    notice.account,
    `${notice.stage} ${notice.stageName}`,
    String(notice.lines.length),
    groupThousands(money(notice.owedNanos)),
    groupThousands(money(notice.feeNanos)),
    notice.currency,
    notice.payBy,
    notice.hold ? 'yes' : '',
  ]);
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}

function noticeJson(notice: StoredNotice): object {
  return {
    letter: notice.number,
    legalEntity: notice.legalEntity,
    account: notice.account,
    day: notice.day,
    stage: notice.stage,
    name: notice.stageName,
    currency: notice.currency,
    owed: money(notice.owedNanos),
    fee: money(notice.feeNanos),
    payBy: notice.payBy,
    hold: notice.hold,
    documents: notice.lines.map(({ document, dueDay, daysLate, stage, owedNanos }) => ({
      document,
      dueDay,
      daysLate,
      stage,
      owed: money(owedNanos),
    })),
  };
}

export function printHolds(holds: readonly AccountHold[], json: boolean): string {
  if (json) return holds.map((one) => `${JSON.stringify(one)}\n`).join('');
  if (holds.length === 0) return 'no account is on hold\n';
  const columns = ['account', 'since', 'by', 'why', 'released', 'by', 'why'].map((title) => ({ title }));
  const rows = holds.map((one) => [
    ...[one.account, one.heldDay, one.heldBy, one.why],
    ...[one.releasedDay ?? '', one.releasedBy ?? '', one.releaseWhy ?? ''],
  ]);
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}
