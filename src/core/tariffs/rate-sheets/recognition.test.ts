import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDecimal } from '../../money/decimal.ts';
import { orderShown, parseDateOrder, parseSheetDate } from './dates.ts';
import { fieldOfHeader, parseField } from './fields.ts';
import { parseIncrements } from './increments.ts';
import { currencyFits, markShown, parseMoney } from './numbers.ts';
import { changeWordOf, saysClosed } from './words.ts';

const headers: readonly [field: string, names: string][] = [
  [
    'destination',
    'Destination|Destination Name|Dest|DESTINATION|Zone|Zone Name|Zielgebiet|Ziel|Destino|Destinazione|Country/Operator|Breakout|Description',
  ],
  ['country', 'Country|Country Name|Land|Pays|País|Paese'],
  ['countryCode', 'Country Code|CountryCode|CC|Ctry Code|Landesvorwahl|Indicatif pays|Código de país|country_code'],
  ['areaCode', 'Area Code|Area Codes|City Code|NDC|Breakout Codes|AreaCode|Ortsvorwahl|Código de área'],
  [
    'code',
    'Code|Codes|Dial Code|Dial Codes|DialCode|Dialing Code|Dialling Codes|Prefix|Prefixes|Destination Code|E.164|Vorwahl|Indicatif|Prefijo|Códigos|Dialed Digits|Code List|CLD',
  ],
  ['codeFrom', 'Code From|From Code|Range From|Start Code|Range Start'],
  ['codeTo', 'Code To|To Code|Range To|End Code|Range End'],
  [
    'price',
    'Rate|Rates|Price|USD/min|Rate (USD/min)|Rate per minute|Price per Minute (EUR)|Rate/Min|New Rate|EUR|$ per min|Preis pro Minute|Tarif|Prix|Precio|Prezzo|Tarifa USD|Rate in US cents|Minutenpreis|Current Rate|Price [USD]',
  ],
  ['price:peak', 'Peak|Peak Rate|Peak Rate (USD)|Day|Hauptzeit|Preis Hauptzeit (EUR/Min)|Daytime Price'],
  ['price:off-peak', 'Off-Peak|Off Peak Rate|Offpeak USD/min|Evening|Nebenzeit|Non-Peak Rate|Heures creuses'],
  ['price:weekend', 'Weekend|Weekend Rate|Week-End|Wochenende'],
  ['oldPrice', 'Old Rate|Previous Rate|Prior Price|Bisheriger Preis|Last Rate'],
  ['firstPrice', 'Initial Rate per Minute|First Minute Rate'],
  ['nextPrice', 'Increment Rate Per Minute|Subsequent Minute Price|Next Rate'],
  [
    'firstSeconds',
    'Initial|Minimum|Initial Increment|Initial Interval|First Increment (sec)|Min Duration|Minimum Billing Increment|Interval 1|Interval1|Mindestdauer',
  ],
  ['nextSeconds', 'Next Increment|Next Interval|Subsequent Increment|Interval N|IntervalN|Interval 2|Additional Increment (s)|Folgetakt'],
  [
    'increments',
    'Increment|Increments|Billing Increment|Billing Increments|Billing|Rounding|Takt|Taktung|Interval|Scatto|Scatti|Incremento|Incrementos|Incremento di fatturazione|Intervalle|Palier|Palier de facturation|Intervallo|Unità|Unità di tariffazione|Intervalo|Abrechnungsintervall|Unidad de facturación',
  ],
  ['setupFee', 'Connect Fee|Connection Charge|Connection Fee|Setup|Setup Fee|Flagfall|Set-up charge'],
  [
    'effective',
    'Effective Date|Effective|Eff. Date|Effective From|Valid From|Start Date|Gültig ab|Date d’effet|Fecha efectiva|Effective Date (UTC)|EffectiveDate|Begin Date',
  ],
  ['end', 'End Date|Expiry Date|Valid To|Valid Until|Expiration|Gültig bis|Date de fin|Fecha fin'],
  ['change', 'Status|Change|Change Type|Rate Change|Price Change|Änderung|Changes|Trend'],
  ['comment', 'Comment|Comments|Remarks|Notes|Bemerkung'],
  ['currency', 'Currency|Ccy|Währung|Devise|Moneda'],
  ['band', 'Time of Day|Time Class'],
  ['none', 'Rate ID|Carrier Quality|ASR|ACD|MCC|MNC|Capacity|Route Type|Rate Type|SLA|Quality'],
];

