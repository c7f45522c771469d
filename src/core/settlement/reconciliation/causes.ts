/** Why a partner's figures can differ from ours: each a change that turns our calls into theirs. */
import { formatDecimal } from '../../money/decimal.ts';
import { inEnglish, joined, type Said } from '../../said.ts';
import { causeSayings, ofCause } from './cause-sayings.ts';

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
export function causeSaid(cause: Cause, names: { readonly file: (id: number) => string }): Said {
  return said(cause, (ids) => several(ids.map(names.file)), '');
}

/** The same said to them: what our files are called is ours. */
export function causeSaidToThem(cause: Cause): Said {
  const files = (ids: readonly number[]): Said =>
    ids.length === 1 ? [ofCause('cause.file-of-ours')] : [ofCause('cause.files-of-ours', { count: String(ids.length) })];
  return said(cause, files, '.you');
}

export const causeWords = (pieces: Said): string => inEnglish(pieces, causeSayings);

function said(cause: Cause, files: (ids: readonly number[]) => Said, to: '' | '.you'): Said {
  switch (cause.kind) {
    case 'hours-missing':
    case 'hours-twice':
      return [ofCause(`cause.${cause.kind}${to}`), ...hourList(cause.hours)];
    case 'files-missing':
    case 'files-twice':
      return [ofCause(`cause.${cause.kind}${to}`), ...files(cause.fileIds)];
    case 'short-calls':
      return [ofCause(`cause.short-calls${to}`, { seconds: String(cause.underSeconds) })];
    case 'ported':
      return [ofCause(`cause.ported${to}`)];
    case 'code-deck':
      return [ofCause(`cause.code-deck${to}`, { code: cause.code, takenAs: cause.takenAs })];
    case 'zone':
      return [ofCause(`cause.zone${to}`, { zone: cause.zone })];
    case 'start':
      return [ofCause(`cause.start${to}`, { seconds: `${cause.seconds > 0 ? '+' : ''}${cause.seconds}` })];
    case 'increments': {
      const increments = `${cause.firstSeconds}/${cause.nextSeconds}`;
      return [
        cause.destination === undefined
          ? ofCause(`cause.increments${to}`, { increments })
          : ofCause(`cause.increments-for${to}`, { increments, destination: cause.destination }),
      ];
    }
    case 'rate-date':
      return [ofCause(`cause.rate-date${to}`, { ourDay: cause.ourDay, takenDay: cause.takenDay })];
    case 'tax':
      return [ofCause(`cause.tax${to}`, { percent: formatDecimal({ units: BigInt(cause.tenthsOfPercent), scale: 1 }) })];
    case 'exchange':
      return [ofCause(`cause.exchange${to}`, { factor: formatDecimal({ units: BigInt(cause.millionths), scale: 6 }) })];
  }
}

const SHOWN = 5;

function several(names: Said): Said {
  const shown = joined(names.slice(0, SHOWN), ', ');
  return names.length > SHOWN ? [...shown, ofCause('cause.more', { count: String(names.length - SHOWN) })] : shown;
}

/** Stretches of hours: `2026-10-03 14:00 to 17:00 UTC`. */
function hourList(hours: readonly number[]): Said {
  const stretches: { from: number; to: number }[] = [];
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && last.to === hour) last.to = hour + 1;
    else stretches.push({ from: hour, to: hour + 1 });
  }
  return [...several(stretches.map(({ from, to }) => ofCause('cause.hours', { from: hourText(from), to: hourText(to) }))), ' UTC'];
}

function hourText(hour: number): string {
  return Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toString()
    .slice(0, 16)
    .replace('T', ' ');
}
