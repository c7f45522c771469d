/** The pages of the settings beside each other. */
import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMay } from '../../client/me.ts';
import { useLanguage } from '../../shell/language.ts';
import { pages } from './pages.ts';
import { useTexts } from './texts.ts';

export function Ways({ here }: { readonly here: (typeof pages)[number]['to'] }) {
  const t = useTexts();
  const may = useMay();
  const language = useLanguage();
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  // On a phone the page that is open may be beyond the edge.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for what ends the effect.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <Tabs value={here} onChange={(to) => to !== null && void navigate({ to })}>
      <Tabs.List aria-label={t('title')} ref={list}>
        {pages
          .filter(({ permission }) => may(permission))
          .map(({ to, title }) => (
            <Tabs.Tab key={to} value={to}>
              {title[language]}
            </Tabs.Tab>
          ))}
      </Tabs.List>
    </Tabs>
  );
}
