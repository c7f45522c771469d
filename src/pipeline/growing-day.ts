/** The rows of one UTC day while they grow: the bytes of a binary COPY, and what the rollup needs of them. */
import type { Charge } from '#core/rating/charge.ts';
import type { PlainLeg } from '#core/rating/plain-voice.ts';
import { canonicalJson } from '#core/usage/canonical-json.ts';
import { services, type UsageEvent } from '#core/usage/usage-event.ts';
import { AT, blankRow, EPOCH_DAYS, EPOCH_MICROS, EVENT_COLUMNS, FIXED_BYTES } from './event-layout.ts';
import type { LineNumbers, NameNumbers } from './names.ts';
import { formatCounters } from './ports.ts';
import { hashKnown } from './row-sums.ts';
import type { SpareMemory } from './spare-memory.ts';

const BYTES_OF_A_ROW = 256;
const ROOM_STEP = 1024;
const TWO_32 = 4_294_967_296;
/** Bytes that a row may need besides its texts. */
const ROOM = FIXED_BYTES + 2 * (EVENT_COLUMNS.length + 1) * 12;

/** The two legs of the rows of one day, a place for each row. Line numbers are those of the encoder's tables. */
export interface LegColumns {
  readonly line: Int32Array;
  /** Local day, counted from 1970-01-01. */
  readonly day: Int32Array;
  readonly raw: Float64Array;
  readonly billed: Float64Array;
  /** 0 where the amount is in `large`. */
  readonly nanos: Float64Array;
}

/** An amount that is no safe number. */
export interface LargeAmount {
  readonly row: number;
  readonly leg: 'in' | 'out';
  readonly nanos: bigint;
}

/** The rows of one UTC day. Event, line, trunk and run are still to be put in: see `settle-rows.ts`. */
export interface DayRows {
  /** Counted from 1970-01-01. */
  readonly day: number;
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Where each row begins; behind the last, where it ends. */
  readonly starts: Uint32Array;
  /** What the caller calls the record. */
  readonly records: Float64Array;
  readonly answered: Uint8Array;
  readonly trunkIn: Int32Array;
  readonly trunkOut: Int32Array;
  /** Two numbers for each row: see `row-sums.ts`. */
  readonly hashes: Int32Array;
  readonly in: LegColumns;
  readonly out: LegColumns;
  readonly large: readonly LargeAmount[];
}

/** A call to be made a row, its legs priced; undefined where none is due. Trunks have the encoder's numbers. */
export interface PlainRow {
  readonly event: UsageEvent;
  readonly in: PlainLeg | undefined;
  readonly out: PlainLeg | undefined;
  readonly trunkIn: number;
  readonly trunkOut: number;
}

/** Where a record is; `record` is given back in `DayRows.records`. */
export interface RowPlace {
  readonly record: number;
  readonly fileId: number;
  readonly byteFrom: number;
  readonly byteLength: number;
}

class GrowingLeg {
  line: Int32Array;
  day: Int32Array;
  raw: Float64Array;
  billed: Float64Array;
  nanos: Float64Array;

  constructor(size: number, spare: SpareMemory) {
    this.line = new Int32Array(spare.take(size * 4));
    this.day = new Int32Array(spare.take(size * 4));
    this.raw = new Float64Array(spare.take(size * 8));
    this.billed = new Float64Array(spare.take(size * 8));
    this.nanos = new Float64Array(spare.take(size * 8));
  }

  grow(size: number): void {
    this.line = larger(this.line, new Int32Array(size));
    this.day = larger(this.day, new Int32Array(size));
    this.raw = larger(this.raw, new Float64Array(size));
    this.billed = larger(this.billed, new Float64Array(size));
    this.nanos = larger(this.nanos, new Float64Array(size));
  }

  done(count: number): LegColumns {
    return {
      line: this.line.subarray(0, count),
      day: this.day.subarray(0, count),
      raw: this.raw.subarray(0, count),
      billed: this.billed.subarray(0, count),
      nanos: this.nanos.subarray(0, count),
    };
  }
}

function larger<T extends Int32Array | Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

const BLANK = blankRow();
const encoder = new TextEncoder();

