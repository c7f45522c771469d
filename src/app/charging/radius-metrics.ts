/** Counters of RADIUS. */
import type { RadiusNode } from '#gateways/radius/node.ts';
import { family as familyOf, type Labels, type MetricFamily } from '../telemetry/families.ts';

/** Names begin with `carillon_radius_`. */
export function radiusMetrics({ counts, known, outstanding }: RadiusNode): readonly MetricFamily[] {
  const families: MetricFamily[] = [];
  const family = (
    name: string,
    kind: 'counter' | 'gauge',
    help: string,
    values: Iterable<readonly [labels: Labels, value: number]>,
  ): void => void families.push(familyOf(`carillon_radius_${name}`, kind, help, values));
  const labelled = (counted: ReadonlyMap<string, number>, names: readonly string[]): (readonly [Labels, number])[] =>
    [...counted].map(([key, value]) => {
      const parts = key.split(' ');
      return [Object.fromEntries(names.map((name, index) => [name, parts[index] ?? ''])), value] as const;
    });
  family(
    'requests_total',
    'counter',
    'Answered requests, by client, code and result.',
    labelled(counts.answered, ['client', 'code', 'result']),
  );
  family('dropped_total', 'counter', 'Packets that were not answered, by reason.', labelled(counts.dropped, ['reason']));
  family('repetitions_total', 'counter', 'Requests that came again and got the same octets.', [[{}, counts.repetitions]]);
  family('uncharged_total', 'counter', 'Reports of sessions that are over or of nobody we know: nothing was charged.', [
    [{}, counts.uncharged],
  ]);
  family('backward_total', 'counter', 'Reports with a counter that went back: nothing was charged.', [[{}, counts.wentBack]]);
  family('dynamic_total', 'counter', 'Disconnects and CoAs, by what the NAS said.', labelled(counts.dynamic, ['request', 'result']));
  family('waiting', 'gauge', 'Requests without an answer.', [[{}, outstanding]]);
  family('sessions', 'gauge', 'Sessions whose NAS is remembered.', [[{}, known.size]]);
  return families;
}
