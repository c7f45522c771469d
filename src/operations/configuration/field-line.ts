import type { SourceMap, SourceTree } from './source-tree.ts';

/** The line of what a dotted path such as `fields.start.time` or `layouts[2].columns` names, as deep as the tree has it. */
export function lineOfField(tree: SourceMap, field: string): number {
  let line = tree.line;
  let at: SourceTree | undefined = tree;
  for (const step of field.split(/\.|(?=\[)/)) {
    const index: string | undefined = /^\[(\d+)\]$/.exec(step)?.[1];
    // A single rule may stand where a list of rules can, and the other way round.
    if (at?.kind === 'list' && index === undefined) at = at.items[0];
    if (at?.kind === 'map' && index === undefined) {
      line = at.keyLines?.get(step) ?? line;
      at = at.entries.get(step);
    } else if (at?.kind === 'list' && index !== undefined) {
      at = at.items[Number(index)];
      line = at?.line ?? line;
    } else return line;
  }
  return line;
}
