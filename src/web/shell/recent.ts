/** What somebody looked at last, kept in their browser under their own name: the palette offers it before anything is written. */
import type { Found } from './subject.ts';

const MOST = 6;
const nameOf = (who: string): string => `carillon.recent.${who}`;

export function recentOf(who: string): readonly Found[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(who)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isFound).slice(0, MOST) : [];
  } catch {
    return []; // somebody wrote something else there
  }
}

/** Puts it first. */
export function rememberLooked(who: string, what: Found): void {
  const others = recentOf(who).filter(({ href }) => href !== what.href);
  localStorage.setItem(nameOf(who), JSON.stringify([what, ...others].slice(0, MOST)));
}

/** Addresses of the console only: what else stands there is none of ours. */
function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const { label, href } = value as Partial<Record<keyof Found, unknown>>; // what it is, is being found out
  return typeof label === 'string' && typeof href === 'string' && /^\/[a-z]/.test(href);
}
