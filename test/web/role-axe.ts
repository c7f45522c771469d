/**
 * Axe on every page of every role, paid for once: what it found nothing in is remembered by how it stands there, and left out where the same stands
 * there again, as another role or on another page. An element is the same with all that is in it, below the same elements, in the same size and, for
 * what is about colours, the same theme.
 */
import type { Page } from 'playwright-core';
import { loadAxe, MILD, type Size } from './browser.ts';

export interface Axe {
  /** What axe finds serious or critical in the page's own part, in words. */
  readonly faults: (page: Page, size: Size, theme: 'light' | 'dark') => Promise<readonly string[]>;
  /** How many elements stood on all pages, and how many of them were looked at. */
  readonly told: { stood: number; looked: number };
}

/** Elements in the order of the document: how each stands there, and at which place its parent does. */
interface Standing {
  readonly keys: readonly string[];
  readonly parents: readonly number[];
}

export function rememberingAxe(): Axe {
  /** By size what has the right names, roles and order; by size and theme what can be read. */
  const clean = new Map<string, Set<string>>();
  const cleanOf = (of: string): Set<string> => {
    const known = clean.get(of) ?? new Set();
    clean.set(of, known);
    return known;
  };
  const told = { stood: 0, looked: 0 };
  return {
    told,
    async faults(page, size, theme) {
      const made = cleanOf(size);
      const coloured = cleanOf(`${size} ${theme}`);
      const { keys, parents }: Standing = await page.evaluate(STANDING);
      told.stood += keys.length;
      const isColoured = (key: string): boolean => coloured.has(key);
      const isNew = !outermost({ keys, parents }, (key) => made.has(key)).includes(0);
      const known = outermost({ keys, parents }, isNew ? (key) => made.has(key) && isColoured(key) : isColoured);
      if (known.includes(0)) return [];
      told.looked += keys.length - within(parents, known);
      await loadAxe(page);
      const found: readonly string[] = await page.evaluate(`(${RUN})(${JSON.stringify(known)}, ${isNew})`);
      if (found.length > 0) return found;
      for (const key of keys) {
        if (isNew) made.add(key);
        coloured.add(key);
      }
      return [];
    },
  };
}

/** The places of those that this is true of, without those below others of them. */
function outermost({ keys, parents }: Standing, isOne: (key: string) => boolean): readonly number[] {
  const isBelow: boolean[] = [];
  return keys.flatMap((key, at) => {
    const above = parents[at] ?? -1;
    const isInside = above >= 0 && isBelow[above] === true;
    isBelow.push(isInside || isOne(key));
    return !isInside && isBelow[at] === true ? [at] : [];
  });
}

/** How many these are with all below them. */
function within(parents: readonly number[], roots: readonly number[]): number {
  const isIn: boolean[] = [];
  for (const [at, above] of parents.entries()) isIn.push(roots.includes(at) || (above >= 0 && isIn[above] === true));
  return isIn.filter(Boolean).length;
}

/**
 * Identifiers, and classes of one element alone, are made anew each time: what an identifier leads to stands for it. One text is as good as another,
 * but for none and for a single letter, which has no contrast.
 */
const STANDING = `(() => {
  const hash = (text) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  const plain = (text) => (text.trim().length > 1 ? 'text' : text.trim());
  const texts = new Set(['aria-label', 'title', 'alt', 'placeholder', 'value', 'href', 'src', 'datetime']);
  const leads = new Set(['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant', 'aria-errormessage']);
  const valueOf = ({ name, value }) => {
    if (name === 'id' || name === 'name') return '';
    if (name === 'class') return value.replace(/__m__-\\S+/g, 'own');
    if (texts.has(name)) return plain(value);
    if (!leads.has(name)) return value.replace(/\\d+/g, '0');
    return value.split(/\\s+/).map((id) => { const there = document.getElementById(id); return there === null ? 'nowhere' : there.tagName + plain(there.textContent); }).join('|');
  };
  const keys = [];
  const parents = [];
  const stand = (element, parent, above) => {
    const at = keys.push('') - 1;
    parents.push(parent);
    const own = element.tagName + [...element.attributes].map((each) => each.name + '=' + valueOf(each)).sort().join(' ') + (element.disabled ? '!' : '');
    const chain = hash(above + '>' + own);
    let inside = '';
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) inside += plain(child.data);
      else if (child.nodeType === Node.ELEMENT_NODE && child.tagName !== 'STYLE') inside += '<' + stand(child, at, chain) + '>';
    }
    const all = hash(own + '/' + inside);
    keys[at] = chain + all;
    return all;
  };
  stand(document.querySelector('main') ?? document.body, -1, '');
  return { keys, parents };
})()`;

const RUN = `async (known, isNew) => {
  const main = document.querySelector('main') ?? document.body;
  const all = [main, ...main.querySelectorAll(':not(style)')];
  const colours = axe._audit.rules.filter(({ tags, enabled, impact }) => enabled && impact === 'serious' && tags.includes('cat.color')).map(({ id }) => id);
  const asked = isNew ? { rules: ${MILD} } : { runOnly: colours };
  const { violations } = await axe.run({ include: [main], exclude: known.map((at) => all[at]) }, { ...asked, resultTypes: ['violations'], preload: false, selectors: false });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 300) + ' ' + failureSummary));
}`;
