/** The pages of the settings beside each other. */
import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../../client/me.ts';
import { useTexts } from './texts.ts';

const pages = [
  { to: '/settings', text: 'users', permission: 'access:read' },
  { to: '/settings/roles', text: 'roles', permission: 'access:read' },
  { to: '/settings/keys', text: 'keys', permission: 'access:read' },
  { to: '/settings/webhooks', text: 'webhooks', permission: 'webhooks:read' },
  { to: '/settings/audit-trail', text: 'audit', permission: 'audit:read' },
] as const;

export function Ways({ here }: { readonly here: (typeof pages)[number]['to'] }) {
  const t = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Tabs value={here} onChange={(to) => to !== null && void navigate({ to })}>
      <Tabs.List aria-label={t('title')}>
        {pages
          .filter(({ permission }) => may(permission))
          .map(({ to, text }) => (
            <Tabs.Tab key={to} value={to}>
              {t(text)}
            </Tabs.Tab>
          ))}
      </Tabs.List>
    </Tabs>
  );
}
