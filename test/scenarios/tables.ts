/** Reads the tables of a Markdown page: every row of every table whose first column is `#`. */
export interface Row {
  /** What the row is called: its `#`. */
  readonly name: string;
  /** The last heading above it. */
  readonly heading: string;
  readonly line: number;
  /** Cells by the column's title. */
  readonly cells: ReadonlyMap<string, string>;
}

export function readTables(markdown: string): readonly Row[] {
  const rows: Row[] = [];
  let heading = '';
  let titles: readonly string[] = [];
  for (const [index, line] of markdown.split('\n').entries()) {
    if (line.startsWith('#')) heading = line.replace(/^#+ /, '');
    if (!line.startsWith('|')) {
      titles = [];
      continue;
    }
    const cells = line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim());
    if (titles.length === 0) titles = cells;
    else if (titles[0] === '#' && !cells.every((cell) => /^:?-+:?$/.test(cell))) {
      if (cells.length !== titles.length)
        throw new Error(`line ${index + 1} has ${cells.length} cells, its table has ${titles.length} columns`);
      rows.push({ name: cells[0] ?? '', heading, line: index + 1, cells: new Map(titles.map((title, at) => [title, cells[at] ?? ''])) });
    }
  }
  return rows;
}
