/**
 * Passwords that are guessed first, however long they are: what repeats, what runs along a row of keys or the alphabet, words that are on every
 * list, and what the sign-in itself says of its person (NIST SP 800-63B-4 §3.1.1.2: a blocklist with the service's and the person's own names).
 */

/** Of each such part only one character counts; fewer than so many are too few. */
const FEWEST = 8;
/** The same again, and again: up to so many characters of it stand there once. */
const REPEATED = /(.{1,8}?)\1+/gsu;
const SHORTEST_RUN = 3;
const SHORTEST_WORD = 3;

/** Rows of keyboards, and what people count along. Read both ways. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
]
  .concat(['1qaz2wsx3edc4rfv5tgb6yhn7ujm', '1q2w3e4r5t6y7u8i9o0p', '!@#$%^&*()'])
  .flatMap((row) => [row, [...row].reverse().join('')]);

/** Heads of the lists of passwords that were stolen, and the words of this house. */
const WORDS = `password passwort passwords passphrase kennwort motdepasse contrasena secret geheim admin administrator login logon signin
  welcome willkommen letmein master monkey dragon football baseball basketball sunshine princess superman batman iloveyou loveyou trustno
  shadow michael jordan charlie daniel thomas jessica ashley summer winter spring autumn sommer january february march april june july august
  september october november december monday friday sunday test testing default changeme change temp temporary guest user root system server
  company office internet computer hello hallo freedom whatever starwars pokemon google facebook apple samsung cheese cookie banana orange
  purple flower chelsea liverpool arsenal mustang ferrari porsche harley hunter killer soccer hockey ginger pepper maggie buster tigger
  carillon billing telecom interconnect operator carrier settlement portal console finance support partner customer invoice roaming`.split(
  /\s+/,
);

/** What letters are written as by who was told to use a figure and a sign. */
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** `about`: what is known of the person besides, such as its name and address; each word of it counts as one character. */
export function isGuessable(password: string, about: readonly string[] = []): boolean {
  const text = once(password);
  const plain = text.map((each) => LETTERS[each] ?? each);
  const own = about.flatMap((each) => each.split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= SHORTEST_WORD);
  const words = [...WORDS, ...own].map(once);
  let count = 0;
  for (let at = 0; at < text.length; count += 1) {
    const known = words.map((word) => (hasAt(text, word, at) || hasAt(plain, word, at) ? word.length : 0));
    at += Math.max(1, runAt(text, at), yearAt(text, at), ...known);
  }
  return count < FEWEST;
}

/** The characters as they are compared, what repeats only once. */
function once(text: string): readonly string[] {
  const said = text.normalize('NFKC').toLowerCase();
  const shorter = said.replace(REPEATED, '$1');
  return shorter === said ? [...said] : once(shorter);
}

function hasAt(text: readonly string[], word: readonly string[], at: number): boolean {
  return word.every((each, index) => text[at + index] === each);
}

/** How many characters from here on follow a row of keys; 0: too few for a habit. */
function runAt(text: readonly string[], at: number): number {
  let longest = 0;
  for (const row of ROWS) {
    for (let from = row.indexOf(text[at] ?? ''); from >= 0; from = row.indexOf(text[at] ?? '', from + 1)) {
      let length = 0;
      while (at + length < text.length && text[at + length] === row[from + length]) length += 1;
      longest = Math.max(longest, length);
    }
  }
  return longest >= SHORTEST_RUN ? longest : 0;
}

function yearAt(text: readonly string[], at: number): number {
  return /^(19|20)\d\d$/.test(text.slice(at, at + 4).join('')) ? 4 : 0;
}
