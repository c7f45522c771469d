/**
 * The road of most records of a bulk load: plain calls, from bytes to a row without an object for each. What it cannot read, name
 * or price is `read-record`'s, which comes to the same for what both can.
 */
import { ByteNames } from '#codecs/cdr/byte-names.ts';
import { PlainCalls } from '#codecs/cdr/plain-calls.ts';
import { type NumberWriting, normaliseNumber } from '#core/numbering/normalise.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { PlainLeg, PlainSide } from '#core/rating/plain-voice.ts';
import type { FileToRead } from './batch-reader.ts';
import type { PlainRow } from './growing-day.ts';
import type { NameNumbers } from './names.ts';
import type { Normaliser } from './normalise.ts';
import { MOST_KEY_CHARACTERS } from './read-record.ts';

/** What a name of a trunk means; undefined for one that is not known. */
interface PlainTrunk {
  readonly id: string;
  readonly rules: NumberWriting;
  /** Undefined where the trunk has no account: nothing is due then. */
  readonly in: PlainSide | undefined;
  readonly out: PlainSide | undefined;
}

/** The call under way, as rating and rows see it. */
class PlainEvent {
  readonly source: string;
  readonly service = 'voice' as const;
  readonly quantity = 0;
  readonly bytesUp = 0;
  readonly bytesDown = 0;
  id = '';
  startMicros = 0;
  durationMicros = 0;
  answered = false;
  called = '';
  /** '' where it is not known. */
  calling = '';
  /** '' without. */
  cause = '';
  /** −1 without. */
  pddMillis = -1;

  constructor(source: string) {
    this.source = source;
  }
}

export class PlainRecords implements PlainRow {
  readonly event: PlainEvent;
  in: PlainLeg | undefined;
  out: PlainLeg | undefined;
  trunkIn = 0;
  trunkOut = 0;
  readonly #calls: PlainCalls;
  readonly #names: NameNumbers;
  readonly #trunks: ByteNames<PlainTrunk | undefined>;
  readonly #causes = new ByteNames((text) => text);
  readonly #in: PlainLeg;
  readonly #out: PlainLeg;

  /** Undefined for a file whose records take more than this. */
  static open(
    { source, head, parts }: FileToRead,
    book: CompiledBook,
    normaliser: Normaliser,
    names: NameNumbers,
  ): PlainRecords | undefined {
    const calls = parts === undefined && normaliser.isPlain ? PlainCalls.open(source, head.headerLine) : undefined;
    return calls && new PlainRecords(calls, source.id, book, normaliser, names);
  }

  private constructor(calls: PlainCalls, source: string, book: CompiledBook, normaliser: Normaliser, names: NameNumbers) {
    this.#calls = calls;
    this.#names = names;
    this.event = new PlainEvent(source);
    this.#in = new PlainLeg(book, 'in');
    this.#out = new PlainLeg(book, 'out');
    this.#trunks = new ByteNames((name) => openTrunk(name, book, normaliser));
  }

  /** Behind the line end of the record; −1 when it has none. */
  get next(): number {
    return this.#calls.next;
  }

  /** Reads and prices the record that begins at `at`. False: it is for `readRecord`. `text`: the bytes, one character each. */
  take(bytes: Uint8Array, text: string, at: number): boolean {
    const calls = this.#calls;
    if (!calls.take(bytes, text, at)) return false;
    const { columns, event } = { columns: calls.columns, event: this.event };
    const trunkIn = this.#trunk(columns.trunkIn, bytes, text);
    const trunkOut = this.#trunk(columns.trunkOut, bytes, text);
    const whose = trunkIn === NO_TRUNK ? trunkOut : trunkIn;
    if (trunkIn === undefined || trunkOut === undefined || whose === undefined || whose === NO_TRUNK) return false;
    event.id = this.#text(columns.key, text);
    event.called = numberOf(this.#text(columns.called, text), whose.rules);
    const calling = columns.calling < 0 ? '' : this.#text(columns.calling, text);
    event.calling = calling === '' ? '' : numberOf(calling, whose.rules);
    if (event.called === '' || (calling !== '' && event.calling === '') || event.id.length > MOST_KEY_CHARACTERS) return false;
    event.startMicros = calls.startMicros;
    event.durationMicros = calls.durationMicros;
    event.answered = calls.answered;
    event.pddMillis = calls.pddMillis;
    this.in = trunkIn.in === undefined ? undefined : this.#in;
    this.out = trunkOut.out === undefined ? undefined : this.#out;
    if (trunkIn.in !== undefined && !this.#in.price(event, trunkIn.in)) return false;
    if (trunkOut.out !== undefined && !this.#out.price(event, trunkOut.out)) return false;
    event.cause =
      columns.cause < 0 ? '' : this.#causes.find(bytes, text, calls.from[columns.cause] as number, calls.to[columns.cause] as number);
    this.trunkIn = trunkIn === NO_TRUNK ? 0 : this.#names.of(trunkIn.id);
    this.trunkOut = trunkOut === NO_TRUNK ? 0 : this.#names.of(trunkOut.id);
    return true;
  }

  #text(column: number, text: string): string {
    return text.slice(this.#calls.from[column], this.#calls.to[column]);
  }

  #trunk(column: number, bytes: Uint8Array, text: string): PlainTrunk | undefined {
    if (column < 0) return NO_TRUNK;
    return this.#trunks.find(bytes, text, this.#calls.from[column] as number, this.#calls.to[column] as number);
  }
}

const NO_TRUNK: PlainTrunk = { id: '', rules: {}, in: undefined, out: undefined };

function openTrunk(name: string, book: CompiledBook, normaliser: Normaliser): PlainTrunk | undefined {
  if (name === '') return NO_TRUNK;
  const named = normaliser.trunkNamed(name);
  const compiled = named && book.trunks.get(named.trunk.id);
  if (named === undefined || compiled === undefined) return undefined;
  const hasAccount = compiled.account !== undefined;
  return {
    id: compiled.id,
    rules: named.rules,
    in: hasAccount ? new PlainSide(compiled, 'in') : undefined,
    out: hasAccount ? new PlainSide(compiled, 'out') : undefined,
  };
}

/** '' for what is no number, or says more than a number. */
function numberOf(text: string, rules: NumberWriting): string {
  const reading = normaliseNumber(text, rules);
  return reading.kind === 'number' && reading.tag === undefined ? reading.digits : '';
}
