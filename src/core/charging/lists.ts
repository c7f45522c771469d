/** Lists that mostly have one or none: each is made once for every request, and an empty array that is added to makes room for seventeen. */
export const NONE: readonly never[] = [];

/** Adds to a list in the making. */
export function added<Each>(list: Each[] | undefined, each: Each): Each[] {
  if (list === undefined) return [each];
  list.push(each);
  return list;
}

/** With one more, and no room for others. */
export function withOneMore<Each>(list: readonly Each[], each: Each): readonly Each[] {
  return list.length === 0 ? [each] : [...list, each];
}
