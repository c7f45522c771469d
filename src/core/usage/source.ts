import type { NatureCoding } from '../numbering/natures.ts';
import type { NumberWriting } from '../numbering/normalise.ts';
import type { BerForm } from './ber-form.ts';
import type { Collecting } from './collecting.ts';
import type { FixedForm, FormatFamily, JsonForm, RecordTypes, XmlForm } from './format.ts';

/** Under this name usage of online charging is loaded: no source of files may have it. */
export const CHARGING_SOURCE = 'charging';

export const usageEncodings = ['utf-8', 'latin1', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type UsageEncoding = (typeof usageEncodings)[number];

/**
 * A source of usage records, declared as data: how its files are written and which column means what.
 * Complete: what a declaration leaves out was filled in from its format when it was read. Plain data, so that it can be
 * given to a worker thread.
 */
export interface Source {
  readonly id: string;
  /** Id of a format, shipped or the user's own. */
  readonly format: string;
  readonly family: FormatFamily;
  /** IANA zone of the times that are written without an offset. */
  readonly zone: string;
  readonly encoding: UsageEncoding;
  /** Delimited formats: one to eight characters. */
  readonly separator: string;
  /** Delimited formats: one character, or '' where the format does not quote. */
  readonly quote: string;
  /** Delimited formats: how a quote or a separator stands inside a column. */
  readonly escape: EscapeStyle;
  /** Regular expressions: a record that one of them finds is none (comments, trailers). */
  readonly ignore: readonly string[];
  readonly records?: RecordTypes;
  /** By column the regular expression that its text fits in every record: one that does not is shifted or cut. */
  readonly expect?: Readonly<Record<string, string>>;
  /** Each only for its own family. */
  readonly fixed?: FixedForm;
  readonly json?: JsonForm;
  readonly xml?: XmlForm;
  readonly ber?: BerForm;
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
  /** How a call is known to be answered when no field `answered` says it. `stated-duration`: by a duration that must be there. */
  readonly answeredBy: 'answer' | 'duration' | 'stated-duration';
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
  /** How the figures of `callingNature` and `calledNature` are to be read; words are understood without. */
  readonly natures?: NatureCoding;
  /** Id of an enrichment profile. */
  readonly enrichment?: string;
  /** Where its files come from, when Carillon fetches them. */
  readonly collecting?: Collecting;
  /** Records with the same key whose starts are further apart are different ones; default 90. */
  readonly duplicateWindowDays?: number;
}

/**
 * `doubled`: `""` inside quotes. `backslash`: `\"` inside quotes, `\,` outside. `lenient`: a quote ends its column only
 * before a separator or the end of the line, and stands for itself elsewhere (switches that do not escape).
 */
export const escapeStyles = ['doubled', 'backslash', 'lenient'] as const;
export type EscapeStyle = (typeof escapeStyles)[number];

export interface ColumnLayout {
  readonly columns: readonly string[];
  readonly key?: readonly string[];
  /** Types of records that are written so; left out: any. */
  readonly types?: readonly string[];
  /** Fixed width: where each column stands. */
  readonly places?: readonly ColumnPlace[];
}

export interface ColumnPlace {
  /** 1-based position of the first character. */
  readonly from: number;
  readonly length: number;
}

export const usageFields = [
  'service',
  'start',
  'answer',
  'end',
  'duration',
  'elapsed',
  'clue',
  'ringing',
  'pdd',
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
  'part',
  'partGroup',
  'partSequence',
  'callingNature',
  'calledNature',
  'presentation',
  'cell',
  'network',
] as const;
export type UsageField = (typeof usageFields)[number];

/** Each field has its rules in order of preference: the first that finds a text that is not empty counts. */
export type FieldRules = Readonly<Partial<Record<UsageField, readonly FieldRule[]>>>;

/** `ds` tenths, `cs` hundredths of a second; `clock` is HH:MM:SS, `hhmmss` the same without colons. */
export const durationUnits = ['s', 'ds', 'cs', 'ms', 'us', 'min', 'clock', 'hhmmss'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** What a text is made of before it is looked at; one that does not fit stays as it is. */
export const textConversions = [
  'trim-zeros',
  'lower',
  'upper',
  'digits',
  'hex',
  'ip-decimal',
  'ip-decimal-reversed',
  'ip-hex',
  'url',
  'gigawords',
] as const;
export type TextConversion = (typeof textConversions)[number];

export interface RuleCondition {
  readonly column: string;
  readonly is: readonly string[];
}

/** Where a field's text stands and how it is read, in this order: columns, pattern, convert, decimals, map; then what it means. */
export interface FieldRule {
  /** Names, 1-based numbers, or paths (JSON, XML). Several are joined (a date and a time). Empty with `constant`. */
  readonly columns: readonly string[];
  readonly constant?: string;
  /** Stands between joined columns; a space when left out. */
  readonly join?: string;
  /** Joined columns are put in order first, so that (a, b) and (b, a) are the same. */
  readonly sorted?: boolean;
  /** The rule counts only where the column has one of these texts. */
  readonly when?: RuleCondition;
  /** Texts that mean that there is none: `-`, `NULL`. */
  readonly empty?: readonly string[];
  /** A regular expression; its first group is the value, or `take`. A text that it does not fit is taken whole. */
  readonly pattern?: string;
  /** What the pattern's groups make: `$1-$2`. */
  readonly take?: string;
  /** A text that the pattern does not fit is none, so that the next rule counts. */
  readonly mustFit?: boolean;
  readonly convert?: readonly TextConversion[];
  /** Last digits that stand behind a point that is not written. */
  readonly decimals?: number;
  /** Times: `epoch-s`, `epoch-ms`, `epoch-us`, `iso`, or a picture such as `DD/MM/YYYY HH:mm:ss`. */
  readonly time?: string;
  /** Times without an offset are UTC, whatever the source's zone. */
  readonly utc?: boolean;
  readonly unit?: DurationUnit;
  /** `answered`: the texts that mean yes. */
  readonly values?: readonly string[];
  /** Other texts for what stands in the column: `{ T: voice, S: sms }`. */
  readonly map?: Readonly<Record<string, string>>;
}
