/** Diameter for tools: the dictionary that comes along, and the messages of a file or of hexadecimal text. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { checkMessage } from '#codecs/diameter/check.ts';
import { Dictionary, type DictionaryData } from '#codecs/diameter/dictionary.ts';
import { readHexText } from '#codecs/diameter/hex-text.ts';
import { type FoundMessage, type InputFault, messagesOfBlocks, messagesOfCapture } from '#codecs/diameter/input.ts';
import type { DiameterFault } from '#codecs/diameter/results.ts';
import { type AvpNode, type MessageTree, messageTree } from '#codecs/diameter/tree.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

export type { AvpNode, DiameterFault, FoundMessage, InputFault, MessageTree };

/** A capture is held in memory while it is decoded. */
const MOST_INPUT_BYTES = 1_073_741_824;
/** Text of hexadecimal digits. */
const MOST_TEXT_BYTES = 16_777_216;

let dictionary: Dictionary | undefined;

/** data/diameter/dictionary.json, read when first asked for. */
export function diameterDictionary(): Dictionary {
  dictionary ??= new Dictionary(dictionaryData());
  return dictionary;
}

/** As it stands in the file, which comes with the program. */
export function dictionaryData(): DictionaryData {
  return JSON.parse(readFileSync(new URL('../../data/diameter/dictionary.json', import.meta.url), 'utf8'));
}

export interface DecodedMessage {
  readonly found: FoundMessage;
  /** Undefined when there is not even a header. */
  readonly tree: MessageTree | undefined;
  readonly faults: readonly DiameterFault[];
}

export type Decoded =
  | { readonly kind: 'message'; readonly message: DecodedMessage }
  | { readonly kind: 'fault'; readonly fault: InputFault };

/** Messages of a file (capture or hexadecimal text), or of the text itself. Throws a RefusedError for an input that is neither. */
export function* decodeDiameter(input: string): Generator<Decoded, void, undefined> {
  const known = diameterDictionary();
  for (const found of inputOf(input)) {
    if (found.kind === 'fault') yield found;
    else {
      const { bytes } = found.message;
      yield { kind: 'message', message: { found: found.message, tree: messageTree(known, bytes), faults: checkMessage(known, bytes) } };
    }
  }
}

function inputOf(input: string): NonNullable<ReturnType<typeof messagesOfCapture>> | ReturnType<typeof messagesOfBlocks> {
  if (!existsSync(input)) {
    const blocks = readHexText(input);
    if (blocks === undefined)
      throw new RefusedError(
        refuse('diameter.input-unreadable', 'there is no such file, and it is no hexadecimal text', { value: input.slice(0, 120) }),
      );
    return messagesOfBlocks(blocks);
  }
  const { size } = statSync(input);
  if (size > MOST_INPUT_BYTES)
    throw new RefusedError(refuse('diameter.input-unreadable', `the file has ${size} octets, more than 1 GiB`, { file: input }));
  const bytes = readFileSync(input);
  const capture = messagesOfCapture(bytes);
  if (capture !== undefined) return capture;
  const blocks = size > MOST_TEXT_BYTES ? undefined : readHexText(bytes.toString('latin1'));
  if (blocks === undefined)
    throw new RefusedError(refuse('diameter.input-unreadable', 'it is neither pcap nor pcapng nor hexadecimal text', { file: input }));
  return messagesOfBlocks(blocks);
}
