/** What each kind of record is kept for, as the settings say it. */
import type { Settings } from '../settings.ts';

const MILLIS_PER_DAY = 86_400_000;

/** What was made before this instant is due. Undefined: it is kept for ever. */
export interface Rule {
  /** `retention.usageDays=400`. */
  readonly rule: string;
  readonly days: number;
  readonly beforeMs: number | undefined;
}

export function ruleOf(settings: Settings, name: Exclude<keyof Settings['retention'], 'at'>, nowMs: number): Rule {
  const days = settings.retention[name];
  return { rule: `retention.${name}=${days}`, days, beforeMs: days === 0 ? undefined : nowMs - days * MILLIS_PER_DAY };
}

/** The UTC day of an instant: what is before it is due. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
