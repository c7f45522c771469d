/** An entry of the audit trail field by field: what it was, what was asked, what it is. */
export interface ToldField {
  /** As the API calls it; of what is within something else with its names before it. */
  readonly name: string;
  readonly before?: string;
  readonly asked?: string;
  readonly after?: string;
}

export interface ToldEntry {
  readonly fields: readonly ToldField[];
  /** Of those that were kept with it and that it did not change. */
  readonly unchanged: number;
}

interface Texts {
  readonly asked?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Of the API's requests; the command line names its options without. */
const PARTS = /^(?:parameters|query|body)\./;

export function toldOf({ asked, before, after }: Texts): ToldEntry {
  const [was, is] = [flat(before), flat(after)];
  const wanted = new Map([...flat(asked)].map(([name, value]) => [name.replace(PARTS, ''), value]));
  const fields = [...new Set([...was.keys(), ...wanted.keys(), ...is.keys()])].map((name): ToldField => {
    const [old, want, now] = [was.get(name), wanted.get(name), is.get(name)];
    return {
      name,
      ...(old === undefined ? {} : { before: old }),
      ...(want === undefined ? {} : { asked: want }),
      ...(now === undefined ? {} : { after: now }),
    };
  });
  // What was only seen before says something only where nothing came of it that is known: it was deleted.
  const isAllGone = wanted.size === 0 && is.size === 0;
  const changed = fields.filter((each) => {
    if (each.before === undefined) return true;
    const now = each.after ?? each.asked;
    return now === undefined ? isAllGone || after !== undefined : now !== each.before;
  });
  return { fields: changed, unchanged: fields.length - changed.length };
}

/** On one line. */
export function toldLine({ fields }: ToldEntry): string {
  return fields
    .map(({ name, before, asked, after }) => {
      const now = after ?? asked;
      return `${name}: ${[before, now].filter((each) => each !== undefined).join(' → ')}`;
    })
    .join(' · ');
}

/** Names with their values, of JSON; a text that is none is its own only value. */
function flat(text: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (text === undefined) return found;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  put(found, [], value);
  return found;
}

function put(found: Map<string, string>, path: readonly string[], value: unknown): void {
  const name = path.join('.');
  if (typeof value !== 'object' || value === null) {
    found.set(name, value === null ? '–' : String(value));
    return;
  }
  const isPlain = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null);
  if (isPlain) {
    found.set(name, value.length === 0 ? '–' : value.join(', '));
    return;
  }
  // People count from 1.
  for (const [key, each] of Object.entries(value)) put(found, [...path, Array.isArray(value) ? String(Number(key) + 1) : key], each);
}