export class GrowingDay {
  readonly day: number;
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;
  #count = 0;
  #room: number;
  #starts: Uint32Array;
  #records: Float64Array;
  #answered: Uint8Array;
  #trunkIn: Int32Array;
  #trunkOut: Int32Array;
  #hashes: Int32Array;
  readonly #in: GrowingLeg;
  readonly #out: GrowingLeg;
  readonly #large: LargeAmount[] = [];

  /** `expected` rows: it may get more or fewer. */
  constructor(day: number, expected: number, spare: SpareMemory) {
    // In steps, so that the memory of one batch fits the next.
    const room = expected === 0 ? 64 : Math.ceil((expected * 1.05) / ROOM_STEP) * ROOM_STEP;
    this.day = day;
    this.#bytes = new Uint8Array(spare.take(room * BYTES_OF_A_ROW));
    this.#view = new DataView(this.#bytes.buffer);
    this.#room = room;
    this.#starts = new Uint32Array(spare.take((room + 1) * 4));
    this.#starts[0] = 0;
    this.#records = new Float64Array(spare.take(room * 8));
    this.#answered = new Uint8Array(spare.take(room));
    this.#trunkIn = new Int32Array(spare.take(room * 4));
    this.#trunkOut = new Int32Array(spare.take(room * 4));
    this.#hashes = new Int32Array(spare.take(room * 8));
    this.#in = new GrowingLeg(room, spare);
    this.#out = new GrowingLeg(room, spare);
  }

  get rows(): number {
    return this.#count;
  }

