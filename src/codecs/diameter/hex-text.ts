/**
 * Octets written as hexadecimal digits: runs of digits, or the lines of `tshark -x`, `xxd` and `hexdump -C`. Offsets in front and
 * the characters behind are no octets; neither is what follows a `#`. An offset of 0, an empty line among dumps and a line
 * that ends in a colon begin a new block.
 */

/** Undefined when a line is in no such form, or there are no octets. */
export function readHexText(text: string): readonly Uint8Array[] | undefined {
  const blocks: number[][] = [[]];
  let dumped = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/#.*$/, '').trim();
    if (line.endsWith(':')) {
      blocks.push([]);
      continue;
    }
    const dump = DUMP.exec(line);
    dumped ||= dump !== null;
    if (dump !== null && Number.parseInt(dump[1] ?? '', 16) === 0) blocks.push([]);
    const digits = dump !== null ? (dump[2] ?? '').replaceAll(' ', '').slice(0, MOST_DIGITS) : plainDigits(line, dumped);
    if (digits === undefined) return undefined;
    const block = blocks.at(-1) ?? [];
    for (let at = 0; at < digits.length; at += 2) block.push(Number.parseInt(digits.slice(at, at + 2), 16));
  }
  const filled = blocks.filter((block) => block.length > 0).map((block) => Uint8Array.from(block));
  return filled.length === 0 ? undefined : filled;
}

/** A line of a dump has 16 octets. */
const MOST_DIGITS = 32;
/** An offset of 4 to 8 digits with a colon or two spaces behind it; octets alone or in pairs. */
const DUMP = /^([0-9a-f]{4,8})(?::| {2,}|\t)\s*((?:[0-9a-f]{2}){1,2}(?: {1,2}(?:[0-9a-f]{2}){1,2}){0,15})(?:\s{2,}.*|\s*\|.*)?$/i;
/** The last line of `hexdump -C`. */
const LAST_OFFSET = /^[0-9a-f]{7,8}$/i;

function plainDigits(line: string, dumped: boolean): string | undefined {
  if (dumped && LAST_OFFSET.test(line)) return '';
  const digits = line.replace(/0x/gi, '').replace(/[\s,:]/g, '');
  return /^(?:[0-9a-f]{2})*$/i.test(digits) ? digits : undefined;
}
