/** Go anywhere by its name: pages, and what subjects find (Ctrl K). */

import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../client/me.ts';
import { IconSearch } from '../parts/icons.ts';
import { subjects } from '../subjects/all.ts';
import { placesOfAll } from '../subjects/places.ts';
import { useLanguage } from './language.ts';
import { recentOf } from './recent.ts';
import { isAllowed, type Subject } from './subject.ts';
import { useShellTexts } from './texts.ts';

const LEAST_TEXT = 2;
const WAIT_MS = 150;

export const openPalette = (): void => spotlight.open();

export function Palette() {
  const t = useShellTexts();
  const language = useLanguage();
  const me = useMe();
  const router = useRouter();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), WAIT_MS);
  const mine: readonly Subject[] = subjects.filter(({ entry }: Subject) => entry !== undefined && isAllowed(entry, me));
  const found = useQuery({
    queryKey: ['palette', asked],
    enabled: asked.length >= LEAST_TEXT,
    queryFn: async () => {
      const all = await Promise.allSettled(mine.map(async (each) => ({ each, hits: (await each.find?.(asked)) ?? [] })));
      return all.flatMap((one) => (one.status === 'fulfilled' && one.value.hits.length > 0 ? [one.value] : []));
    },
  });
  const go = (href: string) => () => void router.navigate({ href });
  const wanted = text.trim().toLowerCase();
  const icons = new Map(mine.flatMap(({ entry }) => (entry === undefined ? [] : [[entry.to, entry.icon] as const])));
  const pages: SpotlightActionData[] = placesOfAll()
    // Pages inside a subject are found; those of the navigation are offered before anything is written, too.
    .filter((place) => isAllowed(place, me) && (wanted !== '' || icons.has(place.to)))
    .filter(({ title }) => title[language].toLowerCase().includes(wanted))
    .map(({ to, title }) => {
      const Icon = icons.get(to);
      return {
        ...{ id: `${to} ${title.en}`, label: title[language], onClick: go(to) },
        ...(Icon === undefined ? {} : { leftSection: <Icon size={18} aria-hidden /> }),
      };
    });
  const recent: SpotlightActionData[] = (wanted === '' ? recentOf(me.email ?? '') : []).map(({ label, detail, href }) => ({
    ...{ id: `recent ${href}`, label, onClick: go(href) },
    ...(detail === undefined ? {} : { description: detail }),
  }));
  const groups: SpotlightActionGroupData[] = (asked.length >= LEAST_TEXT ? (found.data ?? []) : []).map(({ each, hits }) => ({
    group: each.title[language],
    actions: hits.map(({ label, detail, href }) => ({
      id: href,
      label,
      ...(detail === undefined ? {} : { description: detail }),
      onClick: go(href),
    })),
  }));
  return (
    <Spotlight
      actions={[
        ...(recent.length > 0 ? [{ group: t('recent'), actions: recent }] : []),
        ...(pages.length > 0 ? [{ group: t('pages'), actions: pages }] : []),
        ...groups,
      ]}
      filter={(_query, actions) => actions}
      query={text}
      onQueryChange={setText}
      nothingFound={t('nothingFound')}
      highlightQuery
      scrollable
      shortcut={null}
      attributes={{ content: { 'aria-label': t('search') } }}
      searchProps={{ leftSection: <IconSearch size={18} aria-hidden />, placeholder: t('search'), 'aria-label': t('search') }}
    />
  );
}
