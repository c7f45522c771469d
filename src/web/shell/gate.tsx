/**
 * In front of every page: where the role of who is signed in has none of it, that is said once, and nothing is offered that the server would refuse.
 * The server refuses all the same; this leaves out a page of refusals.
 */
import { Anchor, Text } from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMe } from '../client/me.ts';
import { Page } from '../parts/page.tsx';
import { placesAt } from '../subjects/places.ts';
import { useWord } from '../subjects/words/words.ts';
import { useLanguage, useTextsEverywhere } from './language.ts';
import { isAllowed, isOfParty, type Place } from './subject.ts';
import { useShellTexts } from './texts.ts';

export function Gate() {
  const me = useMe();
  useTextsEverywhere();
  // Of what stands here now: the address may be a step ahead of it, while the next page is fetched.
  const pathname = useRouterState({ select: ({ matches }) => matches.at(-1)?.pathname ?? '/' });
  const places = placesAt(pathname);
  const isClosed = places.length > 0 && !places.some((each) => isAllowed(each, me));
  // biome-ignore lint/correctness/useExhaustiveDependencies: who gets another role on a page stays on it, with what was written there
  const wasClosed = useMemo(() => isClosed, [pathname]);
  const [place] = places;
  return isClosed && wasClosed && place !== undefined ? <Closed place={place} role={me.role ?? ''} /> : <Outlet />;
}

function Closed({ place, role }: { readonly place: Place; readonly role: string }) {
  const t = useShellTexts();
  const word = useWord();
  const language = useLanguage();
  return (
    <Page title={t('notYours')}>
      <Text>{t(isOfParty(role) ? 'notYoursParty' : 'notYoursWhy', { page: place.title[language], role: word(role) })}</Text>
      <Anchor component={Link} to="/">
        {t('lostGo')}
      </Anchor>
    </Page>
  );
}
