/** The fields of a line; undefined when a quote does not end. Quotes as in RFC 4180, within one line. */
export function splitLine(line: string, separator: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(separator);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      fields.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    let field = '';
    let from = at + 1;
    for (;;) {
      const quote = line.indexOf('"', from);
      if (quote < 0) return undefined;
      field += line.slice(from, quote);
      from = quote + 2;
      if (line[quote + 1] !== '"') break;
      field += '"';
    }
    fields.push(field);
    at = from - 1;
    if (at >= line.length) return fields;
    if (line[at] !== separator) return undefined;
    at += 1;
  }
}
