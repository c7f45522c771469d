/** The default alphabet of GSM and its extension (TS 23.038 §6.2.1): one octet for each septet, as SMPP carries them. */

/** The place of a character is its code; 0x1B is the escape to the extension. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};
const ESCAPE = 0x1b;

const codes: ReadonlyMap<string, readonly number[]> = new Map([
  ...[...BASIC].flatMap((character, code): [string, readonly number[]][] => (code === ESCAPE ? [] : [[character, [code]]])),
  ...Object.entries(EXTENSION).map(([character, code]): [string, readonly number[]] => [character, [ESCAPE, code]]),
]);
const characters: ReadonlyMap<number, string> = new Map(
  [...codes].flatMap(([character, code]): [number, string][] => (code.length === 1 ? [[code[0] ?? 0, character]] : [])),
);
const extended: ReadonlyMap<number, string> = new Map(Object.entries(EXTENSION).map(([character, code]) => [code, character]));

/** The septets of each character; undefined when one is not in the alphabet. */
export function gsm7Septets(text: string): readonly (readonly number[])[] | undefined {
  const septets: (readonly number[])[] = [];
  for (const character of text) {
    const code = codes.get(character);
    if (code === undefined) return undefined;
    septets.push(code);
  }
  return septets;
}

/** What is not in the tables is a blank, as the standard says. */
export function gsm7Text(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 1) {
    const octet = octets[at] ?? 0;
    if (octet === ESCAPE) {
      at += 1;
      text += extended.get(octets[at] ?? 0) ?? ' ';
    } else text += characters.get(octet) ?? ' ';
  }
  return text;
}
