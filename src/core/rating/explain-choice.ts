/** The first steps of an explanation: agreement, tariff, band, rate, and why that rate won. */

import { inEnglish, joined, type Said, type Saying } from '../said.ts';
import { codeOf, destinationOf, formulaOf, matcherOf, rateIdOf, validFromOf } from '../tariffs/compiled-tariff.ts';
import { formatInstant, formatLocal } from '../time/zoned.ts';
import type { Terms } from './compile-book.ts';
import type { ExplanationStep } from './explanation.ts';
import type { Leg } from './leg.ts';
import { planServiceOf } from './plan-terms.ts';
import { pricing, pricingSayings } from './pricing-sayings.ts';
import { callingWeight, jurisdictionOf, rankRates } from './select-rate.ts';
import { explainStep, formatPrice } from './trace.ts';

export function explainTerms(trace: ExplanationStep[], { terms, event, trunk }: Leg): void {
  const { agreement, service, side, tariff } = terms;
  const start = formatLocal(agreement.zone, event.startMicros);
  // Retail plans have no trunk: what stands in its place names the plan.
  const by = agreement.account === trunk ? 'plan' : 'trunk';
  const said = pricing(`price.agreement.${by}.${side}`, {
    ...{
      agreement: agreement.id,
      validFrom: agreement.validFrom,
      ...(by === 'plan' ? { number: planServiceOf(trunk) } : { trunk }),
      role: service.role,
      service: service.service,
    },
    ...{ start, zone: agreement.zone },
  });
  explainStep(trace, 'agreement', [said], {
    agreement: agreement.id,
    validFrom: agreement.validFrom,
    versionId: String(agreement.versionId),
    trunk,
    start,
  });
  const { id, name, currency } = tariff.tariff;
  explainStep(trace, 'tariff', [pricing('price.tariff', { tariff: id, name, currency })], { tariff: id, currency });
}

export function explainRate(trace: ExplanationStep[], leg: Leg): void {
  const { book, terms, event, trunk, band, row } = leg;
  const { tariff, agreement } = terms;
  if (band >= 0) {
    const name = tariff.timeBands?.bands[band]?.name ?? '';
    explainStep(trace, 'band', [pricing(agreement.bands === 'split' ? 'price.band.split' : 'price.band.start', { band: name })], {
      band: name,
    });
  }
  if (leg.dialled !== undefined) {
    const { numberTable = '', owner, routing = '' } = event.enriched ?? {};
    const figures = { dialled: leg.dialled, pricedAs: routing, table: numberTable, ...(owner === undefined ? {} : { owner }) };
    explainStep(trace, 'portability', [pricing(owner === undefined ? 'price.ported' : 'price.ported.owner', figures)], figures);
  }
  const { price, share, sizeBands } = formulaOf(tariff, row);
  const unit = tariff.tariff.service === 'voice' ? 's' : 'bytes';
  const { per } = tariff.tariff;
  const plain = formatPrice(price, tariff.scale);
  const priced =
    share !== undefined
      ? pricing('price.by-share')
      : sizeBands.length > 0
        ? pricing('price.by-size')
        : per === 1
          ? plain
          : pricing('price.per', { price: plain, count: String(per), unit });
  const matches = event.called === '' ? pricing('price.rate.event') : pricing('price.rate.number', { number: event.called });
  const figures = { rate: String(rateIdOf(tariff, row)), code: codeOf(terms.tariff, row), price: plain };
  explainStep(trace, 'rate', [matches, ...describe(terms, row), ': ', priced], figures);

  const runnerUp = rankRates(book, terms, event, trunk, band).find((other) => other !== row);
  if (runnerUp === undefined) {
    explainStep(trace, 'runner-up', [pricing('price.runner-up.none')]);
    return;
  }
  const why = whyBefore(leg, runnerUp);
  explainStep(trace, 'runner-up', [pricing('price.runner-up.before'), ...describe(terms, runnerUp), ': ', why], {
    rate: String(rateIdOf(tariff, runnerUp)),
    why: inEnglish([why], pricingSayings),
  });
}

function whyBefore({ book, terms, event, row }: Leg, other: number): Saying {
  const [code, otherCode] = [codeOf(terms.tariff, row), codeOf(terms.tariff, other)];
  if (code.length !== otherCode.length)
    return otherCode === '' ? pricing('price.why.longer-than-none', { code }) : pricing('price.why.longer', { code, other: otherCode });
  const [left, right] = [matcherOf(terms.tariff, row), matcherOf(terms.tariff, other)];
  if (callingWeight(terms, left, event.calling) !== callingWeight(terms, right, event.calling)) return pricing('price.why.caller');
  if (left.further !== right.further) {
    const counts = { count: String(left.further), other: String(right.further) };
    return left.jurisdiction === undefined
      ? pricing('price.why.further', counts)
      : pricing('price.why.further-jurisdiction', { ...counts, jurisdiction: jurisdictionOf(book, event) });
  }
  const [from, before] = [since(terms, row), since(terms, other)];
  if (from === undefined) return pricing('price.why.ever');
  return before === undefined ? pricing('price.why.later-than-ever', { from }) : pricing('price.why.later', { from, other: before });
}

function describe(terms: Terms, row: number): Said {
  const { tariff } = terms;
  const { calling, originSet, outside, trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin } = matcherOf(terms.tariff, row);
  const set = tariff.originSetNames[originSet];
  const from = since(terms, row);
  const matches = [
    calling && pricing('price.match.caller', { caller: calling }),
    set && pricing(outside ? 'price.match.caller-outside' : 'price.match.caller-in', { set }),
    trunk && pricing('price.match.trunk', { trunk }),
    band >= 0 && pricing('price.match.band', { band: tariff.timeBands?.bands[band]?.name ?? '' }),
    serviceClass && pricing('price.match.class', { class: serviceClass }),
    jurisdiction,
    ratingGroup && pricing('price.match.rating-group', { group: String(ratingGroup) }),
    apn && pricing('price.match.apn', { apn }),
    bin && pricing('price.match.bin', { bin }),
    from === undefined ? pricing('price.match.valid-ever') : pricing('price.match.valid-from', { from }),
  ].filter((match) => typeof match === 'object' || (typeof match === 'string' && match !== ''));
  const code = codeOf(terms.tariff, row);
  const names = { rate: String(rateIdOf(tariff, row)), destination: destinationOf(tariff, row) };
  const named = code === '' ? pricing('price.rate.any-code', names) : pricing('price.rate.code', { ...names, code });
  return [named, ...joined(matches, ', '), ')'];
}

/** Undefined: since ever. A rate written without a beginning is valid from instant 0. */
function since(terms: Terms, row: number): string | undefined {
  const from = validFromOf(terms.tariff, row);
  return from > 0 && Number.isFinite(from) ? formatInstant(from) : undefined;
}
