/** Reads CSV with quotes into one record a row, keyed by the heading. For the generators only: trusted files, whole in memory. */
export function readRecords(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\n') {
      rows.at(-1)?.push(field);
      field = '';
      if (character === '\n') rows.push([]);
    } else if (character !== '\r') field += character;
  }
  if (field !== '' || (rows.at(-1)?.length ?? 0) > 0) rows.at(-1)?.push(field);
  const [heading = [], ...body] = rows.filter((row) => row.length > 0);
  return body.map((row) => Object.fromEntries(heading.map((name, index) => [name, row[index] ?? ''])));
}

/** Writes rows under a heading, quoting where it must, with a newline at the end of every line. */
export function writeRecords(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, ...rows].map((row) => `${row.map(quote).join(',')}\n`).join('');
}

function quote(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
