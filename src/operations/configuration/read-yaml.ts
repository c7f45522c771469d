import type { Node, ParsedNode, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Reading } from './reading.ts';
import type { SourceMap, SourceTree } from './source-tree.ts';

const DEEPEST = 32;

/**
 * Reads one YAML file into trees that keep the text of every value (schema `failsafe`: all scalars are
 * text) and its line. Anchors, aliases, tags and merge keys are refused, so a small file cannot mean a
 * large one. Faults go to the reading; documents that could not be read are left out.
 */
export function readYaml(file: string, text: string, reading: Reading): readonly SourceTree[] {
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments<ParsedNode>(text, {
      schema: 'failsafe',
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const walk = new Walk(file, lines, reading);
    const trees: SourceTree[] = [];
    for (const document of Array.isArray(documents) ? documents : []) {
      for (const problem of [...document.errors, ...document.warnings]) walk.problem(problem.code, problem.message, problem.pos[0]);
      if (document.errors.length > 0 || document.contents === null) continue;
      const tree = walk.tree(document.contents, 1);
      if (tree !== undefined) trees.push(tree);
    }
    return trees;
  } catch (error) {
    // The parser recurses over nested lists; so deep a file ends here and not in a crash.
    if (error instanceof RangeError)
      reading.fault('configuration.yaml-depth', 'the file nests lists or maps too deeply', { file, line: 1 });
    else throw error;
    return [];
  }
}

class Walk {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #reading: Reading;

  constructor(file: string, lines: LineCounter, reading: Reading) {
    this.#file = file;
    this.#lines = lines;
    this.#reading = reading;
  }

  problem(code: string, message: string, offset: number): void {
    const refusal = code === 'TAG_RESOLVE_FAILED' ? 'configuration.yaml-feature' : 'configuration.yaml-broken';
    this.#reading.fault(refusal, message.split('\n')[0] ?? message, this.#place(offset));
  }

  tree(node: Node, depth: number): SourceTree | undefined {
    const place = this.#place(node.range?.[0] ?? 0);
    if (depth > DEEPEST)
      return this.#reading.fault('configuration.yaml-depth', `lists or maps are nested deeper than ${DEEPEST} levels`, place);
    if (isAlias(node))
      return this.#reading.fault(
        'configuration.yaml-feature',
        'an alias (*name) stands for a value written elsewhere',
        place,
        undefined,
        `*${node.source}`,
      );
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
      return this.#reading.fault('configuration.yaml-feature', 'a value has a tag', place, undefined, node.tag);
    }
    if ('anchor' in node && node.anchor !== undefined) {
      this.#reading.fault('configuration.yaml-feature', 'a value has an anchor (&name)', place, undefined, `&${String(node.anchor)}`);
    }
    if (isMap(node)) return this.#map(node, place.line, depth);
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => (isNode(item) ? (this.tree(item, depth + 1) ?? []) : []));
      return { kind: 'list', items, ...place };
    }
    if (isScalar(node) && typeof node.value === 'string') {
      if (node.value.includes('\u0000') || !node.value.isWellFormed())
        return this.#reading.fault('configuration.encoding', 'a value has a character that is none (zero or half a pair)', place);
      return { kind: 'text', text: node.value, quoted: node.type !== 'PLAIN', ...place };
    }
    return this.#reading.fault('configuration.yaml-feature', 'a value has a tag', place, undefined, node.tag);
  }

  #map(node: YAMLMap, line: number, depth: number): SourceMap {
    const entries = new Map<string, SourceTree>();
    const keyLines = new Map<string, number>();
    for (const { key, value } of node.items) {
      const keyPlace = this.#place(isNode(key) ? (key.range?.[0] ?? 0) : 0);
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.#reading.fault('configuration.yaml-feature', 'a key is not plain text', keyPlace);
        continue;
      }
      const name = key.value;
      if (name === '<<') {
        this.#reading.fault(
          'configuration.yaml-feature',
          'a merge key (<<) stands for values written elsewhere',
          keyPlace,
          undefined,
          name,
        );
        continue;
      }
      if (entries.has(name)) {
        this.#reading.fault('configuration.key-repeated', `"${name}" is given twice, first on line ${keyLines.get(name)}`, keyPlace, name);
        continue;
      }
      const tree = isNode(value) ? this.tree(value, depth + 1) : { kind: 'text' as const, text: '', quoted: false, ...keyPlace };
      keyLines.set(name, keyPlace.line);
      if (tree !== undefined) entries.set(name, tree);
    }
    return { kind: 'map', entries, keyLines, file: this.#file, line };
  }

  #place(offset: number): { file: string; line: number } {
    return { file: this.#file, line: this.#lines.linePos(offset).line };
  }
}
