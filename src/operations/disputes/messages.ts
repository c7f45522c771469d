/** Words and files that the two sides of a dispute send each other; they move nothing. */
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DisputeParty } from '#core/settlement/disputes/dispute.ts';
import type { KeptFile, Recorded } from '../reconciliation/ports.ts';

export interface DisputeMessage {
  readonly id: bigint;
  readonly by: DisputeParty;
  readonly words: string;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly sent: Recorded;
}

export interface NewMessage {
  readonly by: DisputeParty;
  readonly words: string;
  readonly files: readonly KeptFile[];
  readonly sent: Recorded;
}

export interface MessageBooks {
  /** Locks the dispute. How many messages and files it has; undefined: there is none of this number. */
  counts(dispute: string): Promise<{ readonly messages: number; readonly files: number } | undefined>;
  add(dispute: string, message: NewMessage): Promise<bigint>;
}

/** Of one dispute. */
const MOST_MESSAGES = 1_000;
const MOST_FILES = 200;

/** Throws RefusedError: `dispute.unknown`, `dispute.message-refused`. The number of the message. */
export async function sendMessage(books: MessageBooks, dispute: string, message: NewMessage): Promise<bigint> {
  const counts = await books.counts(dispute);
  if (counts === undefined) throw new RefusedError(refuse('dispute.unknown', 'there is no dispute of this number', { value: dispute }));
  const no = (why: string, field: string, value?: string): RefusedError =>
    new RefusedError(refuse('dispute.message-refused', why, { field, ...(value === undefined ? {} : { value }) }));
  if (message.words.trim() === '' && message.files.length === 0) throw no('there are no words and no files', 'words');
  if (counts.messages >= MOST_MESSAGES) throw no(`${MOST_MESSAGES} messages are there already`, 'words');
  if (counts.files + message.files.length > MOST_FILES) throw no(`${MOST_FILES} files are the most of a dispute`, 'files');
  demandEvidence(message.files);
  return books.add(dispute, { ...message, words: message.words.trim() });
}

const begins =
  (...bytes: readonly number[]) =>
  (content: Uint8Array): boolean =>
    bytes.every((byte, at) => content[at] === byte);
const isZip = begins(0x50, 0x4b, 0x03, 0x04);
const TEXT_LOOKED_AT = 65_536;
const isText = (content: Uint8Array): boolean => !content.subarray(0, TEXT_LOOKED_AT).includes(0);

/** By the ending of the name, and how such a file begins. */
const evidenceTypes: Readonly<Record<string, (content: Uint8Array) => boolean>> = {
  ...{
    pdf: begins(0x25, 0x50, 0x44, 0x46, 0x2d),
    png: begins(0x89, 0x50, 0x4e, 0x47),
    jpg: begins(0xff, 0xd8, 0xff),
    jpeg: begins(0xff, 0xd8, 0xff),
  },
  ...{ xlsx: isZip, docx: isZip, ods: isZip, zip: isZip, gz: begins(0x1f, 0x8b), xls: begins(0xd0, 0xcf, 0x11, 0xe0) },
  ...{ csv: isText, txt: isText, json: isText, ndjson: isText, xml: isText, eml: isText },
  pcap: (content) => begins(0xd4, 0xc3, 0xb2, 0xa1)(content) || begins(0xa1, 0xb2, 0xc3, 0xd4)(content),
  pcapng: begins(0x0a, 0x0d, 0x0d, 0x0a),
};

/** That each is what its name says, and of a kind that evidence is. Throws RefusedError (`dispute.message-refused`). */
export function demandEvidence(files: readonly KeptFile[]): void {
  for (const { name, content } of files) {
    const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
    const isOf = Object.hasOwn(evidenceTypes, ending) ? evidenceTypes[ending] : undefined;
    const at = { field: 'files', value: name.slice(0, 120) };
    if (isOf === undefined)
      throw new RefusedError(refuse('dispute.message-refused', `evidence is ${Object.keys(evidenceTypes).join(', ')}`, at));
    if (content.length === 0) throw new RefusedError(refuse('dispute.message-refused', 'the file is empty', at));
    if (!isOf(content)) throw new RefusedError(refuse('dispute.message-refused', `the file does not begin as a ${ending} does`, at));
  }
}
