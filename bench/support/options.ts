/** What is said behind a benchmark's name: `--records 10000000`, `--keep <folder>`, `--bare`. */

/** A whole number from 0; `usual` when it is left out. Throws when it is none. */
export function numberOption(name: string, usual: number): number {
  const text = wordOption(name);
  if (text === undefined) return usual;
  if (!/^\d{1,12}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

export function wordOption(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return undefined;
  const text = process.argv[at + 1];
  if (text === undefined || text.startsWith('--')) throw new Error(`--${name} needs a value`);
  return text;
}

export function flagOption(name: string): boolean {
  return process.argv.includes(`--${name}`);
}
