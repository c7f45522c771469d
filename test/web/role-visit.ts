/** One role goes through all rows of the table: what it finds at both widths, and what is otherwise than the table says. */
import { type Size, settle, sizes, type Visit } from './browser.ts';
import type { Axe } from './role-axe.ts';
import { openForms } from './role-forms.ts';
import { goWithin, type Shown, shown, type Wanted } from './role-page.ts';
import { type Letter, letters, type Row, rows } from './role-table.ts';

const CLOSED = 'Not for your role';
const bare = (path: string): string => path.split(/[?#]/)[0] ?? '';

const isOfParty = (letter: Letter): boolean => letter === 'T' || letter === 'C';

/** Sizes and themes go together, and change places with every other role of those that read most pages: all four pairs are seen of them. */
const IN_DARK_WHEN_WIDE = 'INUC';
const themeOf = (letter: Letter, size: Size): 'light' | 'dark' =>
  (size === 'wide') === IN_DARK_WHEN_WIDE.includes(letter) ? 'dark' : 'light';

/**
 * What is wrong, in words. A page that is read is looked at in one size and then in the other, at every other one of them first on a phone; one that
 * is closed in the size that the one before it ended in.
 */
export async function visitAll(visit: Visit, letter: Letter, axe: Axe): Promise<readonly string[]> {
  const { page, become, go, faults } = visit;
  const wrong: string[] = [];
  let size: Size = 'wide';
  const turn = async (): Promise<void> => {
    size = size === 'wide' ? 'narrow' : 'wide';
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme: themeOf(letter, size) });
  };
  const wrongHere = (where: string, found: readonly string[]): void => {
    wrong.push(...found.map((what) => `${letters[letter]} ${where} ${size}: ${what}`));
  };
  await become(letters[letter]);
  await page.setViewportSize(sizes[size]);
  await page.emulateMedia({ colorScheme: themeOf(letter, size) });
  await go('/account');
  wrongHere('frame', await faults());
  await turn();
  wrongHere('frame', [...(await burger(visit, letter)), ...(await faults())]);
  for (const row of rows) {
    await goWithin(page, row.path);
    const where = { row, letter, axe };
    wrongHere(row.path, await lookAt(visit, { ...where, size }));
    if (!row.sees.includes(letter)) continue;
    await turn();
    wrongHere(row.path, await lookAt(visit, { ...where, size }));
    wrongHere(row.path, [...(await openForms(page, row, letter)), ...visit.errors()]);
  }
  return wrong;
}

interface Looking {
  readonly row: Row;
  readonly letter: Letter;
  readonly size: Size;
  readonly axe: Axe;
}

async function lookAt({ page, errors, look }: Visit, { row, letter, size, axe }: Looking): Promise<readonly string[]> {
  const there = rowThere(row, letter);
  const found = await shown(page, wantedOf(there, letter));
  const wrong = there === undefined ? closedWrong(row, letter, found) : readWrong(there, letter, found);
  if (found.isThere) wrong.push(...(await axe.faults(page, size, themeOf(letter, size))));
  await look(`roles-${letters[letter]}${bare(row.path).replaceAll('/', '-')}-${size}`);
  return [...wrong, ...errors()];
}

/** What this role finds at the address of a row: it, where it leads, or nothing. */
function rowThere(row: Row, letter: Letter): Row | undefined {
  if (row.sees.includes(letter)) return row;
  return rows.find(({ path, sees }) => row.instead?.includes(path) === true && sees.includes(letter));
}

function wantedOf(row: Row | undefined, letter: Letter): Wanted {
  if (row === undefined) return { title: CLOSED, texts: [] };
  const { title, shows, parts = {}, acts = {} } = row;
  const there = [...Object.entries(parts), ...Object.entries(acts).map(([name, { who, menu }]) => [menu ?? name, who] as const)];
  const own = there.filter(([, who]) => who.includes(letter)).map(([name]) => name);
  return { title, texts: shows === undefined ? own : [shows, ...own], whether: Object.keys(parts) };
}

