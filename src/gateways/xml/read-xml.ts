/** XML from outside to events, piece by piece: never more than one text in memory, and nothing that an XML bomb is made of. */
import { SaxesParser } from 'saxes';
import { RefusedError, refuse } from '#core/refusals.ts';

/** Names come without their namespace prefix. */
export interface XmlSink {
  open(name: string, attributes: Readonly<Record<string, string>>, namespace: string): void;
  close?(name: string): void;
  text?(text: string): void;
}

const DEEPEST = 64;
/** Characters of one text or tag, unless the caller knows files with longer ones. */
const LONGEST_RUN = 1024 ** 2;

/** Feeds a whole file to the sink. Throws RefusedError: `xml.not-well-formed`, `xml.document-type`, `xml.too-large`. */
export async function readXml(
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: XmlSink,
  { longestText = LONGEST_RUN }: { readonly longestText?: number } = {},
): Promise<void> {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const stop = (code: 'xml.not-well-formed' | 'xml.document-type' | 'xml.too-large', said: string): never => {
    throw new RefusedError(refuse(code, said, { file, line: parser.line }));
  };
  let depth = 0;
  let run = 0;
  parser.on('error', (error) => stop('xml.not-well-formed', error.message.replace(/^\d+:\d+: /, '')));
  parser.on('doctype', () => stop('xml.document-type', 'the file declares a document type'));
  parser.on('opentag', ({ local, uri, attributes }) => {
    run = 0;
    if (++depth > DEEPEST) stop('xml.too-large', `elements are nested more than ${DEEPEST} deep`);
    sink.open(local, Object.fromEntries(Object.values(attributes).map((each) => [each.local, each.value])), uri);
  });
  parser.on('closetag', ({ local }) => {
    run = 0;
    depth -= 1;
    sink.close?.(local);
  });
  parser.on('text', (text) => sink.text?.(text));
  parser.on('cdata', (text) => sink.text?.(text));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const write = (text: string): void => {
    run += text.length;
    parser.write(text);
    if (run > longestText + text.length) stop('xml.too-large', `a text has more than ${longestText} characters`);
  };
  try {
    for await (const piece of pieces) write(decoder.decode(piece, { stream: true }));
    write(decoder.decode());
    parser.close();
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      stop('xml.not-well-formed', 'the file is not UTF-8');
    throw error;
  }
}
