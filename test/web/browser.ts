/** A browser that takes nothing lightly: errors in the console, broken policies and what axe finds serious end a test. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core';
import { projectRoot } from '../support/project-files.ts';
import { unpackedChromium } from './chromium.ts';
import type { House } from './house.ts';

export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Looked at by people; kept nowhere else. */
export const SCREENSHOTS = join(projectRoot, '.build', 'screenshots');
/** Only who asks for journeys by name looks at them: a hundred pictures drawn by the processor for nobody take seconds of every run. */
const ARE_SEEN = (process.env.WEB_JOURNEYS ?? '') !== '';
/** Long, as a machine may be busy: who is right waits for nothing. */
const PATIENCE_MS = 60_000;
/**
 * Of its own list only what a machine without a screen needs: one process for all pages ends with the first that is closed. What would draw is
 * the processor, and a GPU imitated by it (its --use-angle=swiftshader) took half of all that journeys cost: 44 s of processor against 20 for the shell's three.
 */
const ARGUMENTS = ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu'];

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /**
   * Opens an address and waits until nothing is on its way: the first of a visit, and of who sits down, by loading all; others as a link within the
   * pages does, with nothing kept of what was read: 15 journeys took 54 s of chromium instead of 67. An address that is open already is loaded again.
   */
  readonly go: (path: string) => Promise<void>;
  /** Writes `.build/screenshots/<name>.png`, where journeys are asked for by name. */
  readonly look: (name: string) => Promise<void>;
  /** The same, whoever asked: what was on the screen when a journey failed. */
  readonly picture: (name: string) => Promise<void>;
  /** What axe finds serious or critical when nothing moves any more, in words; none is right. Of the whole page, or of what this selects. */
  readonly faults: (within?: string) => Promise<readonly string[]>;
  /** Somebody else sits down at this browser, which keeps what it has loaded: what was open is gone with the next address. */
  readonly become: (role: string) => Promise<void>;
  /** Errors since the visit began or this was asked last. An answer that is a no is one too, unless it was expected. */
  readonly errors: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await unpackedChromium(), args: ARGUMENTS, headless: true });
}

export interface Visiting {
  /** Undefined: nobody is signed in. */
  readonly role?: string;
  readonly size?: Size;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'de' | 'ar';
}

export async function visit(
  browser: Browser,
  house: House,
  { role, size = 'wide', theme = 'light', language = 'en' }: Visiting,
): Promise<Visit> {
  const context = await browser.newContext({
    ...{ baseURL: house.origin, viewport: sizes[size], colorScheme: theme, locale: language, reducedMotion: 'reduce', timezoneId: 'UTC' },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  let isAnew = true;
  const become = async (somebody: string): Promise<void> => {
    isAnew = true;
    const cookies = (await house.cookieOf(somebody)).split('; ').map((each) => {
      const [name = '', ...value] = each.split('=');
      return { name, value: value.join('='), url: house.origin };
    });
    await context.clearCookies();
    await context.addCookies(cookies);
  };
  if (role !== undefined) await become(role);
  const found: string[] = [];
  await context.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))",
  );
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => found.push(String(error)));
  const picture = async (name: string): Promise<void> => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  };
  return {
    page,
    context,
    async go(path) {
      if (isAnew || !(await page.evaluate(`(${WITHIN})(${JSON.stringify(path)})`))) await page.goto(path);
      isAnew = false;
      await settle(page);
    },
    look: async (name) => (ARE_SEEN ? picture(name) : undefined),
    picture,
    become,
    async faults(within) {
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      await page.evaluate(STILL);
      await loadAxe(page);
      // What is not asked for takes a part of its time: rules that find nothing worse than moderate, their sheets and media, and a selector of each node.
      const serious: readonly string[] = await page.evaluate(
        `axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, { rules: ${MILD}, resultTypes: ['violations'], preload: false, selectors: false }).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 300) + ' ' + failureSummary)))`,
      );
      return serious;
    },
    errors: () => found.splice(0),
    close: () => context.close(),
  };
}

/**
 * Until nothing fades in or out: what is half transparent has no contrast, and a menu that goes has no words. A few frames without a movement, as
 * each begins one or two after what caused it; what turns for ever is not waited for.
 */
const STILL = `(async () => {
  const moves = (each) => each.playState === 'running' && Number.isFinite(each.effect?.getComputedTiming().endTime);
  for (let frames = 0; frames < 4; frames = document.getAnimations().some(moves) ? 0 : frames + 1) await new Promise(requestAnimationFrame);
})()`;

/** Through the debugger's door: the page's policy lets no script in. */
export async function loadAxe(page: Page): Promise<void> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
}

/** Whether it went there as the router of the pages goes. Who signs in or out begins anew. */
const WITHIN = `async (path) => {
  const router = self.__TSR_ROUTER__;
  const isOutside = (each) => !/^\\/(?!sign-in|invitation|recovery)/.test(each);
  if (router === undefined || isOutside(location.pathname) || isOutside(path) || location.pathname + location.search === path) return false;
  const { queries } = router.options.context;
  // The frame's are read once in a visit; who sits here may do something else by now.
  await queries.refetchQueries({ queryKey: ['me'] });
  queries.removeQueries({ predicate: ({ queryKey: [name] }) => name !== 'me' && name !== 'brand' });
  await router.navigate({ href: path, ignoreBlocker: true });
  return true;
}`;

/** The rules of axe whose impact is below serious, switched off; what they find would be left out of the answer. */
export const MILD = `Object.fromEntries(axe._audit.rules.filter(({ impact }) => impact === 'moderate' || impact === 'minor').map(({ id }) => [id, { enabled: false }]))`;

/** Until the page that was chosen is the one that stands, what was asked has come and skeletons are gone. A stream of events does not count. */
export async function settle(page: Page): Promise<void> {
  await arrived(page);
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** A page whose code is still on its way leaves the one before it on the screen, under the new address; the router of the pages knows. */
async function arrived(page: Page): Promise<void> {
  try {
    await page.evaluate(ARRIVED);
  } catch (error) {
    // All of it is loaded anew, as by who signs out.
    if (!/context was destroyed|navigating/.test(String(error))) throw error;
    await arrived(page);
  }
}

const ARRIVED = `(async () => {
  const until = performance.now() + ${PATIENCE_MS};
  const isUnderway = ({ state, latestLocation } = self.__TSR_ROUTER__ ?? {}) => state !== undefined && (state.status !== 'idle' || state.resolvedLocation?.href !== latestLocation.href);
  while (isUnderway()) {
    if (performance.now() > until) throw new Error('never arrived at ' + location.href);
    await new Promise(requestAnimationFrame);
  }
})()`;
