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
  /** Events that were not answered count too. */
  readonly attempts: boolean;
}
