/** What is looked for in traffic before it is charged, as the configuration declares it. */
import type { Service } from './usage-event.ts';

export const screeningKinds = ['volume', 'burst', 'simultaneous', 'first-call', 'silence'] as const;
export type ScreeningKind = (typeof screeningKinds)[number];

export const screeningKeys = ['calling', 'called', 'trunkIn', 'trunkOut', 'destination'] as const;
export type ScreeningKey = (typeof screeningKeys)[number];

export interface ScreeningRule {
  readonly id: string;
  readonly kind: ScreeningKind;
  /** What is counted apart. */
  readonly per: ScreeningKey;
  readonly action: 'flag' | 'hold';
  /** Volume: events, or minutes of talk. */
  readonly measure: 'calls' | 'minutes';
  /** Volume, burst, simultaneous: more than this is a hit. */
  readonly limit?: number;
  /** Volume, burst: the window that ends with the start of the event. */
  readonly windowMinutes?: number;
  /** First call: nothing for so many days; left out: ever. */
  readonly days?: number;
  readonly silentHours?: number;
  readonly shorterThanSeconds?: number;
  readonly longerThanSeconds?: number;
  /** Per destination: whose destinations. */
  readonly codeDeck?: string;
  /** Only events that fit each of these. Numbers by their beginnings. */
  readonly called?: readonly string[];
  readonly calling?: readonly string[];
  readonly trunksIn?: readonly string[];
  readonly trunksOut?: readonly string[];
  readonly sources?: readonly string[];
  readonly services?: readonly Service[];
  /** Events that start so much before the newest one seen are not looked at; it is also how long is remembered. */
  readonly lateHours: number;
  /** Events that were not answered count too. */
  readonly attempts: boolean;
}

const MINUTE = 60_000_000;

export function limitOf({ limit }: ScreeningRule): number {
  return limit ?? 0;
}

/** Whether what was measured hits the rule. Calls, microseconds of talk or of silence; undefined: there was nothing before. */
export function stillHits(rule: ScreeningRule, measured: number | undefined): boolean {
  switch (rule.kind) {
    case 'volume':
      return (measured ?? 0) > limitOf(rule) * (rule.measure === 'minutes' ? MINUTE : 1);
    case 'burst':
    case 'simultaneous':
      return (measured ?? 0) > limitOf(rule);
    case 'first-call':
      return measured === undefined || (rule.days !== undefined && measured > rule.days * 24 * 60 * MINUTE);
    case 'silence':
      return measured !== undefined && measured > (rule.silentHours ?? 0) * 60 * MINUTE;
  }
}