  add(place: RowPlace, event: UsageEvent, charges: readonly (Charge | undefined)[], lines: LineNumbers, trunks: NameNumbers): void {
    const row = this.#count;
    if (row === this.#room) this.#grow();
    const first = charges[0];
    const inCharge = first?.leg === 'in' ? first : undefined;
    const outCharge = first?.leg === 'out' ? first : charges[1];
    const detail = detailOf(event);
    const inCounters = inCharge === undefined ? undefined : formatCounters(inCharge.counterMoves);
    const outCounters = outCharge === undefined ? undefined : formatCounters(outCharge.counterMoves);
    this.#makeRoom(
      event.id.length +
        event.called.length +
        (event.calling?.length ?? 0) +
        (event.cause?.length ?? 0) +
        (detail?.length ?? 0) +
        (inCounters?.length ?? 0) +
        (outCounters?.length ?? 0),
    );
    this.#records[row] = place.record;
    this.#answered[row] = event.answered ? 1 : 0;
    this.#trunkIn[row] = trunks.of(event.trunkIn);
    this.#trunkOut[row] = trunks.of(event.trunkOut);
    this.#leg('in', row, inCharge, lines);
    this.#leg('out', row, outCharge, lines);
    const at = this.#at;
    this.#fixed(place, event);
    this.#amount(at, 'in', inCharge);
    this.#amount(at, 'out', outCharge);
    this.#text(event.id);
    this.#text(event.called);
    this.#text(event.calling);
    this.#text(event.cause);
    this.#number(inCharge === undefined || inCharge.rawQuantity === event.durationMicros ? undefined : inCharge.rawQuantity);
    this.#number(outCharge === undefined || outCharge.rawQuantity === event.durationMicros ? undefined : outCharge.rawQuantity);
    this.#dayNumber(inCharge === undefined ? this.day : (this.#in.day[row] ?? 0));
    this.#dayNumber(outCharge === undefined ? this.day : (this.#out.day[row] ?? 0));
    this.#json(detail);
    this.#json(inCounters);
    this.#json(outCounters);
    this.#pdd(event.pddMillis ?? -1);
    hashKnown(this.#view, at, this.#at, this.#hashes, row * 2);
    this.#count = row + 1;
    this.#starts[row + 1] = this.#at;
  }

  addPlain(place: RowPlace, { event, in: legIn, out: legOut, trunkIn, trunkOut }: PlainRow, lines: LineNumbers): void {
    const row = this.#count;
    if (row === this.#room) this.#grow();
    const { id, called, calling, cause } = event;
    this.#makeRoom(id.length + called.length + (calling?.length ?? 0) + (cause?.length ?? 0));
    this.#records[row] = place.record;
    this.#answered[row] = event.answered ? 1 : 0;
    this.#trunkIn[row] = trunkIn;
    this.#trunkOut[row] = trunkOut;
    const at = this.#at;
    this.#fixed(place, event);
    this.#plainLeg(this.#in, row, at + AT.in_billed, at + AT.in_amount_nanos, legIn, lines);
    this.#plainLeg(this.#out, row, at + AT.out_billed, at + AT.out_amount_nanos, legOut, lines);
    this.#text(id);
    this.#text(called);
    this.#text(calling === '' ? undefined : calling);
    this.#text(cause === '' ? undefined : cause);
    this.#number(legIn === undefined || legIn.raw === event.durationMicros ? undefined : legIn.raw);
    this.#number(legOut === undefined || legOut.raw === event.durationMicros ? undefined : legOut.raw);
    this.#dayNumber(legIn === undefined ? this.day : legIn.dayNumber);
    this.#dayNumber(legOut === undefined ? this.day : legOut.dayNumber);
    this.#null();
    this.#null();
    this.#null();
    this.#pdd(event.pddMillis ?? -1);
    hashKnown(this.#view, at, this.#at, this.#hashes, row * 2);
    this.#count = row + 1;
    this.#starts[row + 1] = this.#at;
  }

  done(): DayRows {
    const count = this.#count;
    return {
      day: this.day,
      count,
      bytes: this.#bytes.subarray(0, this.#at),
      starts: this.#starts.subarray(0, count + 1),
      records: this.#records.subarray(0, count),
      answered: this.#answered.subarray(0, count),
      trunkIn: this.#trunkIn.subarray(0, count),
      trunkOut: this.#trunkOut.subarray(0, count),
      hashes: this.#hashes.subarray(0, count * 2),
      in: this.#in.done(count),
      out: this.#out.done(count),
      large: this.#large,
    };
  }

  #leg(leg: 'in' | 'out', row: number, charge: Charge | undefined, lines: LineNumbers): void {
    const columns = leg === 'in' ? this.#in : this.#out;
    if (charge === undefined) {
      columns.line[row] = 0;
      return;
    }
    columns.line[row] = lines.of(charge);
    columns.day[row] = dayNumber(charge.day);
    columns.raw[row] = charge.rawQuantity;
    columns.billed[row] = charge.billedQuantity;
    const nanos = Number(charge.amountNanos);
    const isSafe = Number.isSafeInteger(nanos);
    columns.nanos[row] = isSafe ? nanos : 0;
    if (!isSafe) this.#large.push({ row, leg, nanos: charge.amountNanos });
  }

  /** Its amounts are safe numbers. */
  #plainLeg(columns: GrowingLeg, row: number, atBilled: number, atNanos: number, leg: PlainLeg | undefined, lines: LineNumbers): void {
    if (leg === undefined) {
      columns.line[row] = 0;
      return;
    }
    columns.line[row] = lines.ofLeg(leg);
    columns.day[row] = leg.dayNumber;
    columns.raw[row] = leg.raw;
    columns.billed[row] = leg.billed;
    columns.nanos[row] = leg.nanos;
    this.#eight(atBilled, leg.billed);
    this.#eight(atNanos, leg.nanos);
  }

  #amount(at: number, leg: 'in' | 'out', charge: Charge | undefined): void {
    if (charge === undefined) return;
    this.#eight(at + (leg === 'in' ? AT.in_billed : AT.out_billed), charge.billedQuantity);
    this.#view.setBigInt64(at + (leg === 'in' ? AT.in_amount_nanos : AT.out_amount_nanos), charge.amountNanos);
  }

