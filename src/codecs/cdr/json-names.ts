/**
 * Names that stand twice in one JSON object. JSON.parse takes the last and says nothing: of two durations one would be
 * charged and the other lost.
 */

/** The names that are looked at, each with those inside it. */
export type JsonNames = Map<string, JsonNames>;

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/** Of paths such as `dur.s`. */
export function namesOf(paths: readonly (readonly string[])[]): JsonNames {
  const names: JsonNames = new Map();
  for (const path of paths) {
    let at = names;
    for (const name of path) {
      const inside = at.get(name) ?? new Map();
      at.set(name, inside);
      at = inside;
    }
  }
  return names;
}

/** An object or a list that is open. */
interface Open {
  /** What is looked at in it; undefined: nothing. */
  readonly names: JsonNames | undefined;
  readonly list: boolean;
  /** Of an object in which something is looked at. */
  readonly seen: Set<string> | undefined;
  /** Of a list: the element under way. */
  index: number;
}

/** A name on one of the paths that its object has twice; undefined without. The text is what JSON.parse takes. */
export function nameTwice(text: string, names: JsonNames): string | undefined {
  const open: Open[] = [];
  let inside: JsonNames | undefined = names;
  let nameNext = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const top = open.at(-1);
    if (code === QUOTE) {
      const end = endOfText(text, at);
      if (nameNext) {
        const name = top?.names === undefined ? '' : nameAt(text, at, end);
        inside = top?.names?.get(name);
        if (inside !== undefined && top?.seen?.has(name) === true) return name;
        if (inside !== undefined) top?.seen?.add(name);
        nameNext = false;
      }
      at = end;
    } else if (code === OPEN) {
      open.push({ names: inside, list: false, seen: inside === undefined ? undefined : new Set(), index: 0 });
      nameNext = true;
    } else if (code === OPEN_LIST) {
      open.push({ names: inside, list: true, seen: undefined, index: 0 });
      inside = elementOf(inside, 0);
    } else if (code === CLOSE || code === CLOSE_LIST) {
      open.pop();
      nameNext = false;
    } else if (code === COMMA && top !== undefined) {
      nameNext = !top.list;
      top.index += 1;
      if (top.list) inside = elementOf(top.names, top.index);
    }
  }
  return undefined;
}

/** As the reader of paths does: where a path does not say which element, the first is meant. */
function elementOf(names: JsonNames | undefined, index: number): JsonNames | undefined {
  return names?.get(String(index)) ?? (index === 0 ? names : undefined);
}

/** Position of the quote that ends the text which begins at a quote. */
function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

function nameAt(text: string, from: number, end: number): string {
  const written = text.slice(from + 1, end);
  return written.includes('\\') ? String(JSON.parse(text.slice(from, end + 1))) : written;
}
