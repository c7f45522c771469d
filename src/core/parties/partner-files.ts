/** How a partner writes its declarations and invoices: declared at its account, so that each file is read the same way. */
import type { Service } from '../usage/usage-event.ts';

/** What a column may hold. */
export const partnerFileFields = [
  'destination',
  'code',
  'day',
  'hour',
  'calls',
  'raw',
  'billed',
  'rate',
  'amount',
  'currency',
  'agreement',
  'service',
  'period',
  'ignore',
] as const;
export type PartnerFileField = (typeof partnerFileFields)[number];

export interface PartnerFile {
  /** Only of this side or service; left out: of any. */
  readonly side?: 'receivable' | 'payable';
  readonly service?: Service;
  /** Headers as written, or column letters. */
  readonly columns: Readonly<Record<string, PartnerFileField>>;
  readonly sheet?: string;
  readonly separator?: string;
  readonly decimal?: 'point' | 'comma';
  readonly dateFormat?: 'dd/mm/yyyy' | 'mm/dd/yyyy' | 'yyyy-mm-dd';
  readonly unit?: 'seconds' | 'minutes';
}

/** The first that is of the side and service. */
export function partnerFileFor(
  files: readonly PartnerFile[] | undefined,
  side: 'receivable' | 'payable',
  service: string | undefined,
): PartnerFile | undefined {
  return files?.find(
    (file) => (file.side ?? side) === side && (file.service === undefined || service === undefined || file.service === service),
  );
}
