/** What the demonstration looks like: 100 columns, headings, the commands, and their output indented below. */
const WIDTH = 100;
const styled = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

function style(code: number, text: string): string {
  return styled ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function title(text: string): void {
  print();
  print(style(1, text));
  print('═'.repeat(WIDTH));
}

export function heading(number: number, text: string): void {
  print();
  print(style(1, `${number}  ${text}`));
  print('─'.repeat(WIDTH));
}

export function say(...lines: string[]): void {
  for (const line of lines) print(line);
}

/** A command as the reader types it, broken before its options when it is long. */
export function command(text: string): void {
  print();
  const lines = text.length <= WIDTH - 2 ? [text] : wrapped(text);
  print(style(36, `$ ${lines.join(' \\\n    ')}`));
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const part of text.split(/ (?=--)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length < WIDTH - 6) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines;
}

/** Which lines of an output are shown; all of them when nothing is said. */
export interface Part {
  /** Lines from the beginning. */
  readonly most?: number;
  /** Then from the line that fits, to the next empty one. */
  readonly from?: RegExp;
  /** Then lines from the end. */
  readonly last?: number;
}

/** Output of a command, or parts of it; says how many lines were left out. */
export function output(text: string, { most = Number.POSITIVE_INFINITY, from, last = 0 }: Part = {}): void {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const begin = from === undefined ? -1 : lines.findIndex((line) => from.test(line));
  const end = begin < 0 ? -1 : lines.findIndex((line, at) => at > begin && line.trim() === '');
  const shown = lines.map((_, at) => at < most || at >= lines.length - last || (begin >= 0 && at >= begin && (end < 0 || at < end)));
  let hidden = 0;
  const sayHidden = (): void => {
    if (hidden > 0) print(style(2, `… ${hidden} more lines`));
    hidden = 0;
  };
  lines.forEach((line, at) => {
    if (shown[at] !== true) {
      hidden += 1;
      return;
    }
    sayHidden();
    print(line);
  });
  sayHidden();
}

export function took(seconds: number): void {
  print(style(2, `${`${seconds.toFixed(1)} s`.padStart(WIDTH)}`));
}