for (const [field, names] of headers) {
  test(`${field} is recognised as ${names.split('|').slice(0, 3).join(', ')} …`, () => {
    for (const name of names.split('|')) {
      const found = fieldOfHeader(name);
      const shown = found === undefined ? 'none' : found.band === undefined ? found.field : `${found.field}:${found.band}`;
      assert.equal(shown, field, name);
    }
  });
}

test('a mapping names a field, and for a price its band', () => {
  assert.equal(parseField('price')?.field, 'price');
  assert.equal(parseField('price:off-peak')?.band, 'off-peak');
  for (const none of ['prize', 'code:peak', 'price:', 'price:a:b', '']) assert.equal(parseField(none), undefined, none);
});

test('prices are read with either decimal mark, separators of thousands, and currencies', () => {
  for (const [text, mark, value, currency] of [
    ['0.0137', 'point', '0.0137', undefined],
    ['.05', 'point', '0.05', undefined],
    ['0,0137', 'comma', '0.0137', undefined],
    ['1.234,50', 'comma', '1234.50', undefined],
    ['1,234.50', 'point', '1234.50', undefined],
    ["1'234.50", 'point', '1234.50', undefined],
    ['1 234,50', 'comma', '1234.50', undefined],
    ['$0.05', 'point', '0.05', '$'],
    ['US$ 0.05', 'point', '0.05', 'US$'],
    ['0,05 €', 'comma', '0.05', '€'],
    ['USD 0.05', 'point', '0.05', 'USD'],
    ['0.05 USD/min', 'point', '0.05', 'USD'],
    ['(0.05)', 'point', '-0.05', undefined],
    ['−0.05', 'point', '-0.05', undefined],
    ['5', 'point', '5', undefined],
  ] as const) {
    const money = parseMoney(text, mark);
    assert.equal(money === undefined ? undefined : formatDecimal(money.value), value, text);
    assert.equal(money?.currency, currency, text);
  }
  for (const [text, mark] of [
    ['1,2,3', 'point'],
    ['0.05.1', 'point'],
    ['0,05', 'point'],
    ['12.34', 'comma'],
    ['abc', 'point'],
    ['1e-3', 'point'],
    ['', 'point'],
    ['USD 1 EUR', 'point'],
  ] as const) {
    assert.equal(parseMoney(text, mark), undefined, text);
  }
});

test('one price shows the decimal mark, or that it may be a thousand', () => {
  for (const [text, shown] of [
    ['0.05', 'point'],
    ['0,05', 'comma'],
    ['1,234', 'unclear'],
    ['1.234', 'unclear'],
    ['0,123', 'comma'],
    ['1,234.5', 'point'],
    ['1.234,5', 'comma'],
    ['1,234,567', 'point'],
    ['5', undefined],
  ] as const) {
    assert.equal(markShown(text), shown, text);
  }
});

test('a symbol fits the currencies it stands for', () => {
  assert.ok(
    currencyFits('$', 'USD') &&
      currencyFits('$', 'CAD') &&
      currencyFits('US$', 'USD') &&
      currencyFits('€', 'EUR') &&
      currencyFits('¥', 'JPY') &&
      currencyFits('usd', 'USD'),
  );
  assert.ok(!currencyFits('$', 'EUR') && !currencyFits('US$', 'CAD') && !currencyFits('€', 'USD') && !currencyFits('GBP', 'EUR'));
});