function readWrong(row: Row, letter: Letter, found: Shown): string[] {
  const { parts = {}, acts = {}, whole } = row;
  const { isThere, title, said, texts, offered, outOfReach, links, navigation, tabs, numbers, wider } = found;
  if (!isThere) return [`it never came; there is “${title}”: ${said}`];
  const buttons = Object.entries(acts).flatMap(([name, { who, menu }]) => (menu === undefined ? [[name, who] as const] : []));
  return [
    ...differences('offered', letter, offered, buttons),
    ...differences('shown', letter, texts, Object.entries(parts)),
    ...outOfReach.filter((name) => name in acts).map((name) => `“${name}” is out of reach`),
    ...(wider > 1 ? [`${wider} pixels too wide`] : []),
    ...(whole === undefined ? [] : maskWrong(numbers, whole.includes(letter))),
    ...navigationWrong(letter, navigation),
    ...(row.path.startsWith('/settings') ? tabsWrong(letter, tabs) : []),
    ...links.filter((href) => leadsNowhere(href, letter)).map((href) => `a link to ${href}, which is not for this role`),
  ];
}

function closedWrong({ acts = {} }: Row, letter: Letter, { isThere, title, said, offered, wider }: Shown): string[] {
  return [
    ...(isThere ? [] : [`it is not closed; there is “${title}”: ${said}`]),
    ...(said.includes(isOfParty(letter) ? 'not part of what you have here' : `not for the role ${letters[letter].replace('-', ' ')}`)
      ? []
      : [`it does not say why: ${said}`]),
    ...offered.filter((name) => name in acts).map((name) => `“${name}” is offered on a closed page`),
    ...(wider > 1 ? [`${wider} pixels too wide`] : []),
  ];
}

function differences(
  how: string,
  letter: Letter,
  there: readonly string[],
  wanted: readonly (readonly [string, string])[],
): readonly string[] {
  return wanted
    .filter(([name, who]) => there.includes(name) !== who.includes(letter))
    .map(([name, who]) => `“${name}” is ${who.includes(letter) ? 'not ' : ''}${how}`);
}

function maskWrong(numbers: readonly string[], isWhole: boolean): readonly string[] {
  if (numbers.length === 0) return ['there is no number to see'];
  return numbers.filter((number) => number.includes('*') === isWhole).map((number) => `${number} is masked otherwise`);
}

function navigationWrong(letter: Letter, navigation: readonly string[]): readonly string[] {
  const wanted = rows.filter(({ nav }) => nav?.includes(letter)).map(({ path }) => bare(path));
  const is = navigation.toSorted().join(' ');
  const should = wanted.toSorted().join(' ');
  return is === should ? [] : [`the navigation has ${is} instead of ${should}`];
}

function tabsWrong(letter: Letter, tabs: readonly string[]): readonly string[] {
  const own = rows.filter(({ path, sees }) => path.startsWith('/settings') && sees.includes(letter)).map(({ tab, title }) => tab ?? title);
  return own.filter((each) => !tabs.includes(each)).map((each) => `the tab ${each} is missing`);
}

/** By the row that the address is below. */
function leadsNowhere(href: string, letter: Letter): boolean {
  const path = bare(href)
    .replace(/^\/partner-invoices\/.*/, '/reconciliation')
    .replace(/^\/agreements\/.*/, '/agreements/rheinland-voice');
  const below = rows.filter((row) => path === bare(row.path) || (row.path !== '/' && path.startsWith(`${bare(row.path)}/`)));
  const [row] = below.toSorted((a, b) => bare(b.path).length - bare(a.path).length);
  return row !== undefined && rowThere(row, letter) === undefined;
}

/** On a phone the navigation is behind a button, and goes away when something was chosen in it. */
async function burger({ page }: Visit, letter: Letter): Promise<readonly string[]> {
  const navigation = page.locator('nav');
  const links = navigation.locator('a');
  // Nobody tabs through what is not seen.
  await links.first().waitFor({ state: 'hidden' });
  const [first] = rows.filter(({ nav, sees }) => nav === sees && sees.includes(letter));
  await page.locator('header').getByRole('button', { name: 'Navigation' }).click();
  await navigation.locator(`a[href="${bare(first?.path ?? '')}"]`).click();
  await links.first().waitFor({ state: 'hidden' });
  await settle(page);
  // What it is called may be said by an answer that comes behind it.
  const wanted = page.locator('main').getByRole('heading', { level: 1, name: first?.title ?? '', exact: true });
  const isThere = await wanted.waitFor().then(
    () => true,
    () => false,
  );
  return isThere ? [] : [`the navigation led to “${await page.locator('main h1').first().textContent()}”`];
}
