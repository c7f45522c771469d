/** Prices and conditions of rates in a language: told again from the English that core/settlement/rate-words.ts makes. */
import { ordinalOf } from '#core/settlement/rate-words.ts';
import { said } from '#core/settlement/statement-words.ts';
import { tierPeriods } from '#core/tariffs/tariff.ts';
import type { PriceTexts } from './languages/words.ts';

export interface TermTeller {
  readonly texts: PriceTexts;
  figure(text: string): string;
  name(text: string): string;
}

const FIGURE = String.raw`([\d.,]+)`;
const PRICE = String.raw`(\w+) price`;
const TIER = new RegExp(`^${PRICE} from ${FIGURE} (.+)$`);
const TIERS = new RegExp(`^(.+) in the (${tierPeriods.join('|')}), for (that part of the usage|all of it, by adjustment)$`);
const STEP = new RegExp(`^${PRICE} from (\\d+) s of a call, (\\d+/\\d+)$`);
const UP_TO = new RegExp(`^${PRICE} up to ${FIGURE} bytes$`);
const LARGER = new RegExp(`^${PRICE} for larger messages$`);
const SHARE = new RegExp(`^${FIGURE} % of the price to the customer(?: less ${FIGURE} per event)?$`);
const GRACE = /^(nothing due up to|free first) (\S+) s$/;
const CLAUSE = new RegExp(`^(setup fee|attempt fee|disconnect fee|surcharge|at least|at most) ${FIGURE}$`);

/** A clause of a price. One that is none of core's stays as it is. */
export function termWords(term: string, teller: TermTeller): string {
  const { texts, figure } = teller;
  const step = STEP.exec(term);
  if (step !== null) return said(texts.step, { price: nth(step[1], texts), from: step[2] ?? '', increments: step[3] ?? '' });
  const tiers = TIERS.exec(term);
  if (tiers !== null) return tierWords(tiers, teller);
  const size = UP_TO.exec(term);
  if (size !== null) return said(texts.sizeUpTo, { price: nth(size[1], texts), size: figure(size[2] ?? '') });
  const larger = LARGER.exec(term);
  if (larger !== null) return said(texts.sizeLarger, { price: nth(larger[1], texts) });
  const share = SHARE.exec(term);
  if (share !== null) {
    const [, percent = '', less] = share;
    return said(less === undefined ? texts.share : texts.shareLess, { percent: figure(percent), less: figure(less ?? '') });
  }
  const grace = GRACE.exec(term);
  if (grace !== null) return said(grace[1] === 'free first' ? texts.free : texts.grace, { seconds: figure(grace[2] ?? '') });
  const clause = CLAUSE.exec(term);
  // The expression has only names of clauses.
  return clause === null ? term : said(texts.clauses[clause[1] as keyof PriceTexts['clauses']], { value: figure(clause[2] ?? '') });
}

function tierWords([whole, list = '', window, extent]: readonly string[], { texts, figure }: TermTeller): string {
  const each = list.split(/, (?=\w+ price )/).map((text) => {
    const [, price, from = '', measure = ''] = TIER.exec(text) ?? [];
    return said(texts.tier, { price: nth(price, texts), from: figure(from), measure: unitWords(measure, texts) });
  });
  const period = tierPeriods.find((one) => one === window);
  if (period === undefined) return whole ?? '';
  const comma = texts.tierPart.includes('،') ? '، ' : ', ';
  return said(extent === 'that part of the usage' ? texts.tierPart : texts.tierAll, {
    tiers: each.join(comma),
    window: texts.windows[period],
  });
}

/** `second price` and `12th price`, by the place of the price. */
function nth(ordinal: string | undefined, { nth }: PriceTexts): string {
  return said(nth, { n: String(ordinalOf(ordinal ?? '')) });
}

/** `min`, `message`, `30 s`; units that are written alike everywhere stay. */
export function unitWords(unit: string, { units }: PriceTexts): string {
  return unit.replace(/[a-z]+$/, (word) => (Object.hasOwn(units, word) ? units[word as keyof typeof units] : word)); // an own name
}

const CALLERS = /^callers (outside |in )?(.+)$/;
const MATCHED = /^(trunk|rating group|APN) (.+)$/;

/** What a rate matches, part by part. */
export function conditionWords(condition: string, { texts, name }: TermTeller): string {
  if (condition === '') return '';
  const parts = condition.split(', ').map((part) => {
    const callers = CALLERS.exec(part);
    if (callers !== null) {
      const [, where, who = ''] = callers;
      const text = where === undefined ? texts.callers : where === 'in ' ? texts.callersIn : texts.callersOutside;
      return said(text, { name: name(who) });
    }
    const [, what, value = ''] = MATCHED.exec(part) ?? [];
    if (what === undefined) return name(part);
    return said(what === 'trunk' ? texts.trunk : what === 'APN' ? texts.apn : texts.ratingGroup, { name: name(value) });
  });
  return parts.join(', ');
}