  #fixed(place: RowPlace, event: UsageEvent): void {
    const at = this.#at;
    const view = this.#view;
    this.#bytes.set(BLANK, at);
    view.setInt32(at + AT.file_id, place.fileId);
    view.setInt32(at + AT.day, this.day - EPOCH_DAYS);
    this.#eight(at + AT.byte_from, place.byteFrom);
    view.setInt32(at + AT.byte_length, place.byteLength);
    this.#eight(at + AT.started_at, event.startMicros - EPOCH_MICROS);
    this.#eight(at + AT.duration_micros, event.durationMicros);
    view.setInt16(at + AT.service, services.indexOf(event.service));
    view.setInt8(at + AT.answered, event.answered ? 1 : 0);
    this.#at = at + FIXED_BYTES;
  }

  /** A safe whole number as eight bytes; without a bigint. */
  #eight(at: number, value: number): void {
    const high = Math.floor(value / TWO_32);
    this.#view.setInt32(at, high);
    this.#view.setUint32(at + 4, value - high * TWO_32);
  }

  #null(): void {
    this.#view.setInt32(this.#at, -1);
    this.#at += 4;
  }

  #number(value: number | undefined): void {
    if (value === undefined) {
      this.#null();
      return;
    }
    this.#view.setInt32(this.#at, 8);
    this.#eight(this.#at + 4, value);
    this.#at += 12;
  }

  /** Milliseconds; null where it is below 0. */
  #pdd(millis: number): void {
    if (millis < 0) {
      this.#null();
      return;
    }
    this.#view.setInt32(this.#at, 4);
    this.#view.setInt32(this.#at + 4, millis);
    this.#at += 8;
  }

  /** Null where it is the day of the row. */
  #dayNumber(day: number): void {
    if (day === this.day) {
      this.#null();
      return;
    }
    this.#view.setInt32(this.#at, 4);
    this.#view.setInt32(this.#at + 4, day - EPOCH_DAYS);
    this.#at += 8;
  }

  /** ASCII is written by hand; the rest by the platform. */
  #text(text: string | undefined): void {
    if (text === undefined) {
      this.#null();
      return;
    }
    const bytes = this.#bytes;
    const from = this.#at + 4;
    const { length } = text;
    let written = length;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        written = encoder.encodeInto(text, bytes.subarray(from)).written;
        break;
      }
      bytes[from + index] = code;
    }
    this.#view.setInt32(this.#at, written);
    this.#at = from + written;
  }

  /** Binary jsonb is a version, 1, and the text. */
  #json(text: string | undefined): void {
    if (text === undefined) {
      this.#null();
      return;
    }
    const at = this.#at;
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(at + 5));
    this.#view.setInt32(at, written + 1);
    this.#view.setInt8(at + 4, 1);
    this.#at = at + 5 + written;
  }

  /** A character takes up to three bytes. */
  #makeRoom(characters: number): void {
    const needed = this.#at + ROOM + characters * 3;
    if (needed <= this.#bytes.length) return;
    this.#bytes = larger(this.#bytes, new Uint8Array(Math.max(needed, this.#bytes.length * 2)));
    this.#view = new DataView(this.#bytes.buffer);
  }

  #grow(): void {
    const room = this.#room * 2;
    this.#room = room;
    this.#starts = larger(this.#starts, new Uint32Array(room + 1));
    this.#records = larger(this.#records, new Float64Array(room));
    this.#answered = larger(this.#answered, new Uint8Array(room));
    this.#trunkIn = larger(this.#trunkIn, new Int32Array(room));
    this.#trunkOut = larger(this.#trunkOut, new Int32Array(room));
    this.#hashes = larger(this.#hashes, new Int32Array(room * 2));
    this.#in.grow(room);
    this.#out.grow(room);
  }
}

/** Days by their dates, remembered. */
const numbers = new Map<string, number>();

/** A date counted from 1970-01-01. */
export function dayNumber(date: string): number {
  let number = numbers.get(date);
  if (number === undefined) {
    if (numbers.size > 50_000) numbers.clear();
    number = Date.parse(date) / 86_400_000;
    numbers.set(date, number);
  }
  return number;
}

/** What an event has beside the columns, as JSON; undefined when nothing. `stored-events.ts` has the way back. */
function detailOf(event: UsageEvent): string | undefined {
  const { enriched } = event;
  if (event.service === 'voice' && event.serviceClass === undefined && event.ratingGroup === undefined && event.apn === undefined)
    return enriched === undefined ? undefined : canonicalJson({ enriched });
  const detail = {
    ...(event.quantity === 0 ? {} : { quantity: event.quantity }),
    ...(event.bytesUp === 0 ? {} : { bytesUp: event.bytesUp }),
    ...(event.bytesDown === 0 ? {} : { bytesDown: event.bytesDown }),
    ...(event.priceNanos === undefined ? {} : { priceNanos: String(event.priceNanos) }),
    ...(event.priceCurrency === undefined ? {} : { priceCurrency: event.priceCurrency }),
    ...(event.serviceClass === undefined ? {} : { serviceClass: event.serviceClass }),
    ...(event.ratingGroup === undefined ? {} : { ratingGroup: event.ratingGroup }),
    ...(event.apn === undefined ? {} : { apn: event.apn }),
    ...(enriched === undefined ? {} : { enriched }),
  };
  return Object.keys(detail).length === 0 ? undefined : canonicalJson(detail);
}
