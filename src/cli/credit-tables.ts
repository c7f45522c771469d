import type { AccountExposure, CreditAlarm, KeptCreditAlarm } from '#app/credit/credit.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { percentUsed } from '#core/payments/credit.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';

const money = (nanos: bigint | undefined): string => (nanos === undefined ? '' : formatNanos(nanos, 2));

/** For people; machines get the figure alone. */
const shown = (nanos: bigint | undefined): string => groupThousands(money(nanos));

const FIGURES = ['unbilled', 'billed', 'disputed', 'paid ahead', 'deposit', 'we owe', 'contested', 'exposure', 'limit', 'used %'];

export function printExposure(found: readonly AccountExposure[], json: boolean): string {
  if (json) return found.map((one) => `${JSON.stringify(exposureJson(one))}\n`).join('');
  if (found.length === 0) return 'nothing is owed, and no account has a limit\n';
  const columns = [
    { title: 'account', cut: 'never' as const },
    { title: 'currency', cut: 'never' as const },
    ...FIGURES.map((title) => ({ title, align: 'right' as const })),
    { title: 'alarm', cut: 'never' as const },
  ];
  const rows = found.map(({ account, exposure }) => [
    account.id,
    account.currency,
    shown(exposure.unbilledNanos),
    shown(exposure.billedNanos),
    shown(exposure.disputedNanos),
    shown(exposure.unallocatedNanos),
    shown(exposure.depositNanos),
    shown(exposure.payableNanos),
    shown(exposure.contestedNanos),
    shown(exposure.exposureNanos),
    shown(exposure.limitNanos),
    percentUsed(exposure) ?? '',
    exposure.reached === undefined ? '' : `${exposure.reached} % reached`,
  ]);
  return `${formatTable(columns, rows, { width: 200 })}\n`;
}

function exposureJson({ account, exposure }: AccountExposure): object {
  return {
    account: account.id,
    party: account.party,
    currency: account.currency,
    unbilled: money(exposure.unbilledNanos),
    billed: money(exposure.billedNanos),
    disputed: money(exposure.disputedNanos),
    unallocated: money(exposure.unallocatedNanos),
    deposit: money(exposure.depositNanos),
    payable: money(exposure.payableNanos),
    contested: money(exposure.contestedNanos),
    exposure: money(exposure.exposureNanos),
    ...(exposure.limitNanos === undefined
      ? {}
      : { limit: money(exposure.limitNanos), available: money(exposure.availableNanos), usedPercent: percentUsed(exposure) }),
    ...(exposure.reached === undefined ? {} : { reachedPercent: exposure.reached }),
  };
}

export function printRaised(measured: number, raised: readonly CreditAlarm[], json: boolean): string {
  if (json) return raised.map((one) => `${JSON.stringify(alarmJson(one))}\n`).join('');
  if (raised.length === 0) return `${measured} ${measured === 1 ? 'account' : 'accounts'} looked at, no new alarm\n`;
  return raised.map((alarm) => `${sentence(alarm)}\n`).join('');
}

function sentence({ account, percent, exposureNanos, limitNanos, currency }: CreditAlarm): string {
  return `${account}: ${percent} % of the limit of ${shown(limitNanos)} ${currency} reached: ${shown(exposureNanos)}`;
}

function alarmJson({ account, percent, exposureNanos, limitNanos, currency }: CreditAlarm): object {
  return { account, percent, exposure: money(exposureNanos), limit: money(limitNanos), currency };
}

export function printCreditAlarms(alarms: readonly KeptCreditAlarm[], json: boolean): string {
  if (json) {
    return alarms
      .map(({ raisedAtMicros, clearedAtMicros, ...alarm }) => ({
        ...alarmJson(alarm),
        raised: formatInstant(raisedAtMicros),
        ...(clearedAtMicros === undefined ? {} : { cleared: formatInstant(clearedAtMicros) }),
      }))
      .map((alarm) => `${JSON.stringify(alarm)}\n`)
      .join('');
  }
  if (alarms.length === 0) return 'no alarms\n';
  const right = { align: 'right' as const };
  const columns = [
    { title: 'account' },
    { title: 'at %', ...right },
    { title: 'exposure then', ...right },
    { title: 'limit', ...right },
    { title: '' },
    { title: 'raised' },
    { title: 'cleared' },
  ];
  const rows = alarms.map((alarm) => [
    alarm.account,
    String(alarm.percent),
    shown(alarm.exposureNanos),
    shown(alarm.limitNanos),
    alarm.currency,
    formatInstant(alarm.raisedAtMicros).slice(0, 16),
    alarm.clearedAtMicros === undefined ? '' : formatInstant(alarm.clearedAtMicros).slice(0, 16),
  ]);
  return `${formatTable(columns, rows)}\n`;
}

export function printDeposit({ entry, isNew, entryId }: { entry: LedgerEntry; isNew: boolean; entryId: bigint }, json: boolean): string {
  if (json) return `${JSON.stringify({ entry: String(entryId), booked: isNew, cause: entry.cause, day: entry.day })}\n`;
  return isNew ? `booked: ${entry.description}\n` : `it was booked before: ${entry.description}\n`;
}
