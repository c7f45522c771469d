/** Every page that has a name: those inside a subject, and those of the navigation. */
import type { Place, Subject } from '../shell/subject.ts';
import { subjects } from './all.ts';

/** Asked for when it is needed: subjects are put together after the parts that ask. */
export const placesOfAll = (): readonly Place[] =>
  subjects.flatMap(({ title, entry, places = [] }: Subject) => [...places, ...(entry === undefined ? [] : [{ ...entry, title }])]);

/** Addresses with pages below them and none of their own: nobody is led there, and who may not see them is told so. */
const doors: readonly Place[] = [
  { to: '/agreements', title: { en: 'Agreements', de: 'Verträge', ar: 'الاتفاقيات' }, permissions: ['agreements:read'] },
  {
    to: '/partner-invoices',
    title: { en: 'Their invoices', de: 'Rechnungen der Partner', ar: 'فواتير الشركاء' },
    permissions: ['disputes:read'],
  },
  {
    to: '/portal/declarations',
    title: { en: 'Your figures', de: 'Ihre Zahlen', ar: 'أرقامكم' },
    ...{ permissions: ['portal:use'], forRoles: ['partner'] },
  },
];

/** What an address is in: the longest that it begins with, which may be one place for the house and one for parties. None: nobody is kept from it here. */
export function placesAt(pathname: string): readonly Place[] {
  const around = [...placesOfAll(), ...doors].filter(({ to }) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)));
  const longest = Math.max(...around.map(({ to }) => to.length));
  return around.filter(({ to }) => to.length === longest);
}
