/** Values by dotted paths as a tree on the terminal: what paths have in common is written once. */
import { visibleText } from '#core/refusals.ts';

export interface PathValue {
  readonly path: string;
  readonly text: string;
}

/** At most `most` lines, each cut to `width`; the last says how many values are left out. */
export function pathTree(values: readonly PathValue[], most: number, width: number, indent: string): string {
  const lines: string[] = [];
  let above: readonly string[] = [];
  let shown = 0;
  for (const { path, text } of values) {
    const names = namesOf(path);
    const common = names.findIndex((name, index) => name !== above[index] || index === names.length - 1);
    if (lines.length + names.length - common > most) break;
    for (let depth = common; depth < names.length; depth++) {
      const value = depth === names.length - 1 ? `  ${visibleText(text)}` : '';
      const line = `${indent}${'  '.repeat(depth)}${visibleText(names[depth] ?? '')}${value}`;
      lines.push(line.length > width ? `${line.slice(0, width - 1)}…` : line);
    }
    above = names.slice(0, -1);
    shown += 1;
  }
  if (shown < values.length) lines.push(`${indent}and ${values.length - shown} more values`);
  return lines.join('\n');
}

/** Points inside brackets, such as those of a tag, do not part names. */
function namesOf(path: string): readonly string[] {
  return path.match(/(?:\[[^\]]*\]|[^.])+/g) ?? [path];
}
