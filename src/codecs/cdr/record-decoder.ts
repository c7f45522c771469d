/** From the text of one record to a draft of its event, as the source's declaration says. */
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import type { Result } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { patternCost } from '#core/usage/pattern.ts';
import { type Source, type UsageField, usageFields } from '#core/usage/source.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import { awaiting, readPart } from './call-parts.ts';
import { type CallInstants, type CallTimes, toInstants } from './call-times.ts';
import { type Decoded, type DraftMarks, type Hold, type Rejection, reject, type Skipped, shown } from './draft.ts';
import { families } from './families.ts';
import { MOST_DURATION_MICROS, readCount, readDuration } from './figures.ts';
import { LocalClock } from './local-clock.ts';
import { PddReader } from './pdd-reader.ts';
import { isYes, MOST_DISORDER, startsInRange } from './record-limits.ts';
import { judgeType } from './record-types.ts';
import { type CompiledRule, fieldText, type RowReader, ruleText, SlotTable } from './row-reader.ts';
import { textOfBytes } from './text-of-bytes.ts';
import { compileTimeRules, readTime, type TimeRule } from './time-rules.ts';

/** Only the beginning of a record is looked at for what says that it is none. */
const LONGEST_IGNORED = 200;

/** A record is a line. */
const LINE_FAMILIES: ReadonlySet<Source['family']> = new Set(['delimited', 'fixed']);

/** Decodes the records of one file of a source. */
export interface RecordDecoder {
  /** The file's header line, where the source has one. */
  header(line: string): Result<undefined>;
  /** `bytes` as one character a byte; `ended`: the record had its line end or closing brace. */
  decode(bytes: string, ended: boolean): Decoded;
}

type Rules = Readonly<Record<UsageField, readonly CompiledRule[]>>;
type TimeRules = Readonly<Record<'start' | 'answer' | 'end' | 'clue' | 'ringing', readonly TimeRule[]>>;

/** Refused: a time picture that cannot be used (`usage.source-invalid`). */
export function makeDecoder(source: Source): Result<RecordDecoder> {
  const slots = new SlotTable();
  const start = compileTimeRules(source, 'start', slots);
  const answer = compileTimeRules(source, 'answer', slots);
  const end = compileTimeRules(source, 'end', slots);
  const clue = compileTimeRules(source, 'clue', slots);
  const ringing = compileTimeRules(source, 'ringing', slots);
  if (!start.ok) return start;
  if (!answer.ok) return answer;
  if (!end.ok) return end;
  if (!clue.ok) return clue;
  if (!ringing.ok) return ringing;
  const rules = Object.fromEntries(usageFields.map((field) => [field, slots.rules(source, field)])) as Rules; // every field is in the list
  for (const column of source.key) slots.slot(column);
  const expected = Object.entries(source.expect ?? {}).map(([column, pattern]) => compileExpected(column, pattern, slots));
  const typeSlot = source.records === undefined ? -1 : slots.slot(source.records.column);
  const startColumn = source.fields.start?.[0]?.columns[0];
  const row = families[source.family].reader(source, slots, startColumn);
  const times = { start: start.value, answer: answer.value, end: end.value, clue: clue.value, ringing: ringing.value };
  return { ok: true, value: new Decoder(source, rules, times, row, typeSlot, expected) };
}

/** What a column looks like in every record. */
interface Expected {
  readonly column: string;
  readonly slot: number;
  readonly pattern: RegExp;
  /** A longer text does not fit. */
  readonly most: number;
}

function compileExpected(column: string, pattern: string, slots: SlotTable): Expected {
  const cost = patternCost(pattern);
  return { column, slot: slots.slot(column), pattern: new RegExp(pattern), most: typeof cost === 'object' ? cost.mostCharacters : 0 };
}

