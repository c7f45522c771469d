/** What a partner does here: its month, its documents, its disputes, its own people and keys. */

import { createRoute } from '@tanstack/react-router';
import {
  IconBuildingBroadcastTower,
  IconCash,
  IconChartBar,
  IconFileInvoice,
  IconKey,
  IconPhoneCall,
  IconScale,
  IconTable,
  IconUpload,
  IconUser,
  IconUsers,
} from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const at = <const P extends string>(path: P) => ({ getParentRoute: () => shellRoute, path }) as const;

const accountRoute = createRoute({
  ...at('/portal/account'),
  component: lazyPage(() => import('./account-page.tsx'), 'CustomerAccountPage'),
});
const homeRoute = createRoute({ ...at('/portal/month'), component: lazyPage(() => import('./month-page.tsx'), 'MonthPage') });
const documentsRoute = createRoute({
  ...at('/portal/documents'),
  component: lazyPage(() => import('./documents-page.tsx'), 'DocumentsPage'),
});
const callsRoute = createRoute({ ...at('/portal/calls'), component: lazyPage(() => import('./calls-page.tsx'), 'CallsPage') });
const trafficRoute = createRoute({
  ...at('/portal/traffic'),
  component: lazyPage(() => import('./traffic-page.tsx'), 'TrafficPage'),
});
const ratesRoute = createRoute({ ...at('/portal/rates'), component: lazyPage(() => import('./rates-page.tsx'), 'RatesPage') });
const tariffRoute = createRoute({
  ...at('/portal/rates/$tariff'),
  component: lazyPage(() => import('./tariff-page.tsx'), 'TariffPage'),
});
const disputesRoute = createRoute({
  ...at('/portal/disputes'),
  component: lazyPage(() => import('./disputes-page.tsx'), 'DisputesPage'),
});
const disputeRoute = createRoute({
  ...at('/portal/disputes/$dispute'),
  component: lazyPage(() => import('./dispute-page.tsx'), 'PortalDisputePage'),
});
const sendRoute = createRoute({ ...at('/portal/send'), component: lazyPage(() => import('./send-page.tsx'), 'SendPage') });
const comparedRoute = createRoute({
  ...at('/portal/declarations/$declaration'),
  component: lazyPage(() => import('./compared-page.tsx'), 'ComparedPage'),
});
const paymentsRoute = createRoute({
  ...at('/portal/payments'),
  component: lazyPage(() => import('./payments-page.tsx'), 'PaymentsPage'),
});
const peopleRoute = createRoute({ ...at('/portal/users'), component: lazyPage(() => import('./people-page.tsx'), 'PeoplePage') });
const keysRoute = createRoute({ ...at('/portal/keys'), component: lazyPage(() => import('./keys-page.tsx'), 'PortalKeysPage') });

const ofPartner = { permissions: ['portal:use'], forRoles: ['partner'] } as const;
const ofBoth = { permissions: ['portal:use'], forRoles: ['partner', 'customer'] } as const;
const ofCustomer = { permissions: ['portal:use'], forRoles: ['customer'] } as const;

export const portal = subject({
  name: 'portal',
  title: { en: 'Your month', de: 'Ihr Monat', ar: 'شهركم' },
  entry: { to: '/portal/month', icon: IconBuildingBroadcastTower, ...ofPartner },
  routes: [
    homeRoute,
    accountRoute,
    ratesRoute,
    tariffRoute,
    documentsRoute,
    paymentsRoute,
    sendRoute,
    comparedRoute,
    trafficRoute,
    callsRoute,
    disputesRoute,
    disputeRoute,
    peopleRoute,
    keysRoute,
  ],
});

/** Further places of the navigation, with the routes of the portal. */
export const portalPlaces = [
  subject({
    ...{ name: 'portal-account', title: { en: 'Your account', de: 'Ihr Konto', ar: 'حسابكم' }, routes: [] },
    entry: { to: '/portal/account', icon: IconUser, ...ofCustomer },
  }),
  subject({
    ...{ name: 'portal-documents', title: { en: 'Invoices', de: 'Rechnungen', ar: 'الفواتير' }, routes: [] },
    entry: { to: '/portal/documents', icon: IconFileInvoice, ...ofBoth },
  }),
  subject({
    ...{ name: 'portal-payments', title: { en: 'Payments', de: 'Zahlungen', ar: 'المدفوعات' }, routes: [] },
    entry: { to: '/portal/payments', icon: IconCash, ...ofBoth },
  }),
  subject({
    ...{ name: 'portal-send', title: { en: 'Send files', de: 'Dateien senden', ar: 'إرسال ملفات' }, routes: [] },
    entry: { to: '/portal/send', icon: IconUpload, ...ofPartner },
  }),
  subject({
    ...{ name: 'portal-rates', title: { en: 'Prices', de: 'Preise', ar: 'الأسعار' }, routes: [] },
    entry: { to: '/portal/rates', icon: IconTable, ...ofPartner },
  }),
  subject({
    ...{ name: 'portal-traffic', title: { en: 'Traffic', de: 'Verkehr', ar: 'الحركة' }, routes: [] },
    entry: { to: '/portal/traffic', icon: IconChartBar, ...ofPartner },
  }),
  subject({
    ...{ name: 'portal-calls', title: { en: 'Calls', de: 'Verbindungen', ar: 'المكالمات' }, routes: [] },
    entry: { to: '/portal/calls', icon: IconPhoneCall, ...ofPartner },
  }),
  subject({
    ...{ name: 'portal-disputes', title: { en: 'Disputes', de: 'Reklamationen', ar: 'النزاعات' }, routes: [] },
    entry: { to: '/portal/disputes', icon: IconScale, ...ofBoth },
  }),
  subject({
    ...{ name: 'portal-users', title: { en: 'Your people', de: 'Ihre Leute', ar: 'موظفوكم' }, routes: [] },
    entry: { to: '/portal/users', icon: IconUsers, ...ofPartner },
  }),
  subject({
    ...{ name: 'portal-keys', title: { en: 'API keys', de: 'API-Schlüssel', ar: 'مفاتيح الواجهة' }, routes: [] },
    entry: { to: '/portal/keys', icon: IconKey, ...ofPartner },
  }),
] as const;
