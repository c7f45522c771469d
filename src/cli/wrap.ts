import { displayWidth, TABLE_WIDTH } from './table.ts';

/** Lines broken at spaces to the width; what goes on stands under the text behind the line's first word: `rate  5255… matches`. */
export function hanging(text: string, width = TABLE_WIDTH): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const hang = ' '.repeat(/^\s*\S+\s{2,}/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let rest = line;
  while (displayWidth(rest) > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= hang.length) break;
    lines.push(rest.slice(0, at));
    rest = hang + rest.slice(at + 1);
  }
  return [...lines, rest].join('\n');
}
