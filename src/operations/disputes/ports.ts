import type { Side } from '#core/agreements/agreements.ts';
import type { DisputeOutcome, DisputeParty, DisputeState, DisputeStep } from '#core/settlement/disputes/dispute.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';

/** The document that is contested: ours, or theirs as it was declared. */
export interface ContestedDocument {
  readonly side: Side;
  readonly legalEntity: string;
  readonly account: string;
  readonly number: string;
  readonly currency: string;
  readonly netNanos: bigint;
  readonly totalNanos: bigint;
  readonly issueDay?: string;
  readonly agreement?: string;
  /** Days after issue within which it may be disputed, as the agreement says. */
  readonly windowDays?: number;
  readonly party: string;
  /** Whether it is one of ours, which a credit note can correct. */
  readonly isOurs: boolean;
}

/** They wrote it in our name: what we claim is what it leaves out. */
export function isSelfBilled({ side, isOurs }: Pick<ContestedDocument, 'side' | 'isOurs'>): boolean {
  return side === 'receivable' && !isOurs;
}

export interface Dispute {
  readonly id: bigint;
  readonly side: Side;
  readonly legalEntity: string;
  readonly account: string;
  /** Of the account. */
  readonly party: string;
  /** Whether the document is ours. */
  readonly isOurs: boolean;
  readonly document: string;
  readonly agreement?: string;
  readonly line?: number;
  readonly currency: string;
  /** Without tax, and with the tax that goes with it. */
  readonly netNanos: bigint;
  readonly grossNanos: bigint;
  readonly reason: string;
  readonly respondBy: string;
  readonly raisedOn: string;
}

export interface RecordedStep {
  readonly step: DisputeStep;
  readonly note: string;
  readonly result?: string;
  readonly recorded: Recorded;
}

export interface DisputeFile {
  readonly dispute: Dispute;
  readonly steps: readonly RecordedStep[];
  readonly evidence: readonly { readonly name: string; readonly sha256: string }[];
}

/** As lists show it. */
export interface DisputeSummary extends Dispute {
  readonly state: DisputeState;
  readonly offeredNanos?: bigint;
  readonly offeredBy?: DisputeParty;
  readonly outcome?: DisputeOutcome;
}

export interface DisputeBooks {
  /** Documents of this number: several legal entities may have one. */
  documents(number: string): Promise<readonly ContestedDocument[]>;
  /** What of a document is contested in disputes that are open, without tax. Locks the document's disputes until the transaction ends. */
  contestedNanos(legalEntity: string, account: string, document: string): Promise<bigint>;
  insert(dispute: Omit<Dispute, 'id'>, first: RecordedStep, evidence: readonly KeptFile[]): Promise<bigint>;
  /** With `lock` nobody else makes a step before the transaction ends. */
  find(id: string, options?: { readonly lock?: boolean }): Promise<DisputeFile | undefined>;
  addStep(id: bigint, position: number, step: RecordedStep): Promise<void>;
  list(): Promise<readonly DisputeFile[]>;
  /** The dispute of a document of theirs that is agreed and not settled. */
  agreedOf(legalEntity: string, account: string, document: string): Promise<bigint | undefined>;
  /** A letter that a step waits for their answer; undefined when there was one for it. */
  addReminder(dispute: bigint, step: number, day: string, by: string): Promise<bigint | undefined>;
  /** Whether a correction run (re-rating) of this number is done. */
  hasCorrectionRun(run: string): Promise<boolean>;
}
