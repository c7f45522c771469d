/** Why a partner's figures can differ from ours: each a change that turns our calls into theirs. */
import { formatDecimal } from '../../money/decimal.ts';

/** In the order in which they are applied, which decides what money each is given when there are several. */
export const causeKinds = [
  'hours-missing',
  'files-missing',
  'files-twice',
  'hours-twice',
  'short-calls',
  'ported',
  'code-deck',
  'zone',
  'start',
  'increments',
  'rate-date',
  'tax',
  'exchange',
] as const;
export type CauseKind = (typeof causeKinds)[number];

export type Cause =
  /** Hours (UTC, since 1970) of ours that they lack, or count twice. */
  | { readonly kind: 'hours-missing'; readonly hours: readonly number[] }
  | { readonly kind: 'hours-twice'; readonly hours: readonly number[] }
  | { readonly kind: 'files-missing'; readonly fileIds: readonly number[] }
  | { readonly kind: 'files-twice'; readonly fileIds: readonly number[] }
  | { readonly kind: 'short-calls'; readonly underSeconds: number }
  /** Calls to ported numbers are priced by the number dialled: they do not look portability up. */
  | { readonly kind: 'ported' }
  /** Calls of one code are taken for those of a shorter one, by rate. */
  | { readonly kind: 'code-deck'; readonly code: string; readonly takenAs: string; readonly rates: ReadonlyMap<number, number> }
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'start'; readonly seconds: number }
  | { readonly kind: 'increments'; readonly firstSeconds: number; readonly nextSeconds: number; readonly destination?: string }
  /** A change of rates on one instant taken at another. */
  | {
      readonly kind: 'rate-date';
      readonly changeMicros: number;
      readonly takenMicros: number;
      readonly takenDay: string;
      readonly ourDay: string;
    }
  | { readonly kind: 'tax'; readonly tenthsOfPercent: number }
  /** Their units for one of ours, in millionths. */
  | { readonly kind: 'exchange'; readonly millionths: number };

/** In the order in which causes apply. */
export function inOrder(causes: readonly Cause[]): readonly Cause[] {
  return causes.toSorted((a, b) => causeKinds.indexOf(a.kind) - causeKinds.indexOf(b.kind));
}

/** One sentence for a person of ours. */
export function causeWords(cause: Cause, names: { readonly file: (id: number) => string }): string {
  return words(cause, (ids) => list(ids.map(names.file)), { they: 'they', their: 'their' });
}

/** The same said to them: what our files are called is ours. */
export function causeWordsToThem(cause: Cause): string {
  return words(cause, (ids) => (ids.length === 1 ? 'one of our files' : `${ids.length} of our files`), { they: 'you', their: 'your' });
}

interface Said {
  readonly they: string;
  readonly their: string;
}

function words(cause: Cause, files: (ids: readonly number[]) => string, { they, their }: Said): string {
  switch (cause.kind) {
    case 'hours-missing':
      return `${they} lack the hours ${hourList(cause.hours)}`;
    case 'hours-twice':
      return `${they} count the hours ${hourList(cause.hours)} twice`;
    case 'files-missing':
      return `${they} lack the calls of ${files(cause.fileIds)}`;
    case 'files-twice':
      return `${they} count the calls of ${files(cause.fileIds)} twice`;
    case 'short-calls':
      return `${they} leave out calls under ${cause.underSeconds} s`;
    case 'ported':
      return `${they} take calls to ported numbers by the number dialled, without looking portability up`;
    case 'code-deck':
      return `${they} take calls to ${cause.code} for ${cause.takenAs}: another code deck`;
    case 'zone':
      return `${they} cut the day in another zone: ${their} hours fit ${cause.zone}`;
    case 'start':
      return `${their} charging starts at another signal: ${cause.seconds > 0 ? '+' : ''}${cause.seconds} s for each call`;
    case 'increments':
      return `${they} bill by increments ${cause.firstSeconds}/${cause.nextSeconds}${cause.destination === undefined ? '' : ` for ${cause.destination}`}`;
    case 'rate-date':
      return `${they} take the rates of ${cause.ourDay} from ${cause.takenDay}`;
    case 'tax':
      return `${their} amounts include a tax of ${formatDecimal({ units: BigInt(cause.tenthsOfPercent), scale: 1 })} %`;
    case 'exchange':
      return `${their} amounts are ours times ${formatDecimal({ units: BigInt(cause.millionths), scale: 6 })} throughout: another rate of exchange`;
  }
}

const SHOWN = 5;

function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

/** Stretches of hours: `2026-10-03 14:00 to 17:00 UTC`. */
function hourList(hours: readonly number[]): string {
  const stretches: { from: number; to: number }[] = [];
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && last.to === hour) last.to = hour + 1;
    else stretches.push({ from: hour, to: hour + 1 });
  }
  return `${list(stretches.map(({ from, to }) => `${hourText(from)} to ${hourText(to)}`))} UTC`;
}

function hourText(hour: number): string {
  return Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toString()
    .slice(0, 16)
    .replace('T', ' ');
}
