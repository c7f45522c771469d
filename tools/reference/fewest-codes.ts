/**
 * The fewest codes by which the longest match of every number is what it was: ten siblings that agree become their
 * parent, and a code that says what its next shorter one says is dropped.
 */
export function fewestCodes(codes: ReadonlyMap<string, string>): Map<string, string> {
  const merged = new Map(codes);
  const parents = new Set<string>();
  for (const code of codes.keys()) for (let length = code.length - 1; length > 0; length--) parents.add(code.slice(0, length));
  for (const parent of [...parents].sort((a, b) => b.length - a.length)) {
    const first = merged.get(`${parent}0`);
    if (first === undefined) continue;
    const children = Array.from({ length: 10 }, (_, digit) => `${parent}${digit}`);
    // A child with codes of its own below it still stands for all its other numbers, so it may be folded as well.
    if (children.every((child) => merged.get(child) === first)) {
      for (const child of children) merged.delete(child);
      merged.set(parent, first);
    }
  }
  const kept = new Map<string, string>();
  for (const [code, value] of [...merged].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))) {
    if (longestMatch(kept, code.slice(0, -1)) !== value) kept.set(code, value);
  }
  return new Map([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The plain way; the codes of the generators are few enough. */
export function longestMatch(codes: ReadonlyMap<string, string>, digits: string): string | undefined {
  for (let length = digits.length; length > 0; length--) {
    const value = codes.get(digits.slice(0, length));
    if (value !== undefined) return value;
  }
  return undefined;
}
