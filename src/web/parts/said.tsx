/** What somebody wrote: in its own direction, and with nothing in it that turns what stands around it. */

/** Embeddings, overrides and isolates: marks that only turn the order. The two marks of direction stay, as languages need them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

export const withoutTurns = (text: string): string => text.replaceAll(TURNING, '');

/** Within a sentence of another direction: keeps its full stop. */
export const isolated = (text: string): string => `\u2068${withoutTurns(text)}\u2069`;

export function Said({ children }: { readonly children: string }) {
  return (
    <bdi dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {withoutTurns(children)}
    </bdi>
  );
}
