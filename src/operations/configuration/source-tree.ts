/**
 * What a configuration file says, before it means anything: text, lists and maps with the line they
 * stand on. Values are kept as they were written, so 0.10 stays 0.10 and no number passes through floating point.
 */
export type SourceTree = SourceText | SourceList | SourceMap;

export interface SourcePlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

export interface SourceText extends SourcePlace {
  readonly kind: 'text';
  readonly text: string;
  /** Written in quotes: then `true` or `12` is text for those who look at the type. */
  readonly quoted: boolean;
}

export interface SourceList extends SourcePlace {
  readonly kind: 'list';
  readonly items: readonly SourceTree[];
}

export interface SourceMap extends SourcePlace {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, SourceTree>;
  /** Lines of the keys, where they differ from the map's own line; rows of tables have none. */
  readonly keyLines?: ReadonlyMap<string, number>;
}

/** Plain data as the YAML core schema would have it, for parts whose form another subject checks. */
export function plainData(tree: SourceTree): unknown {
  switch (tree.kind) {
    case 'list':
      return tree.items.map(plainData);
    case 'map':
      return Object.fromEntries([...tree.entries].map(([key, value]) => [key, plainData(value)]));
    case 'text':
      return tree.quoted ? tree.text : plainScalar(tree.text);
  }
}

function plainScalar(text: string): unknown {
  if (text === '' || text === '~' || text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  // Only whole numbers that are exact; 0.10 and 007 stay text.
  return /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** An empty plain value (`key:`) or null says nothing: the key counts as absent. */
export function isEmpty(tree: SourceTree): boolean {
  return tree.kind === 'text' && !tree.quoted && (tree.text === '' || tree.text === '~' || tree.text === 'null');
}
