/**
 * Cuts a stream of BER into records: by their own lengths, or by the headers of TS 32.297.
 *
 * Damage must not swallow what is behind it. A record counts as one when its first level of elements fits exactly into it.
 * Where that fails, the bytes up to the next place at which a whole record of the format begins are one record, which will
 * be rejected. A record that is charged in several comes out once for each: all of its bytes, a mark (CONTAINER_MARK) and
 * the stretch from its beginning to the end of the element; the last has the stretch of the whole record.
 */
import type { BerForm } from '#core/usage/ber-form.ts';
import type { RecordSplitter } from '../cdr/line-splitter.ts';
import { type CompiledBer, compileBer } from './compiled-form.ts';
import { CONTAINER_MARK, Containers } from './containers.ts';
import { findEnclosure } from './enclosure.ts';
import { Tlv } from './tlv.ts';
import {
  BER_ENCODING,
  beginsFileHeader,
  type FileHeader32297,
  readFileHeader,
  recordBytes,
  recordEncoding,
  recordHeaderBytes,
} from './ts32297.ts';

/** What stands at a place of the buffer. */
type Found = 'record' | 'header' | 'padding' | 'damage' | 'more';

/** Elements of the first level of a record at most. */
const MOST_PARTS = 4096;
/** The same while the next whole record is looked for behind damage, where every byte may seem to begin one. */
const MOST_PARTS_SEEKING = 256;

export class BerSplitter implements RecordSplitter {
  text = '';
  from = 0;
  length = 0;
  tooLong = false;
  ended = true;
  /** Of the file the record is in; undefined without, or when the stream began behind it. */
  fileHeader: FileHeader32297 | undefined;
  readonly #form: BerForm;
  readonly #compiled: CompiledBer;
  readonly #containers: Containers | undefined;
  readonly #limit: number;
  readonly #tlv = new Tlv();
  #buffer = '';
  #at = 0;
  /** Position in the stream of the buffer's first character. */
  #base = 0;
  #finished = false;
  /** Where a stretch of damage begins in the buffer; −1: there is none. Below 0 never while `#dropped` counts. */
  #damage = -1;
  #dropped = 0;
  /** Of the record or header found last. */
  #end = 0;
  /** The damage under way may be a record that the end of the file cuts: no record came behind it yet. */
  #mayBeCut = false;
  /** Records since the file header, and where the file shall end. */
  #records = 0;
  #fileEnd: number | undefined;
  #announced: number | undefined;
  /** The groups around the records were looked for. */
  #opened: boolean;
  /** Where the list of records ends in the stream; −1: with end-of-contents octets; undefined: records go on to the end. */
  #listEnd: number | undefined;
  /** Containers of the record under way that are not yet out. */
  #next = 0;
  #count = 0;
  #start = 0;
  #whole = '';

