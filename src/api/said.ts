/** What is said in pieces, for whoever says it in a language of theirs. */
import Type from 'typebox';
import type { Explanation } from '#core/rating/explanation.ts';
import type { Said } from '#core/said.ts';

export const SaidSchema = Type.Array(
  Type.Union([
    Type.String(),
    Type.Object({ code: Type.String(), values: Type.Record(Type.String(), Type.String()) }, { additionalProperties: false }),
  ]),
  {
    description: 'The same in pieces that can be said in any language: codes with their values, and between them what needs no language.',
  },
);

/** Its pieces with every value as it may be shown. */
export function saidShown(
  said: Said,
  shown: (text: string, name?: string) => string,
): (string | { code: string; values: Record<string, string> })[] {
  return said.map((piece) =>
    typeof piece === 'string'
      ? shown(piece)
      : { code: piece.code, values: Object.fromEntries(Object.entries(piece.values).map(([name, value]) => [name, shown(value, name)])) },
  );
}

/** The steps of an explanation. */
export const Explained = Type.Array(Type.Object({ step: Type.String(), said: SaidSchema }, { additionalProperties: false }), {
  description: 'The steps again, each in pieces for other languages.',
});

export function explainedShown(steps: Explanation['steps'], shown: (text: string, name?: string) => string) {
  return steps.map(({ step, said }) => ({ step, said: saidShown(said, shown) }));
}
