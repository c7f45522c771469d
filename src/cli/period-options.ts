import { type Refusal, type Result, refuse, valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod, periodBetween, type StatementPeriod } from '#core/settlement/statement-period.ts';
import { isLocalDate, parseInstant } from '#core/time/zoned.ts';

export interface PeriodOptions {
  readonly period?: string;
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `--period`, `--day`, or `--from` with `--to`. Throws RefusedError (`statement.period-malformed`, `-reversed`). */
export function periodFrom(options: PeriodOptions): StatementPeriod {
  const { from, to } = options;
  const single = [options.period, options.day].filter((text) => text !== undefined);
  const [only] = single;
  if (single.length === 1 && only !== undefined && from === undefined && to === undefined) return valueOrThrow(parseStatementPeriod(only));
  if (single.length === 0 && from !== undefined && to !== undefined) return valueOrThrow(periodBetween(from, to));
  return valueOrThrow(refused(refuse('statement.period-malformed', 'give one period: --period, or --from and --to')));
}

/** A day as given, or today (UTC). Throws RefusedError (`statement.instant-malformed`). */
export function dayFrom(text: string | undefined, field: string): string {
  if (text === undefined) return new Date().toISOString().slice(0, 10);
  if (isLocalDate(text)) return text;
  return valueOrThrow(refused(refuse('statement.instant-malformed', 'not a date', { field, value: text.slice(0, 120) })));
}

/** Microseconds of `--as-known-at`. Throws RefusedError. */
export function instantFrom(text: string, field: string): number {
  const micros = parseInstant(text);
  if (micros !== undefined) return micros;
  return valueOrThrow(
    refused(refuse('statement.instant-malformed', 'not an instant with an offset', { field, value: text.slice(0, 120) })),
  );
}

function refused(...refusals: Refusal[]): Result<never> {
  return { ok: false, refusals };
}