class Decoder implements RecordDecoder {
  readonly #source: Source;
  readonly #rules: Rules;
  readonly #timeRules: TimeRules;
  readonly #expected: readonly Expected[];
  readonly #row: RowReader;
  readonly #clock: LocalClock;
  readonly #maximumMicros: number;
  /** Of the column that tells what kind of record it is; −1 without. */
  readonly #typeSlot: number;
  readonly #ignore: readonly RegExp[];
  readonly #binary: boolean;
  // Filled anew for every record: a record makes no object but its draft.
  readonly #times: CallTimes = {
    start: { micros: 0, instant: false },
    answer: { micros: 0, instant: false },
    end: { micros: 0, instant: false },
    elapsed: 0,
    duration: 0,
    clue: 0,
  };
  readonly #hasMarks: boolean;
  /** Only its duration says whether a call was answered. */
  readonly #needsDuration: boolean;
  readonly #clue = { micros: 0, instant: true };
  readonly #pdd: PddReader;
  readonly #instants: CallInstants = { start: 0, answer: 0, end: 0, skipped: false };

  constructor(source: Source, rules: Rules, timeRules: TimeRules, row: RowReader, typeSlot: number, expected: readonly Expected[]) {
    this.#source = source;
    this.#expected = expected;
    this.#typeSlot = typeSlot;
    this.#ignore = source.ignore.map((pattern) => new RegExp(pattern));
    this.#binary = families[source.family].binary;
    this.#rules = rules;
    this.#timeRules = timeRules;
    this.#row = row;
    this.#clock = new LocalClock(source.zone);
    this.#maximumMicros = source.maximumSeconds * 1_000_000;
    this.#needsDuration = source.answeredBy === 'stated-duration' && rules.answered.length === 0;
    this.#pdd = new PddReader(row, rules.pdd, timeRules.ringing);
    this.#hasMarks = MARK_FIELDS.some((field) => rules[field].length > 0);
  }

  header(line: string): Result<undefined> {
    const text = textOfBytes(line, this.#source.encoding) ?? line;
    return this.#row.header?.(text) ?? { ok: true, value: undefined };
  }

  decode(bytes: string, ended: boolean): Decoded {
    if (!this.#binary && bytes.includes('\u0000'))
      return reject('usage.nul-byte', `NUL at character ${bytes.indexOf('\u0000') + 1} of the record`);
    const text = this.#binary ? bytes : textOfBytes(bytes, this.#source.encoding);
    if (text === undefined) return reject('usage.encoding', `the record is not ${this.#source.encoding}`);
    if (this.#ignore.some((pattern) => pattern.test(text.length > LONGEST_IGNORED ? text.slice(0, LONGEST_IGNORED) : text)))
      return this.#passOver({ kind: 'skipped', type: '' }, text);
    const decoded = this.#row.take(text, ended) ?? this.#decodeRow();
    if (decoded.kind === 'skipped') return this.#passOver(decoded, text);
    if (ended || decoded.kind !== 'rejected' || !CUT_SHOWS_AS.has(decoded.reason)) return decoded;
    return reject('usage.truncated-record', `the file ends here: ${decoded.detail}`);
  }

  /** A file whose lines end with carriage returns is one line: its header, with all records in it, must not pass over. */
  #passOver(skipped: Skipped, text: string): Decoded {
    const at = LINE_FAMILIES.has(this.#source.family) ? text.trimEnd().indexOf('\r') : -1;
    return at < 0 ? skipped : reject('usage.carriage-return', `a carriage return stands inside what is passed over: ${shown(text)}`);
  }

  #decodeRow(): Decoded {
    const row = this.#row;
    const rules = this.#rules;
    const { records } = this.#source;
    const other = records === undefined ? undefined : judgeType(records, row.value(this.#typeSlot));
    if (other !== undefined) return other;
    const moved = this.#moved();
    if (moved !== undefined) return moved;
    const key = this.#key();
    if (key === '') return reject('usage.key-missing', `the key is empty: ${this.#source.key.join(', ')}`);
    const service = this.#service();
    if (service === undefined)
      return reject('usage.service-unknown', `service ${shown(fieldText(row, rules.service))} is not one of ${services.join(', ')}`);
    const bad = this.#readTimes();
    if (bad !== undefined) return bad;
    const { start, answer, end, skipped } = this.#instants;
    const part = readPart(row, rules);
    if (part !== undefined && 'reason' in part) return part;
    const alone = part === undefined || part.kind === 'single';
    const voice = service === 'voice';
    if (voice && alone && this.#needsDuration && Number.isNaN(this.#times.duration)) {
      const message =
        'no duration, and nothing else says whether the call was answered (answeredBy: duration takes such a call as unanswered)';
      return reject('usage.duration-missing', message);
    }
    const answered = this.#answered(service, answer);
    const said = voice && answered ? this.#durationMicros() : 0;
    const durationMicros = Number.isNaN(said) && !alone ? 0 : said;
    if (Number.isNaN(durationMicros)) return reject('usage.duration-missing', 'the call was answered, with neither a duration nor an end');
    const called = fieldText(row, rules.called);
    if (called === '' && part?.kind !== 'stop' && (voice || service === 'sms' || service === 'mms'))
      return reject('usage.called-missing', 'no called number');
    const quantity = voice || service === 'data' ? 0 : this.#count('quantity', 1, 1);
    const bytesUp = this.#count('bytesUp', 0, 0);
    const bytesDown = this.#count('bytesDown', 0, 0);
    if (typeof quantity !== 'number') return quantity;
    if (typeof bytesUp !== 'number') return bytesUp;
    if (typeof bytesDown !== 'number') return bytesDown;
    if (!Number.isSafeInteger(bytesUp + bytesDown))
      return reject('usage.quantity-unreadable', `bytesUp ${bytesUp} and bytesDown ${bytesDown} together are more than 2^53 − 1`);
    const priceNanos = this.#price();
    if (typeof priceNanos === 'object') return priceNanos;
    const startMicros = answered && this.#source.startsAt === 'answer' && !Number.isNaN(answer) ? answer : start;
    if (!startsInRange(startMicros)) {
      return reject('usage.time-out-of-range', `start ${formatInstant(startMicros)} is before 2000 or after 2099`);
    }
    if (end < startMicros - MOST_DISORDER || end < start - MOST_DISORDER || answer < start - MOST_DISORDER) {
      const answerText = Number.isNaN(answer) ? '' : `, answer ${formatInstant(answer)}`;
      const endText = Number.isNaN(end) ? '' : `, end ${formatInstant(end)}`;
      return reject('usage.end-before-start', `the times are not in order: start ${formatInstant(start)}${answerText}${endText}`);
    }
    const pddMillis = voice ? this.#pdd.read(this.#times.start, answered) : undefined;
    const direction = this.#source.legs === 'ab' ? fieldText(row, rules.direction).toLowerCase() : '';
    const draft = {
      key,
      service,
      startMicros,
      answered,
      durationMicros,
      calling: fieldText(row, rules.calling),
      called,
      trunkIn: direction === 'outbound' || this.#source.legs === 'b' ? '' : fieldText(row, rules.trunkIn),
      trunkOut: direction === 'inbound' ? '' : fieldText(row, rules.trunkOut),
      quantity,
      bytesUp,
      bytesDown,
      priceNanos,
      priceCurrency: fieldText(row, rules.priceCurrency),
      serviceClass: fieldText(row, rules.serviceClass),
      ratingGroup: fieldText(row, rules.ratingGroup),
      apn: fieldText(row, rules.apn),
      cause: fieldText(row, rules.cause),
      ...(pddMillis === undefined ? {} : { pddMillis }),
      ...(this.#hasMarks ? { marks: this.#marks() } : {}),
    };
    const hold = this.#hold(skipped, durationMicros);
    if (part === undefined) return { kind: 'draft', draft, hold };
    return { kind: 'draft', draft: { ...draft, part }, hold: hold ?? (alone ? undefined : awaiting(part)) };
  }

  /** A column that does not look as it does in every record says that the record is shifted or cut. */
  #moved(): Rejection | undefined {
    for (const { column, slot, pattern, most } of this.#expected) {
      if (this.#row.lacks?.(slot) === true) continue;
      const text = this.#row.value(slot);
      if (text.length > most || !pattern.test(text))
        return reject('usage.column-unexpected', `${column} is ${shown(text)}, which does not fit ${pattern.source}`);
    }
    return undefined;
  }

  #marks(): DraftMarks {
    const row = this.#row;
    const { callingNature, calledNature, presentation, cell, network } = this.#rules;
    return {
      callingNature: fieldText(row, callingNature),
      calledNature: fieldText(row, calledNature),
      presentation: fieldText(row, presentation),
      cell: fieldText(row, cell),
      network: fieldText(row, network),
    };
  }

  #hold(skipped: boolean, durationMicros: number): Hold | undefined {
    if (skipped)
      return { reason: 'usage.time-nonexistent', detail: `a time of the record was skipped by the clock of ${this.#source.zone}` };
    if (durationMicros <= this.#maximumMicros) return undefined;
    return {
      reason: 'usage.duration-over-maximum',
      detail: `the call lasts ${durationMicros / 1_000_000} s, the source allows ${this.#source.maximumSeconds} s`,
    };
  }

  /** The key columns joined by `|`; '' when the first is empty. */
  #key(): string {
    let key = '';
    let first = true;
    for (const slot of this.#row.keySlots()) {
      const value = this.#row.value(slot);
      if (first && value === '') return '';
      const safe = value.includes('|') ? value.replaceAll('|', '\\|') : value;
      key = first ? safe : `${key}|${safe}`;
      first = false;
    }
    return key;
  }

  #service(): Service | undefined {
    const rules = this.#rules.service;
    if (rules.length === 0) return 'voice';
    const text = fieldText(this.#row, rules).toLowerCase();
    return services.find((service) => service === text);
  }

  #readTimes(): Rejection | undefined {
    const times = this.#times;
    const bad =
      readTime(this.#row, this.#timeRules.start, 'start', times.start) ??
      readTime(this.#row, this.#timeRules.answer, 'answer', times.answer) ??
      readTime(this.#row, this.#timeRules.end, 'end', times.end);
    if (bad !== undefined) return bad;
    const duration = this.#duration('duration');
    if (typeof duration !== 'number') return duration;
    const elapsed = this.#duration('elapsed');
    if (typeof elapsed !== 'number') return elapsed;
    times.duration = duration;
    times.elapsed = elapsed;
    // A clue that cannot be read is none: it only chooses between two readings of the start.
    readTime(this.#row, this.#timeRules.clue, 'clue', this.#clue);
    times.clue = this.#clue.micros;
    toInstants(times, this.#clock, this.#instants);
    // Where the format has no start, a session's record tells when it ended, and how long it took.
    if (this.#timeRules.start.length === 0) this.#instants.start = this.#instants.end - (Number.isNaN(elapsed) ? duration : elapsed);
    return Number.isNaN(this.#instants.start) ? reject('usage.time-missing', 'no start time') : undefined;
  }

  /** NaN where the record has none. */
  #duration(field: 'duration' | 'elapsed'): number | Rejection {
    for (const rule of this.#rules[field]) {
      const text = ruleText(this.#row, rule);
      if (text === '') continue;
      const reading = readDuration(text, rule.rule.unit ?? 's');
      if (typeof reading === 'number') return reading;
      if (reading === 'negative') return reject('usage.duration-negative', `${field} ${shown(text)} is below 0`);
      if (reading === 'out-of-range') return reject('usage.duration-out-of-range', `${field} ${shown(text)} is more than 100 years`);
      return reject('usage.duration-unreadable', `${field} ${shown(text)} is not a number of ${rule.rule.unit ?? 's'}`);
    }
    return Number.NaN;
  }

  #answered(service: Service, answer: number): boolean {
    const rules = this.#rules.answered;
    for (const rule of rules) {
      const text = ruleText(this.#row, rule);
      if (text !== '') return isYes(text, rule.rule.values);
    }
    if (rules.length > 0) return false;
    if (service !== 'voice') return true;
    return this.#source.answeredBy === 'answer' ? !Number.isNaN(answer) : this.#times.duration > 0;
  }

  /** As the record says, else from answer (or start) to end; NaN when it has neither. */
  #durationMicros(): number {
    const { start, answer, end } = this.#instants;
    const said = this.#times.duration;
    if (!Number.isNaN(said)) return said;
    const found = end - (Number.isNaN(answer) ? start : answer);
    return Math.min(Math.max(found, 0), MOST_DURATION_MICROS); // NaN stays
  }

  #count(field: 'quantity' | 'bytesUp' | 'bytesDown', otherwise: number, least: number): number | Rejection {
    const rules = this.#rules[field];
    if (rules.length === 0) return otherwise;
    const text = fieldText(this.#row, rules);
    if (text === '') return otherwise;
    const value = readCount(text);
    return value === undefined || value < least
      ? reject('usage.quantity-unreadable', `${field} ${shown(text)} is not a whole number from ${least}`)
      : value;
  }

  #price(): bigint | undefined | Rejection {
    const rules = this.#rules.price;
    const text = rules.length === 0 ? '' : fieldText(this.#row, rules);
    if (text === '') return undefined;
    const value = parseDecimal(text);
    if (value === undefined || value.units < 0n || value.scale > 9 || value.units > 10n ** 18n) {
      return reject('usage.quantity-unreadable', `price ${shown(text)} is not an amount with at most 9 decimals`);
    }
    return unitsAtScale(value, 9);
  }
}

const MARK_FIELDS = ['callingNature', 'calledNature', 'presentation', 'cell', 'network'] as const;

/** What the last record of a file that breaks off may look like. */
const CUT_SHOWS_AS: ReadonlySet<string> = new Set([
  'usage.columns-missing',
  'usage.column-unexpected',
  'usage.quote-unbalanced',
  'usage.json-damaged',
  'usage.xml-damaged',
  'usage.attribute-damaged',
  'usage.time-unreadable',
  'usage.duration-unreadable',
]);
