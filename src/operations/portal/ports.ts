/** Rows as a party sees them: the API shows what storage reads with the party's eyes. */
import type { Service } from '#core/usage/usage-event.ts';
import type { DelaySums } from '../reports/report.ts';

export interface PartyStatement {
  readonly agreement: string;
  readonly period: string;
  readonly version: number;
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly closedOn: string;
  readonly sha256: string;
}

/** Of a call the leg that is between the party and us. */
export interface PartyCall {
  readonly eventId: bigint;
  readonly leg: string;
  readonly startedMicros: number;
  readonly service: string;
  readonly calling: string | undefined;
  readonly called: string;
  readonly answered: boolean;
  readonly durationMicros: bigint;
  readonly agreement: string;
  readonly role: string;
  readonly destination: string;
  readonly currency: string;
  readonly billed: bigint;
  readonly amountNanos: bigint;
}

export interface PartyCallFilter {
  /** Local days of the agreement, both included. */
  readonly from: string;
  readonly to: string;
  readonly agreement?: string;
}

/** The call behind which to go on. */
export type AfterCall = Pick<PartyCall, 'startedMicros' | 'eventId' | 'leg'>;

export const trafficRows = ['day', 'destination', 'service'] as const;
export type TrafficRow = (typeof trafficRows)[number];

export interface TrafficQuestion {
  readonly rows: TrafficRow;
  /** Local days of the agreement, both included. */
  readonly from: string;
  readonly to: string;
  readonly agreement?: string;
}

/** `from-you`: handed to us, and owed to us; `to-you`: handed to the party, and owed to it. */
export type TrafficWay = 'from-you' | 'to-you';

/** As statements add up. */
export interface TrafficSum {
  readonly row: string;
  readonly way: TrafficWay;
  readonly service: Service;
  readonly currency: string;
  readonly attempts: bigint;
  readonly answered: bigint;
  /** Voice: microseconds of answered calls; else units. */
  readonly quantity: bigint;
  readonly amountNanos: bigint;
  /** Of records as they were booked; days in UTC. */
  readonly pdd: DelaySums;
}

/** Of records as they were booked; days in UTC. */
export interface CauseSum {
  readonly way: TrafficWay;
  /** As the network gave it; empty where it gave none. */
  readonly cause: string;
  readonly attempts: bigint;
  readonly answered: bigint;
}

/** A tariff between the party and us: ours for what it hands to us, its own for what we hand to it. */
export interface PartyTariff {
  readonly tariff: string;
  readonly agreement: string;
  readonly way: TrafficWay;
  readonly service: Service;
  readonly currency: string;
  /** Of its days. */
  readonly zone: string;
  /** How many rates are in force. */
  readonly inForce: number;
  /** When one changes next; undefined: no change is known. */
  readonly nextMicros: number | undefined;
  /** When something of it was changed last. */
  readonly changedMicros: number | undefined;
}

export const rateParts = ['in-force', 'coming', 'all'] as const;
export type RatePart = (typeof rateParts)[number];

export interface PartyRate {
  readonly rateId: bigint;
  readonly code: string | undefined;
  readonly destination: string;
  readonly band: string | undefined;
  /** As it was written. */
  readonly price: string;
  /** What the price was before this one, of the same code and band. */
  readonly before: string | undefined;
  readonly firstSeconds: number | undefined;
  readonly nextSeconds: number | undefined;
  readonly setupFee: string | undefined;
  readonly fromMicros: number;
  /** Infinity: open. */
  readonly toMicros: number;
}

/** How a sheet was read when it came. */
export interface SheetReading {
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly faultCount: number;
  readonly faults: readonly {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly row?: number;
    readonly column?: string;
    readonly value?: string;
  }[];
}

export const sentSheetStates = ['waiting', 'in-force', 'put-aside'] as const;

export interface SentSheet {
  readonly sheetId: bigint;
  readonly agreement: string;
  readonly fileName: string;
  readonly state: (typeof sentSheetStates)[number];
  /** Undefined: it was broken off. */
  readonly reading: SheetReading | undefined;
  readonly sentMicros: number;
  readonly sentBy: string;
}
