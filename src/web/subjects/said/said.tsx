/** What the API says in pieces (causes of differences, steps of prices), in the language of the reader. No subject. */
import { Fragment, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../client/client.ts';
import { directionOf, useLanguage } from '../../shell/language.ts';

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

/** The same on the page, in the direction of its language; a calculation and a moment run from left to right in all of them. */
export function Pieces({ said }: { readonly said: Said }) {
  const say = useSaid();
  const language = useLanguage();
  return (
    <bdi dir={directionOf(language)}>
      {said.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place
        <Fragment key={at}>{typeof piece === 'string' ? <Calculation of={piece} /> : <Runs of={say([piece])} />}</Fragment>
      ))}
    </bdi>
  );
}

/** What joins it with words before and after it stands between them, in their direction. */
function Calculation({ of }: { readonly of: string }) {
  const [, before = '', what = '', behind = ''] = /^([\s=×+−→:]*)(.*?)([\s=×+−→:]*)$/s.exec(of) ?? [];
  if (!/\d/.test(what)) return of;
  return (
    <>
      {before}
      <bdi dir="ltr" style={{ whiteSpace: 'pre-wrap' }}>
        <Runs of={what} />
      </bdi>
      {behind}
    </>
  );
}

/** A day or an instant, an amount with its currency, a figure whose last digits repeat, a number whose end is masked: one run, whatever stands around it. */
const RUN = /(\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z| UTC)?)?|[−-]?\d[\d.,]* [A-Z]{3}\b|[−-]?\d[\d.,]*\(\d+\)|\d+\*+)/;

/** Not broken at its hyphens or blanks, nor turned. */
export function Runs({ of }: { readonly of: string }) {
  return of.split(RUN).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place
      <bdi key={at} dir="ltr" style={{ whiteSpace: 'nowrap' }}>
        {part}
      </bdi>
    ),
  );
}
