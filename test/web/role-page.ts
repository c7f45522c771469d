/** What a page shows whoever sits there, read in one go: each question of its own through the debugger's door costs more than the page does. */
import type { Page } from 'playwright-core';

export interface Wanted {
  readonly title: string;
  /** All of these stand on it before it is looked at. */
  readonly texts: readonly string[];
  /** Of these it is asked whether they stand there. */
  readonly whether?: readonly string[];
}

export interface Shown {
  /** What was wanted has come, and nothing is on its way. */
  readonly isThere: boolean;
  readonly title: string;
  /** What alerts and closed pages say. */
  readonly said: string;
  /** Texts and labels of those asked for, each as it stands. */
  readonly texts: readonly string[];
  /** Names of buttons and links. */
  readonly offered: readonly string[];
  /** Those of them that nobody comes to, however one scrolls. */
  readonly outOfReach: readonly string[];
  /** Addresses of the console that its links lead to. */
  readonly links: readonly string[];
  readonly navigation: readonly string[];
  readonly tabs: readonly string[];
  /** Cells and pairs of called numbers. */
  readonly numbers: readonly string[];
  /** How many pixels it is wider than the screen. */
  readonly wider: number;
}

const PATIENCE_MS = 60_000;

/** Without loading all of it anew: as a link within the page does. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`);
}

/** Waits for what is wanted, as long as it takes on a busy machine; what is there then, or instead of it. */
export function shown(page: Page, wanted: Wanted, patienceMs = PATIENCE_MS): Promise<Shown> {
  return page.evaluate(`(${READ})(${JSON.stringify(wanted)}, ${patienceMs})`);
}

const READ = `async ({ title, texts, whether = [] }, patience) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const main = () => document.querySelector('main') ?? document.body;
  const titleOf = () => (main().querySelector('h1')?.textContent ?? '').trim();
  // A page whose code is still on its way leaves the one before it on the screen, which may have the same title.
  const isUnderway = ({ state, latestLocation } = self.__TSR_ROUTER__ ?? {}) => state !== undefined && (state.status !== 'idle' || state.resolvedLocation?.href !== latestLocation.href);
  const isThere = () => {
    if (isUnderway() || titleOf() !== title || main().querySelector('[aria-busy=true], .mantine-Skeleton-root') !== null) return false;
    const all = main().textContent;
    return texts.every((text) => all.includes(text) || main().querySelector('[aria-label="' + CSS.escape(text) + '"]') !== null);
  };
  const until = performance.now() + patience;
  let isDrawn = false;
  const watch = new MutationObserver(() => { isDrawn = true; });
  watch.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  do {
    while (!isThere() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 25));
    // What measures itself or the screen is drawn again, on a busy machine some frames later: until two of them change nothing.
    for (let still = 0; still < 2 && performance.now() < until; still += 1) {
      isDrawn = false;
      await frame();
      if (isDrawn) still = -1;
    }
  } while (!isThere() && performance.now() < until);
  watch.disconnect();
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const nameOf = (element) => (element.getAttribute('aria-label') ?? element.textContent).trim();
  const of = (selector) => [...main().querySelectorAll(selector)].filter(isSeen);
  const found = new Set();
  const walker = document.createTreeWalker(main(), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.add(walker.currentNode.textContent.trim());
  for (const each of main().querySelectorAll('[aria-label]')) found.add(each.getAttribute('aria-label'));
  const doors = of('button, a[href]');
  const isInReach = (element) => {
    const now = element.getBoundingClientRect();
    if (now.left >= -1 && now.right <= innerWidth + 1) return true;
    element.scrollIntoView({ block: 'nearest', inline: 'center' });
    const { left, right } = element.getBoundingClientRect();
    return left >= -1 && right <= innerWidth + 1;
  };
  const root = document.documentElement;
  const said = of('[role=alert]').map((each) => each.innerText);
  return {
    isThere: isThere(),
    title: titleOf(),
    said: said.join(' ') || main().textContent.slice(0, 300),
    texts: whether.filter((text) => found.has(text)),
    offered: doors.map(nameOf),
    outOfReach: doors.filter((each) => !isInReach(each)).map(nameOf),
    links: [...new Set(of('a[href^="/"]').map((each) => each.getAttribute('href')))].filter((href) => !href.startsWith('/v1/')),
    navigation: [...document.querySelectorAll('nav a[href]')].map((each) => each.getAttribute('href')),
    tabs: of('[role=tab]').map(nameOf),
    numbers: of('td[data-column=called]').map((each) => each.textContent.trim()).filter((text) => text !== ''),
    wider: root.scrollWidth - root.clientWidth,
  };
}`;
