/**
 * Whether a regular expression of a declaration can be trusted with any text. JavaScript's engine tries alternatives one
 * after the other, so an expression such as `(a+)+$` takes for ever on a short text. Here the work is estimated from the
 * expression alone: what repeats something that can itself be read in several ways is refused, and the number of open
 * repetitions side by side says how long a text may be.
 */
export interface PatternCost {
  /** Open repetitions (`*`, `+`, `{2,}`) that can trade characters with each other; one more when it may begin anywhere. */
  readonly degree: number;
  /** Characters of a text that it is tried on; a longer one counts as not fitting. */
  readonly mostCharacters: number;
}

const MOST_WAYS = 10_000;
const MOST_DEGREE = 5;
/** By degree: the steps stay below some 10⁶. */
const MOST_CHARACTERS = [100_000, 100_000, 1000, 200, 64, 32] as const;
const LONGEST = 500;

/** What is wrong with the expression as a text, or its cost. */
export function patternCost(pattern: string): PatternCost | string {
  if (pattern.length > LONGEST) return `has more than ${LONGEST} characters`;
  try {
    new RegExp(pattern);
  } catch {
    return 'is not a regular expression';
  }
  const parsed = new Parser(pattern).alternatives();
  if (typeof parsed === 'string') return parsed;
  const degree = parsed.degree + (pattern.startsWith('^') ? 0 : 1);
  if (parsed.ways > MOST_WAYS) return 'can read one text in too many ways';
  if (degree > MOST_DEGREE) return `has too many open repetitions (at most ${MOST_DEGREE}, one less when it does not begin with ^)`;
  return { degree, mostCharacters: MOST_CHARACTERS[degree] ?? 32 };
}

/** Groups that catch something; the expression must be right. */
export function groupsOf(pattern: string): number {
  return (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1;
}

/** In how many ways a part can be read whatever the length of the text, and how many open repetitions it has. */
interface Part {
  readonly ways: number;
  readonly degree: number;
}

const ONE: Part = { ways: 1, degree: 0 };

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternatives(): Part | string {
    let ways = 0;
    let degree = 0;
    for (;;) {
      const branch = this.#sequence();
      if (typeof branch === 'string') return branch;
      ways += branch.ways;
      degree = Math.max(degree, branch.degree);
      if (this.#text[this.#at] !== '|') return { ways, degree };
      this.#at += 1;
    }
  }

  #sequence(): Part | string {
    let ways = 1;
    let degree = 0;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')') {
      const atom = this.#atom();
      if (typeof atom === 'string') return atom;
      const repeated = this.#repeated(atom);
      if (typeof repeated === 'string') return repeated;
      ways = Math.min(ways * repeated.ways, MOST_WAYS + 1);
      degree += repeated.degree;
    }
    return { ways, degree };
  }

  #atom(): Part | string {
    const text = this.#text;
    const character = text[this.#at];
    if (character === '[') {
      this.#at += 1;
      if (text[this.#at] === '^') this.#at += 1;
      while (this.#at < text.length && text[this.#at] !== ']') this.#at += text[this.#at] === '\\' ? 2 : 1;
      this.#at += 1;
      return ONE;
    }
    if (character === '\\') {
      const escaped = text[this.#at + 1] ?? '';
      this.#at += 2;
      return /[1-9k]/.test(escaped) ? 'refers back to a group' : ONE;
    }
    if (character !== '(') {
      this.#at += 1;
      return ONE;
    }
    this.#at += 1;
    const head = /^\?(?::|=|!|<=|<!|<[^>]*>)/.exec(text.slice(this.#at))?.[0] ?? '';
    this.#at += head.length;
    const inside = this.alternatives();
    this.#at += 1;
    return inside;
  }

  #repeated(part: Part): Part | string {
    const match = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.#text.slice(this.#at));
    if (match === null) return part;
    this.#at += match[0].length;
    const sign = match[0][0];
    if (sign === '?') return { ways: Math.min(part.ways + 1, MOST_WAYS + 1), degree: part.degree };
    const least = sign === '{' ? Number(match[1]) : 0;
    const most =
      sign !== '{' ? Number.POSITIVE_INFINITY : match[2] === '' ? least : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (most === Number.POSITIVE_INFINITY)
      return part.ways > 1 || part.degree > 0 ? 'repeats what can itself be read in several ways' : { ways: 1, degree: 1 };
    const ways = (most - least + 1) * part.ways ** most;
    return { ways: Math.min(ways, MOST_WAYS + 1), degree: part.degree * most };
  }
}