  /** `head` is the beginning of the file, and `from` where in it the stream begins. */
  constructor(form: BerForm, limit: number, head = '', from = 0) {
    this.#form = form;
    this.#compiled = compileBer(form);
    this.#containers = this.#compiled.each.length > 0 ? new Containers(this.#compiled.each) : undefined;
    this.#limit = limit;
    this.#opened = from > 0 || this.#compiled.inside.length === 0;
    if (from > 0 && this.#compiled.inside.length > 0) {
      const enclosure = findEnclosure(head, this.#compiled.inside);
      if (typeof enclosure === 'object') this.#listEnd = enclosure.to < 0 ? -1 : enclosure.to - from;
    }
    if (from === 0 || form.framing !== 'ts-32297') return;
    this.fileHeader = readFileHeader(head);
    if (this.fileHeader?.fileBytes !== undefined) this.#fileEnd = this.fileHeader.fileBytes - from;
  }

  get inside(): boolean {
    return this.#next < this.#count;
  }

  push(piece: string): void {
    const keep = this.#damage < 0 ? this.#at : this.#damage;
    this.#base += keep;
    this.#buffer = keep === this.#buffer.length ? piece : this.#buffer.slice(keep) + piece;
    this.#at -= keep;
    if (this.#damage >= 0) this.#damage = 0;
  }

  finish(): void {
    this.#finished = true;
  }

  next(): boolean {
    if (this.#next < this.#count) return this.#nextContainer();
    if (!this.#opened && !this.#open()) return false;
    for (;;) {
      if (this.#isBehindList()) this.#at = this.#buffer.length;
      if (this.#at >= this.#buffer.length) return this.#atEnd();
      const found = this.#look(this.#at, this.#damage >= 0);
      if (found === 'more') {
        if (!this.#finished) return this.#waiting();
        // What seems cut may be a damaged length, with whole records behind it: they are looked for first.
        if (this.#damage < 0) this.#beginDamage(true);
        this.#at += 1;
      } else if (found === 'damage') {
        if (this.#damage < 0) this.#beginDamage(false);
        this.#at += 1;
      } else if (this.#damage >= 0 && found !== 'padding') return this.#takeDamage(true);
      else if (this.#pass(found)) return true;
    }
  }

  /** Goes into the groups around the records; false when more of the file is needed for that. */
  #open(): boolean {
    const enclosure = findEnclosure(this.#buffer, this.#compiled.inside);
    if (enclosure === 'more' && !this.#finished && this.#buffer.length <= this.#limit) return false;
    this.#opened = true;
    if (typeof enclosure !== 'object') return true;
    this.#at = enclosure.from;
    this.#listEnd = enclosure.to;
    return true;
  }

  /** What stands behind the list is no record. */
  #isBehindList(): boolean {
    if (this.#listEnd === undefined || this.#damage >= 0) return false;
    if (this.#listEnd < 0 && this.#buffer.charCodeAt(this.#at) === 0) this.#listEnd = this.#base + this.#at;
    return this.#listEnd >= 0 && this.#base + this.#at >= this.#listEnd;
  }

  /** Goes behind what was found; true when that is a record. */
  #pass(found: Found): boolean {
    if (found === 'record') {
      this.#records += 1;
      return this.#take(this.#end, true);
    }
    if (found === 'header') {
      this.fileHeader = readFileHeader(this.#buffer.slice(this.#at, this.#end));
      this.#records = 0;
      this.#announced = this.fileHeader?.records;
      this.#fileEnd = this.fileHeader?.fileBytes === undefined ? undefined : this.#base + this.#at + this.fileHeader.fileBytes;
      this.#at = this.#end;
    } else this.#at += 1;
    return false;
  }

  /** `seeking`: behind damage, where only what is surely a record counts. */
  #look(at: number, seeking: boolean): Found {
    return this.#form.framing === 'ts-32297' ? this.#lookFor32297(at, seeking) : this.#lookForRecord(at, seeking);
  }

  #lookForRecord(at: number, seeking: boolean): Found {
    const buffer = this.#buffer;
    const first = buffer.charCodeAt(at);
    if (first === 0 || first === 255) return seeking ? 'damage' : 'padding';
    const tlv = this.#tlv;
    if (!tlv.header(buffer, at, buffer.length)) return tlv.fault === 'cut' ? 'more' : 'damage';
    if (seeking && !this.#compiled.schema.root.byTag.has(tlv.tag)) return 'damage';
    if (tlv.to >= 0 && tlv.next - at > this.#limit) return 'damage';
    if (!tlv.read(buffer, at, buffer.length)) return this.#unread(at);
    const end = tlv.next;
    if (end - at > this.#limit || this.#crossesBlock(at, end)) return 'damage';
    const { tag, constructed } = tlv;
    if (constructed && !this.#fits(tlv.from, tlv.to, seeking)) return 'damage';
    const known = this.#compiled.schema.root.byTag.has(tag);
    if (!known && !constructed) return 'damage';
    if (seeking || !known) {
      // Surely a record only when what follows it can.
      const behind = !known && buffer.charCodeAt(at) === buffer.charCodeAt(end) ? 'yes' : this.#mayFollow(end);
      if (behind !== 'yes') return behind === 'more' ? 'more' : 'damage';
    }
    this.#end = end;
    return 'record';
  }

  #lookFor32297(at: number, seeking: boolean): Found {
    const buffer = this.#buffer;
    if (!seeking && this.#isPadding(at)) return 'padding';
    if (buffer.length - at < (this.#finished ? 6 : 8)) return 'more';
    if (beginsFileHeader(buffer, at)) {
      const header = readFileHeader(buffer.slice(at, at + 131_126));
      if (header !== undefined) {
        this.#end = at + header.headerBytes;
        return 'header';
      }
      if (buffer.length - at < 131_126 && !seeking) return 'more';
    }
    const begin = at + recordHeaderBytes(buffer, at);
    const end = begin + recordBytes(buffer, at);
    const tlv = this.#tlv;
    if (end === begin || end - at > this.#limit) return 'damage';
    const known = recordEncoding(buffer, at);
    if (known === 0 || known > 4 || (seeking && known !== BER_ENCODING)) return 'damage';
    if (begin < buffer.length && known === BER_ENCODING && !tlv.header(buffer, begin, Math.min(end, buffer.length)) && tlv.fault !== 'cut')
      return 'damage';
    if (seeking && begin < buffer.length && !this.#compiled.schema.root.byTag.has(tlv.tag)) return 'damage';
    if (end > buffer.length) return 'more';
    if (known === BER_ENCODING && !(tlv.read(buffer, begin, end) && (!tlv.constructed || this.#fits(tlv.from, tlv.to, seeking)))) {
      // The header may be right and the record in it damaged: then what follows begins where the header says.
      if (seeking || !this.#followsHeader(end)) return 'damage';
    } else if (seeking && tlv.next !== end) return 'damage';
    this.#end = end;
    return 'record';
  }

  /** Behind the end that a file announces: octets of 0x00 or 0xFF, more of them than any header has, or up to the end of all. */
  #isPadding(at: number): boolean {
    if (this.#fileEnd === undefined || this.#base + at < this.#fileEnd) return false;
    const next = this.#buffer.slice(at, at + 8);
    if ((next.length === 8 || this.#finished) && /^(?:\0+|\xff+)$/.test(next)) return true;
    // The last octets before the next file, whose header may begin with zeros too.
    const most = /^[\0\xff]*/.exec(next)?.[0].length ?? 0;
    return most > 0 && !this.#isHeader(at) && Array.from({ length: most }, (_, index) => at + index + 1).some((to) => this.#isHeader(to));
  }

  #isHeader(at: number): boolean {
    return beginsFileHeader(this.#buffer, at) && readFileHeader(this.#buffer.slice(at, at + 131_126)) !== undefined;
  }

  #followsHeader(at: number): boolean {
    const buffer = this.#buffer;
    if (at >= buffer.length - 6) return true;
    return (
      beginsFileHeader(buffer, at) ||
      (recordEncoding(buffer, at) === BER_ENCODING && buffer.charCodeAt(at + recordHeaderBytes(buffer, at)) !== 0)
    );
  }

  /** An element that is not all there yet, or never will be. */
  #unread(at: number): Found {
    if (this.#tlv.fault !== 'cut') return 'damage';
    return this.#buffer.length - at > this.#limit ? 'damage' : 'more';
  }

  #crossesBlock(at: number, end: number): boolean {
    const size = this.#form.blockSize;
    return size > 0 && Math.floor((this.#base + at) / size) !== Math.floor((this.#base + end - 1) / size);
  }

  /** Whether the elements of one level fill their place exactly. */
  #fits(from: number, to: number, seeking: boolean): boolean {
    const tlv = this.#tlv;
    const { next } = tlv;
    let left = seeking ? MOST_PARTS_SEEKING : MOST_PARTS;
    for (let at = from; at < to; at = tlv.next) if (--left < 0 || !tlv.read(this.#buffer, at, to)) return false;
    tlv.next = next;
    return true;
  }

  /** Behind a record: the next one, padding, or the end. */
  #mayFollow(at: number): 'yes' | 'no' | 'more' {
    const buffer = this.#buffer;
    const first = buffer.charCodeAt(at);
    if (first === 0 || first === 255) return 'yes';
    if (!this.#tlv.header(buffer, at, buffer.length)) {
      if (this.#tlv.fault !== 'cut') return 'no';
      return this.#finished ? 'yes' : 'more';
    }
    return this.#compiled.schema.root.byTag.has(this.#tlv.tag) ? 'yes' : 'no';
  }

  #beginDamage(mayBeCut: boolean): void {
    this.#damage = this.#at;
    this.#mayBeCut = mayBeCut;
  }

  /** Damage is kept up to the limit of a record, in case it can be shown. */
  #waiting(): false {
    if (this.#damage >= 0 && this.#at - this.#damage > this.#limit) {
      this.#dropped += this.#at - this.#damage;
      this.#damage = this.#at;
    }
    return false;
  }

  #atEnd(): boolean {
    if (!this.#finished) return this.#waiting();
    if (this.#damage >= 0) return this.#takeDamage(!this.#mayBeCut);
    return this.#isShort();
  }

  /** A file of TS 32.297 that ends between two records, before the end that its header announces: said once, as a cut record of 0 bytes. */
  #isShort(): boolean {
    const at = this.#base + this.#buffer.length;
    const short = (this.#fileEnd ?? at) > at || (this.#announced ?? 0) > this.#records;
    this.#forgetEnd();
    return short && this.#take(this.#buffer.length, false);
  }

  #forgetEnd(): void {
    this.#fileEnd = undefined;
    this.#announced = undefined;
  }

  #takeDamage(ended: boolean): true {
    if (!ended) this.#forgetEnd();
    const start = this.#damage;
    this.from = this.#base + start - this.#dropped;
    this.length = this.#at - start + this.#dropped;
    this.tooLong = this.length > this.#limit;
    this.ended = ended;
    this.text = this.tooLong ? '' : this.#buffer.slice(start, this.#at);
    this.#damage = -1;
    this.#dropped = 0;
    return true;
  }

  #take(end: number, ended: boolean): true {
    this.from = this.#base + this.#at;
    this.length = end - this.#at;
    this.tooLong = this.length > this.#limit;
    this.ended = ended;
    this.text = this.tooLong ? '' : this.#buffer.slice(this.#at, end);
    this.#count = ended && !this.tooLong && this.#containers !== undefined ? this.#countContainers(this.#containers) : 0;
    this.#at = end;
    if (this.#count > 0) this.#nextContainer();
    return true;
  }

  #countContainers(containers: Containers): number {
    this.#start = this.#form.framing === 'ts-32297' ? recordHeaderBytes(this.text, 0) : 0;
    this.#whole = this.text;
    this.#next = 0;
    return this.#tlv.read(this.text, this.#start, this.text.length) && containers.find(this.text, this.#start, this.#tlv.next)
      ? containers.count
      : 0;
  }

  #nextContainer(): true {
    const last = this.#next === this.#count - 1;
    this.length = last ? this.#whole.length : (this.#containers?.end(this.#next) ?? 0);
    this.text = this.#whole + String.fromCharCode(CONTAINER_MARK + this.#next);
    this.#next += 1;
    return true;
  }
}
