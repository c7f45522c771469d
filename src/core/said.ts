/**
 * What is said to people in pieces that can be said in any language: sayings, each a code and its values, and what needs no language, such as
 * a calculation. A subject keeps the English of its sayings beside what says them; the console has them in its languages by the same codes.
 */
export interface Saying {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
}

export type Said = readonly (string | Saying)[];

/** English by code: `{{name}}` is a value, `{{name, word}}` a value of a closed list, which languages say as well. */
export type Sayings = Readonly<Record<string, string>>;

const PLACE = /\{\{(\w+)(?:, \w+)?\}\}/g;

export function inEnglish(said: Said, sayings: Sayings): string {
  return said
    .map((piece) =>
      typeof piece === 'string' ? piece : (sayings[piece.code] ?? piece.code).replace(PLACE, (_, name: string) => piece.values[name] ?? ''),
    )
    .join('');
}

/** The pieces with a text between each two. */
export function joined(pieces: readonly (string | Saying)[], between: string): Said {
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [between, piece]));
}
