/**
 * Many PDFs as one, written while they come: of what is written only the places in the file are kept, so that memory is that of one document
 * (ISO 32000-1, 7.5: header, objects, cross-reference table, trailer).
 */
import { PDFDocument, PDFName, PDFObjectCopier, type PDFRef } from '@cantoo/pdf-lib';

const HEADER = Uint8Array.from([...Buffer.from('%PDF-1.7\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]);
/** Pages of one node of the page tree: readers look for a page by its node. */
const PAGES_A_NODE = 100;

/** Takes PDFs one after another, and gives the bytes of the whole. */
export class JoinedPdf {
  #target: PDFDocument | undefined;
  /** By number of the object. */
  readonly #places: number[] = [];
  #written = 0;
  /** Objects that are written at the end: nodes of the page tree, with their pages. */
  readonly #nodes: { readonly ref: PDFRef; readonly pages: string[] }[] = [];
  #root: PDFRef | undefined;
  pages = 0;

  /** What comes before the first document. */
  async begin(): Promise<Uint8Array> {
    // Objects of the library's own empty document are never written: numbers go on behind them.
    this.#target = await PDFDocument.create();
    this.#root = this.#target.context.nextRef();
    this.#written = HEADER.length;
    return HEADER;
  }

  /** The pages of a PDF, and with `even` an empty one behind an odd number of them. */
  async add(pdf: Uint8Array, even: boolean): Promise<{ readonly chunks: readonly Uint8Array[]; readonly pages: number }> {
    const target = this.#begun();
    const { context } = target;
    const source = await PDFDocument.load(pdf);
    const before = new Set(context.enumerateIndirectObjects().map(([ref]) => ref.objectNumber));
    const copier = PDFObjectCopier.for(source.context, context);
    const own = source.getPages();
    for (const page of own) {
      const copied = copier.copy(page.node);
      const ref = context.register(copied);
      copied.set(PDFName.of('Parent'), this.#place(ref));
    }
    const [first] = own;
    if (even && own.length % 2 === 1 && first !== undefined) {
      const { width, height } = first.getSize();
      const ref = context.nextRef();
      const empty = context.obj({ Type: 'Page', MediaBox: [0, 0, width, height], Resources: {}, Parent: this.#place(ref) });
      context.assign(ref, empty);
    }
    const chunks: Uint8Array[] = [];
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (before.has(ref.objectNumber)) continue;
      const body = new Uint8Array(object.sizeInBytes());
      object.copyBytesInto(body, 0);
      chunks.push(this.#object(ref, body));
      context.delete(ref);
    }
    return { chunks, pages: own.length };
  }

  /** Page tree, catalogue, cross-reference table. */
  end(): readonly Uint8Array[] {
    const { context } = this.#begun();
    const root = this.#root ?? context.nextRef();
    const chunks = this.#nodes.map(({ ref, pages }) =>
      this.#object(ref, Buffer.from(`<< /Type /Pages /Parent ${root} /Count ${pages.length} /Kids [${pages.join(' ')}] >>`)),
    );
    const kids = this.#nodes.map(({ ref }) => ref.toString()).join(' ');
    chunks.push(this.#object(root, Buffer.from(`<< /Type /Pages /Count ${this.pages} /Kids [${kids}] >>`)));
    const [catalog, info] = [context.nextRef(), context.nextRef()];
    chunks.push(this.#object(catalog, Buffer.from(`<< /Type /Catalog /Pages ${root} >>`)));
    chunks.push(this.#object(info, Buffer.from('<< /Producer (Carillon) >>')));
    const size = info.objectNumber + 1;
    const rows = Array.from({ length: size }, (_, number) => {
      const at = this.#places[number];
      return at === undefined ? '0000000000 65535 f \n' : `${String(at).padStart(10, '0')} 00000 n \n`;
    });
    const table = `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root ${catalog} /Info ${info} >>\nstartxref\n${this.#written}\n%%EOF\n`;
    return [...chunks, Buffer.from(table)];
  }

  #begun(): PDFDocument {
    if (this.#target === undefined) throw new Error('the whole was not begun');
    return this.#target;
  }

  /** The node that a page belongs to. */
  #place(page: PDFRef): PDFRef {
    let node = this.#nodes.at(-1);
    if (node === undefined || node.pages.length === PAGES_A_NODE) {
      node = { ref: this.#begun().context.nextRef(), pages: [] };
      this.#nodes.push(node);
    }
    node.pages.push(page.toString());
    this.pages += 1;
    return node.ref;
  }

  #object(ref: PDFRef, body: Uint8Array): Uint8Array {
    const whole = Buffer.concat([Buffer.from(`${ref.objectNumber} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    this.#places[ref.objectNumber] = this.#written;
    this.#written += whole.length;
    return whole;
  }
}
