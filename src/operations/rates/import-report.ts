import type { Refusal } from '#core/refusals.ts';
import type { ChangeKind, RateChange } from '#core/tariffs/rate-sheets/difference.ts';
import type { Warning } from '#core/tariffs/rate-sheets/findings.ts';
import type { Header } from '#core/tariffs/rate-sheets/header.ts';
import type { RateTarget } from './find-target.ts';
import type { ImportMode, RateTemplate } from './rate-template.ts';

/**
 * activated: it counts from now on. unchanged: the sheet says what is in force. known: the same file was the last import.
 * dry-run: it could be activated. faults: it cannot be read or would break the tariff. warnings: nobody has accepted them.
 */
export const importOutcomes = ['activated', 'unchanged', 'known', 'dry-run', 'faults', 'warnings'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** All that an import found and did. */
export interface ImportReport {
  readonly outcome: ImportOutcome;
  readonly target: RateTarget;
  readonly mode: ImportMode;
  /** Zone of the sheet's dates. */
  readonly zone: string;
  readonly source: ImportSource;
  /** Undefined when none was found. */
  readonly header: Header | undefined;
  readonly rowsRead: number;
  readonly passedOver: readonly number[];
  readonly skipped: readonly number[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Of the sheet's rates of calls: how many have which, the most first. */
  readonly increments: readonly { readonly increments: string; readonly count: number }[];
  /** The largest first. */
  readonly changes: readonly RateChange[];
  readonly faults: readonly Refusal[];
  readonly faultCount: number;
  readonly warnings: readonly Warning[];
  /** Codes of the warnings that are not accepted. */
  readonly open: readonly string[];
  /** How the next sheet of this partner can be read. */
  readonly template: RateTemplate;
  readonly templateSaved: boolean;
  readonly importId?: number;
  readonly knownFromMicros?: number;
}

export interface ImportSource {
  readonly fileName: string;
  readonly sha256: string;
  readonly format: string;
  /** Name of the sheet in a workbook. */
  readonly sheet?: string;
}
