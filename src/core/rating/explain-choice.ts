/** The first steps of an explanation: agreement, tariff, band, rate, and why that rate won. */

import { codeOf, destinationOf, formulaOf, matcherOf, rateIdOf, validFromOf } from '../tariffs/compiled-tariff.ts';
import { formatInstant, formatLocal } from '../time/zoned.ts';
import type { Terms } from './compile-book.ts';
import type { ExplanationStep } from './explanation.ts';
import type { Leg } from './leg.ts';
import { callingWeight, jurisdictionOf, rankRates } from './select-rate.ts';
import { explainStep, formatPrice } from './trace.ts';

export function explainTerms(trace: ExplanationStep[], { terms, event, trunk }: Leg): void {
  const { agreement, service, side, tariff } = terms;
  const direction = side === 'receivable' ? 'they owe us' : 'we owe them';
  const start = formatLocal(agreement.zone, event.startMicros);
  // Retail plans have no trunk: what stands in its place names the plan.
  const by = agreement.account === trunk ? trunk : `trunk ${trunk}`;
  const agreementText = `${agreement.id} (valid from ${agreement.validFrom}) by ${by}: ${service.role} ${service.service}, ${direction}; start ${start} ${agreement.zone}`;
  explainStep(trace, 'agreement', agreementText, {
    agreement: agreement.id,
    validFrom: agreement.validFrom,
    versionId: String(agreement.versionId),
    trunk,
    start,
  });
  const { id, name, currency } = tariff.tariff;
  explainStep(trace, 'tariff', `${id} (${name}), prices in ${currency}`, { tariff: id, currency });
}

export function explainRate(trace: ExplanationStep[], leg: Leg): void {
  const { book, terms, event, trunk, band, row } = leg;
  const { tariff, agreement } = terms;
  if (band >= 0) {
    const name = tariff.timeBands?.bands[band]?.name ?? '';
    explainStep(
      trace,
      'band',
      `${name} at the start; ${agreement.bands === 'split' ? 'a call is split where the band changes' : 'the start decides'}`,
      { band: name },
    );
  }
  if (leg.dialled !== undefined) {
    const { numberTable = '', owner, routing = '' } = event.enriched ?? {};
    const whose = owner === undefined ? '' : ` to ${owner}`;
    explainStep(trace, 'portability', `${leg.dialled} is ported${whose} (number table ${numberTable}): priced as ${routing}`, {
      dialled: leg.dialled,
      pricedAs: routing,
      table: numberTable,
      ...(owner === undefined ? {} : { owner }),
    });
  }
  const { price, share, sizeBands } = formulaOf(tariff, row);
  const unit = tariff.tariff.service === 'voice' ? 's' : 'bytes';
  const per = tariff.tariff.per === 1 ? '' : ` per ${tariff.tariff.per} ${unit}`;
  const priceText =
    share !== undefined ? 'a share of the price' : sizeBands.length > 0 ? 'priced by size' : `${formatPrice(price, tariff.scale)}${per}`;
  const number = event.called === '' ? 'the event' : event.called;
  const figures = { rate: String(rateIdOf(tariff, row)), code: codeOf(terms.tariff, row), price: formatPrice(price, tariff.scale) };
  explainStep(trace, 'rate', `${number} matches ${describe(terms, row)}: ${priceText}`, figures);

  const runnerUp = rankRates(book, terms, event, trunk, band).find((other) => other !== row);
  if (runnerUp === undefined) {
    explainStep(trace, 'runner-up', 'no other rate fits');
    return;
  }
  const why = whyBefore(leg, runnerUp);
  explainStep(trace, 'runner-up', `chosen before ${describe(terms, runnerUp)}: ${why}`, {
    rate: String(rateIdOf(tariff, runnerUp)),
    why,
  });
}

function whyBefore({ book, terms, event, row }: Leg, other: number): string {
  const [code, otherCode] = [codeOf(terms.tariff, row), codeOf(terms.tariff, other)];
  if (code.length !== otherCode.length) return `code ${code} is longer than ${otherCode === '' ? 'none' : otherCode}`;
  const [left, right] = [matcherOf(terms.tariff, row), matcherOf(terms.tariff, other)];
  if (callingWeight(terms, left, event.calling) !== callingWeight(terms, right, event.calling)) return 'it names the caller more closely';
  if (left.further !== right.further) {
    const jurisdiction = left.jurisdiction === undefined ? '' : ` (jurisdiction ${jurisdictionOf(book, event)})`;
    return `it has more further matches, ${left.further} against ${right.further}${jurisdiction}`;
  }
  return `it is valid ${since(terms, row)}, the other ${since(terms, other)}`;
}

function describe(terms: Terms, row: number): string {
  const { tariff } = terms;
  const { calling, originSet, outside, trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin } = matcherOf(terms.tariff, row);
  const set = tariff.originSetNames[originSet];
  const matches = [
    calling && `caller ${calling}`,
    set && `caller ${outside ? 'outside' : 'in'} ${set}`,
    trunk && `trunk ${trunk}`,
    band >= 0 && `band ${tariff.timeBands?.bands[band]?.name}`,
    serviceClass && `class ${serviceClass}`,
    jurisdiction,
    ratingGroup && `rating group ${ratingGroup}`,
    apn && `APN ${apn}`,
    bin && `bin ${bin}`,
    `valid ${since(terms, row)}`,
  ].filter(Boolean);
  const code = codeOf(terms.tariff, row);
  const destination = destinationOf(tariff, row);
  return `rate ${rateIdOf(tariff, row)} (${code === '' ? 'any code' : `code ${code}`} ${destination}, ${matches.join(', ')})`;
}

/** A rate written without a beginning is valid from instant 0. */
function since(terms: Terms, row: number): string {
  const from = validFromOf(terms.tariff, row);
  return from > 0 && Number.isFinite(from) ? `from ${formatInstant(from)}` : 'since ever';
}
