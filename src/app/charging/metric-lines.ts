/** Lines of counters as Prometheus reads them (exposition format 0.0.4). */

export type Labels = Readonly<Record<string, string>>;

/** A counter or gauge with its values, by their labels. */
export function familyLines(
  name: string,
  kind: 'counter' | 'gauge',
  help: string,
  values: Iterable<readonly [labels: Labels, value: number]>,
): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...[...values].map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
  ];
}

/** What peers write of themselves is quoted, so that no name ends a line. */
function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([label, value]) => `${label}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