test('dates are read in the forms sheets have', () => {
  for (const [text, order, date] of [
    ['2026-11-01', 'dmy', '2026-11-01'],
    ['2026/11/1', 'dmy', '2026-11-01'],
    ['20261101', 'dmy', '2026-11-01'],
    ['01.11.2026', 'dmy', '2026-11-01'],
    ['1/11/26', 'dmy', '2026-11-01'],
    ['11/1/2026', 'mdy', '2026-11-01'],
    ['01-Nov-2026', 'dmy', '2026-11-01'],
    ['1 November 2026', 'dmy', '2026-11-01'],
    ['1st Nov 2026', 'dmy', '2026-11-01'],
    ['Nov 1, 2026', 'dmy', '2026-11-01'],
    ['1. März 2026', 'dmy', '2026-03-01'],
    ['15 août 2026', 'dmy', '2026-08-15'],
    ['1 de diciembre de 2026', 'dmy', '2026-12-01'],
    ['01-NOV-26', 'dmy', '2026-11-01'],
    ['2026-11-01 00:00:00', 'dmy', '2026-11-01'],
  ] as const) {
    assert.deepEqual(parseSheetDate(text, order), { date }, text);
  }
  assert.deepEqual(parseSheetDate('2026-11-01T13:30:00Z', 'dmy'), { date: '2026-11-01', time: '13:30:00', offset: 'Z' });
  assert.deepEqual(parseSheetDate('01/11/2026 1:30 PM', 'dmy'), { date: '2026-11-01', time: '13:30:00' });
  assert.deepEqual(parseSheetDate('2026-11-01 10:00 +0200', 'dmy'), { date: '2026-11-01', time: '10:00:00', offset: '+02:00' });
  for (const text of ['2026-02-30', '31.04.2026', '13/13/2026', 'soon', '46327', '2026', '01/2026', '2026-11-01 25:00', '1 Foo 2026'])
    assert.equal(parseSheetDate(text, 'dmy'), undefined, text);
});

test('a date shows the order of day and month, or that it does not', () => {
  for (const [text, shown] of [
    ['31/01/2026', 'dmy'],
    ['01/31/2026', 'mdy'],
    ['03/04/2026', 'unclear'],
    ['03.04.2026', 'dmy'],
    ['05/05/2026', undefined],
    ['2026-03-04', undefined],
    ['1 Nov 2026', undefined],
  ] as const) {
    assert.equal(orderShown(text), shown, text);
  }
  assert.equal(parseDateOrder('dd/mm/yyyy'), 'dmy');
  assert.equal(parseDateOrder('MM-DD-YY'), 'mdy');
  assert.equal(parseDateOrder('dd/mm'), undefined);
});

test('increments are read in the forms sheets have', () => {
  for (const [text, first, next] of [
    ['60/60', 60, 60],
    ['1/1', 1, 1],
    ['30/6', 30, 6],
    ['60+60', 60, 60],
    ['30 / 6 sec', 30, 6],
    ['1-1', 1, 1],
    ['60', 60, 60],
    ['1s', 1, 1],
    ['6.0', 6, 6],
    ['per second', 1, 1],
    ['per minute', 60, 60],
  ] as const) {
    assert.deepEqual(parseIncrements(text), { first, next }, text);
  }
  for (const text of ['0/60', '1/60/60', '-1', '1.5', 'sometimes', '99999999', '01-Jan'])
    assert.equal(parseIncrements(text), undefined, text);
});

test('words for changes are known in several languages', () => {
  for (const [word, texts] of [
    ['new', 'New|NEW|neu|Nouveau|nuevo'],
    ['increase', 'Increase|INCREASED|Erhöhung|hausse|Aumento|↑|Up'],
    ['decrease', 'Decrease|decreased|Senkung|baisse|↓|Reduced'],
    ['unchanged', 'No Change|Unchanged|Same|unverändert|inchangé|Current'],
    ['closed', 'Closed|Blocked|Discontinued|Deleted|gesperrt|supprimé|Bloqueado|Withdrawn'],
  ] as const) {
    for (const text of texts.split('|')) assert.equal(changeWordOf(text), word, text);
  }
  assert.equal(changeWordOf('perhaps'), undefined);
  assert.ok(saysClosed('Blocked') && saysClosed('N/A') && !saysClosed('0.05'));
});
