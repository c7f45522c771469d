/**
 * Looks at TypeScript as text, without its compiler: blanks comments, and strings when asked, so that a pattern
 * finds code and not what is written about it. Lengths and line numbers stay.
 */
export function blank(source: string, what: { readonly strings: boolean }): string {
  const out = source.split('');
  const wipe = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1) if (out[index] !== '\n') out[index] = ' ';
  };
  /** Blanks up to `end` from `start`, at nesting depth 0 of `}` when inside a template's expression. */
  const scan = (start: number, inTemplate: boolean): number => {
    let depth = 0;
    let at = start;
    while (at < source.length) {
      const character = source[at] ?? '';
      if (character === '/' && source[at + 1] === '/') {
        const end = endOfLine(source, at);
        wipe(at, end);
        at = end;
      } else if (character === '/' && source[at + 1] === '*') {
        const close = source.indexOf('*/', at + 2);
        const end = close === -1 ? source.length : close + 2;
        wipe(at, end);
        at = end;
      } else if (character === "'" || character === '"') {
        const end = endOfQuoted(source, at, character);
        if (what.strings) wipe(at + 1, end - 1);
        at = end;
      } else if (character === '`') {
        at = scanTemplate(at + 1);
      } else if (character === '/' && startsPattern(source, at)) {
        const end = endOfPattern(source, at);
        if (what.strings) wipe(at + 1, end - 1);
        at = end;
      } else {
        if (character === '{') depth += 1;
        if (character === '}') {
          if (inTemplate && depth === 0) return at + 1;
          depth -= 1;
        }
        at += 1;
      }
    }
    return at;
  };
  const scanTemplate = (start: number): number => {
    let at = start;
    while (at < source.length) {
      if (source[at] === '\\') {
        if (what.strings) wipe(at, at + 2);
        at += 2;
      } else if (source[at] === '`') {
        return at + 1;
      } else if (source.startsWith('${', at)) {
        at = scan(at + 2, true);
      } else {
        if (what.strings) wipe(at, at + 1);
        at += 1;
      }
    }
    return at;
  };
  scan(0, false);
  return out.join('');
}

/** The comments of a source, each with its 1-based line. */
export function commentLines(source: string): readonly { readonly line: number; readonly text: string }[] {
  const code = blank(source, { strings: false }).split('\n');
  return source
    .split('\n')
    .map((text, index) => ({ line: index + 1, text: difference(text, code[index] ?? '') }))
    .filter(({ text }) => text !== '');
}

/** 1-based line of an offset. */
export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

function difference(text: string, code: string): string {
  return [...text]
    .map((character, index) => (code[index] === character ? ' ' : character))
    .join('')
    .trim();
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end;
}

function endOfQuoted(source: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** A slash is a division after a value, and starts a pattern elsewhere. */
function startsPattern(source: string, at: number): boolean {
  const before = source.slice(Math.max(0, at - 40), at).trimEnd();
  return (
    before === '' || /[(,=:[!&|?{};+\-*%<>~^]$/.test(before) || /\b(return|typeof|case|in|of|do|else|void|throw|yield|await)$/.test(before)
  );
}

function endOfPattern(source: string, from: number): number {
  let inClass = false;
  let at = from + 1;
  while (at < source.length && source[at] !== '\n') {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) break;
    at += 1;
  }
  return at + 1;
}
