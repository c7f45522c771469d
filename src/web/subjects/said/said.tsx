/** What the API says in pieces (causes of differences, steps of prices), in the language of the reader. No subject. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../client/client.ts';

type Explained = components['schemas']['UsageExplanation']['charges'][number]['explained'];
export type Said = Explained[number]['said'];

/** As text. `english` stands where there are no pieces: what was kept by an earlier version. */
export function useSaid(): (said: Said | undefined, english?: string) => string {
  const { t } = useTranslation(['said', 'words']);
  return useCallback(
    (said, english = '') =>
      said === undefined
        ? english
        : said.map((piece) => (typeof piece === 'string' ? piece : t(piece.code, { ...piece.values, defaultValue: piece.code }))).join(''),
    [t],
  );
}

/** The same on the page: what is no language's, such as a calculation, runs from left to right in all of them. */
export function Pieces({ said }: { readonly said: Said }) {
  const say = useSaid();
  return (
    <bdi>
      {said.map((piece, at) =>
        typeof piece === 'string' && /\d/.test(piece) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place
          <bdi key={at} dir="ltr" style={{ whiteSpace: 'pre-wrap' }}>
            {piece}
          </bdi>
        ) : (
          say([piece])
        ),
      )}
    </bdi>
  );
}
