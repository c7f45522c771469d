/** Every no of the API in the language of the reader, by its code: what it is, and what to do about it here. No subject. */
import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../client/me.ts';
import { onScreen } from '../../parts/on-screen.ts';
import { isolated } from '../../parts/said.tsx';
import { useLanguage } from '../../shell/language.ts';
import { isAllowed } from '../../shell/subject.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { placeOf } from './places.ts';

interface Refused {
  readonly code: string;
  /** English: this case with its figures and names. */
  readonly message: string;
  /** What was wrong, or is missing. */
  readonly value?: string;
}

interface Words {
  /** What the code means; what the API said of it where the catalogue does not have it. */
  readonly title: (code: string, said: string) => string;
  readonly remedy: (code: string, said: string) => string;
  /** In one line: the case in English, and in other languages what its code means. */
  readonly line: (refused: Refused) => string;
}

export function useRefusals(): Words {
  const language = useLanguage();
  const shell = useShellTexts();
  // A no stands at once, in English until its catalogue is there: nothing on the page gives way to it meanwhile.
  const { t } = useTranslation('refusals', { useSuspense: false });
  const clean = useCallback((text: string) => onScreen(text, shell('patternWrong')), [shell]);
  const title = useCallback((code: string, said: string) => t(code, { defaultValue: said }), [t]);
  return {
    title,
    remedy: useCallback((code, said) => t(`do ${code}`, { defaultValue: clean(said) }), [t, clean]),
    line: useCallback(({ code, message }) => (language === 'en' ? clean(message) : title(code, clean(message))), [language, clean, title]),
  };
}

/** The case in the language of the reader, where its figures and names are all that it is made of. */
function useCase(): (code: string, value: string | undefined) => string {
  const { t } = useTranslation('words', { useSuspense: false });
  return (code, value) =>
    value === undefined
      ? ''
      : t(`case ${code}`, { value: isolated(value), meaning: t(`may ${value}`, { defaultValue: '' }), defaultValue: '' });
}

/** The case as it was told, below what its code means. */
export function Case({ code, message, value }: Refused) {
  const language = useLanguage();
  const own = useCase()(code, value);
  if (language === 'en') return message;
  return own === '' ? <Told>{message}</Told> : own;
}

/** One of several: what it is, and below it, where that is not the language of the reader, the case as it was told. */
export function Refused({ code, message, value }: Refused) {
  const language = useLanguage();
  const { title } = useRefusals();
  const shell = useShellTexts();
  const said = onScreen(message, shell('patternWrong'));
  if (language === 'en') return said;
  const own = title(code, '');
  return own === '' ? (
    said
  ) : (
    <>
      {own} <Case code={code} message={said} {...(value === undefined ? {} : { value })} />
    </>
  );
}

/** In English, whatever the language of the page: figures and names of a case. */
export function Told({ children }: { readonly children: string }) {
  return (
    <Text component="span" className="quiet" size="sm" lang="en" dir="ltr" style={{ unicodeBidi: 'isolate', overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  );
}

/** The page on which it is mended: where there is one, whoever looks may see it, and it is not this one. */
export function usePlace(code: string): { readonly to: string; readonly title: string } | undefined {
  const language = useLanguage();
  const queries = useQueryClient();
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | undefined; // none around it where somebody signs in again
  const me = queries.getQueryData(meQuery.queryKey);
  const place = placeOf(code);
  if (router === undefined || me === undefined || place === undefined || !isAllowed(place, me)) return undefined;
  return router.state.location.pathname === place.to ? undefined : { to: place.to, title: place.title[language] };
}
