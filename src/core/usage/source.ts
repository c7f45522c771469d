import type { NumberWriting } from '../numbering/normalise.ts';

/**
 * A source of usage records, declared as data: how its files are written and which column means what.
 * Complete: what a declaration leaves out was filled in from the presets of its format when it was read.
 */
export const usageFormats = ['delimited', 'asterisk-csv', 'freeswitch-csv', 'freeswitch-json'] as const;
export type UsageFormat = (typeof usageFormats)[number];

export const usageEncodings = ['utf-8', 'latin1', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type UsageEncoding = (typeof usageEncodings)[number];

export interface Source {
  readonly id: string;
  readonly format: UsageFormat;
  /** IANA zone of the times that are written without an offset. */
  readonly zone: string;
  readonly encoding: UsageEncoding;
  /** Delimited formats: one character. */
  readonly separator: string;
  /** Delimited formats: one character, or '' where the format does not quote. */
  readonly quote: string;
  /** Lines before the first record (and before the header), not counted as records. */
  readonly skipLines: number;
  /** The first line names the columns; then `layouts` is empty. */
  readonly header: boolean;
  /** The column orders a record may have, told apart by the number of columns, then by where the start time stands. */
  readonly layouts: readonly ColumnLayout[];
  /** Columns behind the declared ones: the record is rejected, because others may have moved, or they are not looked at. */
  readonly extraColumns: 'reject' | 'ignore';
  /** Columns whose values together are unique in the source, where the layout has no key of its own. */
  readonly key: readonly string[];
  readonly fields: FieldRules;
  readonly numbering: NumberWriting;
  /** How a call is known to be answered when no field `answered` says it. */
  readonly answeredBy: 'answer' | 'duration';
  /** What an answered call's event starts with: the answer (billed time begins there), or the first signal. */
  readonly startsAt: 'answer' | 'setup';
  /** FreeSWITCH: which legs the switch writes. With `ab` each record carries one leg, told by the field `direction`. */
  readonly legs: 'a' | 'b' | 'ab';
  /** A last record without a line end: rejected where it may be cut, or taken when it can be read. */
  readonly unendedRecord: 'reject' | 'take';
  /** A longer call is held. */
  readonly maximumSeconds: number;
  /** A longer record is rejected unread. */
  readonly maximumRecordBytes: number;
  /** What becomes of an event whose caller is written as no number can be: held, or priced as withheld. */
  readonly unreadableCaller: 'hold' | 'unknown';
  /** What becomes of a called number with fewer than 7 digits, such as 112: held, or priced by these digits. */
  readonly shortCodes: 'hold' | 'pass';
}

export interface ColumnLayout {
  readonly columns: readonly string[];
  readonly key?: readonly string[];
}

export const usageFields = [
  'service',
  'start',
  'answer',
  'end',
  'duration',
  'elapsed',
  'clue',
  'answered',
  'calling',
  'called',
  'trunkIn',
  'trunkOut',
  'direction',
  'quantity',
  'bytesUp',
  'bytesDown',
  'price',
  'priceCurrency',
  'serviceClass',
  'ratingGroup',
  'apn',
  'cause',
] as const;
export type UsageField = (typeof usageFields)[number];

/** Each field has its rules in order of preference: the first that finds a text that is not empty counts. */
export type FieldRules = Readonly<Partial<Record<UsageField, readonly FieldRule[]>>>;

export const durationUnits = ['s', 'ms', 'us', 'min', 'clock'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** Where a field's text stands and how it is read. */
export interface FieldRule {
  /** Names, 1-based numbers, or for JSON dotted paths. Several are joined by a space (a date and a time). Empty with `constant`. */
  readonly columns: readonly string[];
  readonly constant?: string;
  /** A regular expression; its first group is the value. A text that it does not fit is taken whole. */
  readonly pattern?: string;
  /** Times: `epoch-s`, `epoch-ms`, `epoch-us`, `iso`, or a picture such as `DD/MM/YYYY HH:mm:ss`. */
  readonly time?: string;
  /** Durations; `clock` is HH:MM:SS. */
  readonly unit?: DurationUnit;
  /** `answered`: the texts that mean yes. */
  readonly values?: readonly string[];
  /** Other texts for what stands in the column: `{ T: voice, S: sms }`. */
  readonly map?: Readonly<Record<string, string>>;
}
