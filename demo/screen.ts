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

/** A command as the reader types it; long ones go on below. */
export function command(text: string): void {
  print();
  print(style(36, `$ ${text}`));
}

/** Output, its first lines only when `most` says so; says how many were left out. */
export function output(text: string, { most = Number.POSITIVE_INFINITY, last = 0 }: { most?: number; last?: number } = {}): void {
  const lines = text.replace(/\n+$/, '').split('\n');
  if (lines.length <= most + last + 1) {
    for (const line of lines) print(`  ${line}`);
    return;
  }
  for (const line of lines.slice(0, most)) print(`  ${line}`);
  print(style(2, `  … ${lines.length - most - last} more lines`));
  for (const line of last === 0 ? [] : lines.slice(-last)) print(`  ${line}`);
}

export function took(seconds: number): void {
  print(style(2, `${`${seconds.toFixed(1)} s`.padStart(WIDTH)}`));
}
