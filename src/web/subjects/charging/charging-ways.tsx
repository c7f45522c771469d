/** The pages of charging beside each other. */
import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useLanguage } from '../../shell/language.ts';
import { pages } from './pages.ts';
import { useTexts } from './texts.ts';

export function ChargingWays({ here }: { readonly here: (typeof pages)[number]['to'] }) {
  const t = useTexts();
  const language = useLanguage();
  const navigate = useNavigate();
  return (
    <Tabs value={here} onChange={(to) => to !== null && void navigate({ to })}>
      <Tabs.List aria-label={t('title')}>
        {pages.map(({ to, title }) => (
          <Tabs.Tab key={to} value={to}>
            {title[language]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
