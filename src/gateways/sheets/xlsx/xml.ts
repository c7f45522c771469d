/** XML in pieces to events, with names without their namespace prefix. */
import { SaxesParser } from 'saxes';
import { RefusedError } from '#core/refusals.ts';
import { stop } from '../sheet-file.ts';
import type { WorkbookPackage } from './package.ts';

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Text or one tag may not go on for longer than this. */
const LONGEST_RUN = 16 * 1024 ** 2;

/** Feeds a part to a handler; yields after each piece, so that what the handler has made can be passed on. Throws RefusedError. */
export async function* readXml(workbook: WorkbookPackage, part: string, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  const fail = (reason: string) => stop('rate-sheet.damaged', `${part} is not well-formed: ${reason}`, { file: workbook.name });
  let run = 0;
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', () => fail('it declares a document type'));
  parser.on('opentag', (tag) => {
    run = 0;
    handler.open?.(localName(tag.name), tag.attributes as Record<string, string>); // without xmlns, attributes are plain texts
  });
  parser.on('closetag', (tag) => {
    run = 0;
    handler.close?.(localName(tag.name));
  });
  if (handler.text !== undefined) parser.on('text', (text) => handler.text?.(text));
  try {
    for await (const piece of workbook.text(part)) {
      run += piece.length;
      parser.write(piece);
      if (run > LONGEST_RUN)
        stop('rate-sheet.file-too-large', `${part} has a text of more than ${LONGEST_RUN} characters`, { file: workbook.name });
      yield;
    }
    parser.close();
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    fail(error instanceof Error ? error.message : String(error));
  }
  yield;
}

/** Reads a whole part whose events make something small. */
export async function readSmallXml(workbook: WorkbookPackage, part: string, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(workbook, part, handler)) {
    // The handler keeps what it needs.
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute whatever its prefix: `r:id`, `id`. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (attributes[name] !== undefined) return attributes[name];
  for (const key in attributes) if (localName(key) === name) return attributes[key];
  return undefined;
}

/** `1` and `true` as XML writes them. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
