import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { UsageEvent } from '../usage/usage-event.ts';
import { BinMatcher } from './bins.ts';
import type { BinRule, BinSet } from './profile.ts';

const prefix = fc.constantFrom('', '9', '91', '911', '9111', '44', '447');
const prefixes = fc.option(
  fc.uniqueArray(
    prefix.filter((each) => each !== ''),
    { minLength: 1, maxLength: 3 },
  ),
  { nil: undefined },
);
const words = fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }), { nil: undefined });

const rule = fc
  .record({ bin: fc.constantFrom('x', 'y', 'z'), called: prefixes, routed: prefixes, calling: prefixes, owner: words, trunkIn: words })
  .map((said) => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as unknown as BinRule); // without what is undefined
const set = fc.record({ rules: fc.array(rule, { maxLength: 8 }), otherwise: fc.constantFrom('other', undefined) });
const number = fc.tuple(prefix, fc.constantFrom('', '1', '11', '22')).map(([head, tail]) => head + tail);
const call = fc.record({
  called: number,
  calling: fc.option(number, { nil: undefined }),
  routing: fc.option(number, { nil: undefined }),
  owner: fc.constantFrom('a', 'b', undefined),
  trunkIn: fc.constantFrom('a', 'c', undefined),
});

/** The plain model: every rule with every of its prefixes, the best by three lengths and its place. */
function plainly(
  rules: readonly BinRule[],
  otherwise: string | undefined,
  said: {
    called: string;
    calling: string | undefined;
    routing: string | undefined;
    owner: string | undefined;
    trunkIn: string | undefined;
  },
): string | undefined {
  let best: { readonly bin: string; readonly rank: readonly number[] } | undefined;
  const longest = (list: readonly string[] | undefined, text: string | undefined): number | undefined => {
    if (list === undefined) return 0;
    const lengths = list.filter((each) => text?.startsWith(each)).map((each) => each.length);
    return lengths.length === 0 ? undefined : Math.max(...lengths);
  };
  for (const [place, each] of rules.entries()) {
    const lengths = [
      longest(each.called, said.called),
      longest(each.routed, said.routing ?? said.called),
      longest(each.calling, said.calling),
    ];
    if (lengths.includes(undefined)) continue;
    if (each.owner !== undefined && (said.owner === undefined || !each.owner.includes(said.owner))) continue;
    if (each.trunkIn !== undefined && (said.trunkIn === undefined || !each.trunkIn.includes(said.trunkIn))) continue;
    const rank = [...lengths.map((length) => length ?? 0), -place];
    const difference = best === undefined ? 1 : (rank.map((value, at) => value - (best?.rank[at] ?? 0)).find((value) => value !== 0) ?? 0);
    if (difference > 0) best = { bin: each.bin, rank };
  }
  return best?.bin ?? otherwise;
}

test('an event is in the bin that looking at every rule gives', () => {
  fc.assert(
    fc.property(set, fc.array(call, { minLength: 1, maxLength: 10 }), ({ rules, otherwise }, calls) => {
      const bins: BinSet = { id: 's', zone: 'UTC', rules, ...(otherwise === undefined ? {} : { otherwise }) };
      const matcher = new BinMatcher(bins, [], undefined);
      for (const said of calls) {
        const { called, calling, routing, owner, trunkIn } = said;
        const event: UsageEvent = {
          ...{
            id: 'e',
            source: 's',
            service: 'voice',
            startMicros: 0,
            answered: true,
            durationMicros: 0,
            quantity: 0,
            bytesUp: 0,
            bytesDown: 0,
          },
          called,
          ...(calling === undefined ? {} : { calling }),
          ...(trunkIn === undefined ? {} : { trunkIn }),
        };
        const found = { ...(routing === undefined ? {} : { routing }), ...(owner === undefined ? {} : { owner }) };
        const expected = plainly(rules, otherwise, said);
        const name = matcher.names[matcher.at(event, found)];
        assert.equal(name, expected === undefined ? undefined : `s/${expected}`);
      }
    }),
    { seed: 22, numRuns: 3000 },
  );
});
