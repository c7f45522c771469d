import type { StatementTexts } from './words.ts';

export const de: StatementTexts = {
  separators: { group: '.', decimal: ',' },
  labels: {
    ...{ title: 'Abrechnungsübersicht', provisional: 'VORLÄUFIG', to: 'An', dueTo: 'Forderung von {name}', net: 'Saldo' },
    ...{ destination: 'Ziel', increments: 'Takt', amount: 'Betrag {currency}', total: 'Summe {name}' },
    ...{ noUsage: 'Keine Nutzung in diesem Zeitraum.', notes: 'Hinweise', page: 'Seite {page} von {pages}' },
    ...{ agreement: 'Vertrag', account: 'Konto', period: 'Zeitraum', zone: 'Zeitzone', currency: 'Währung', date: 'Datum' },
    taxId: 'USt-IdNr./Steuernr.',
  },
  words: {
    services: { voice: 'Sprache', sms: 'SMS', mms: 'MMS', data: 'Daten', content: 'Inhalte', event: 'Ereignisse', fee: 'Entgelte' },
    pays: '{payer} zahlt an {payee}',
    nothingToPay: 'Es ist nichts zu zahlen',
    due: 'Von {from} an {to} zu zahlen',
    headings: {
      ...{
        rate: 'Preis',
        calls: 'Anrufe',
        answered: 'Verbunden',
        minutes: 'Minuten',
        billedMinutes: 'Berechn. min',
        messages: 'Nachrichten',
      },
      ...{ delivered: 'Zugestellt', parts: 'Teile', billed: 'Berechnet', sessions: 'Sitzungen', events: 'Ereignisse', units: 'Einheiten' },
      quantity: 'Menge',
    },
    adjustment: 'Anpassung',
    notAnswered: 'Nicht verbunden, ohne Tarif',
    validFrom: 'ab {day}',
    everyLine: 'Jede Zeile',
    everyUsageLine: 'Jede Zeile außer Anpassungen',
    lines: 'Zeilen {numbers}',
    moreLines: '({count} Zeilen)',
    split: {
      one: 'ein Anruf reicht in ein anderes Zeitband und kostet dort dessen Preis: zusammen {part}',
      many: '{count} Anrufe reichen in ein anderes Zeitband und kosten dort dessen Preis: zusammen {part}',
      withoutIt: 'ohne ihn {part}',
      withoutThem: 'ohne sie {part}',
    },
    notes: {
      provisional: 'Vorläufig: Am {day}, dem Tag dieser Aufstellung, war der Zeitraum noch nicht zu Ende.',
      knownAt: 'Gezählt ist nur, was bis {instant} gebucht war.',
      days: 'Ein Anruf gehört zu dem örtlichen Tag, an dem er begann. Tage und Zeitbänder gelten nach {zone}: Der Zeitraum reicht von {from} bis vor {to}.',
      charged: 'Jede Gebühr ist genau berechnet und {terms}. Summen sind Summen dieser Gebühren.',
      chargedUnderTerms: 'Jede Gebühr ist nach den Bedingungen, die für sie galten, genau berechnet. Summen sind Summen dieser Gebühren.',
      rounded: 'einmal gerundet ({mode}), auf {decimals} Dezimalstellen',
      termsOf: '{days}, {events} berechnete Ereignisse ({name}): {terms}.',
      zoneOf: 'Tage nach {zone}',
      minutes: 'Minuten sind auf zwei Dezimalstellen gerundet dargestellt; Beträge sind aus Sekunden berechnet.',
      split:
        'Ein Anruf steht in der Zeile des Zeitbands, in dem er begann, auch wenn er in ein anderes reicht, dessen Preis für diesen Teil gilt. ' +
        'Minuten × Preis ergibt bei ihm nicht den Betrag; die Zeile nennt Zahl und Kosten solcher Anrufe, die Detaildatei kennzeichnet jeden.',
      oneCurrency: 'Alle Beträge lauten auf {currency}. Nichts wurde umgerechnet.',
      currencies:
        'Beträge in {currencies} stehen nebeneinander: Nichts wurde umgerechnet, und Währungen werden nicht miteinander verrechnet.',
      and: ' und ',
      toPay: 'Zu zahlen ist der Saldo, gerundet ({mode}) auf die Dezimalstellen, in denen die Währung gezahlt wird.',
      toPayLatest:
        'Zu zahlen ist der Saldo, gerundet wie die letzten Gebühren ({mode}) auf die Dezimalstellen, in denen die Währung gezahlt wird.',
    },
    rounding: {
      ...{ 'half-up': 'kaufmännisch', 'half-even': 'halbe zur geraden Ziffer', 'half-down': 'halbe zur Null hin' },
      ...{ up: 'von der Null weg', down: 'zur Null hin', ceiling: 'zum nächsthöheren', floor: 'zum nächstniedrigeren' },
    },
    seconds: {
      'as-given': 'Sekunden eines Anrufs wie aufgezeichnet',
      ceil: 'Sekunden eines Anrufs auf ganze aufgerundet',
      nearest: 'Sekunden eines Anrufs auf die nächste ganze gerundet',
    },
    bands: {
      start: 'das Zeitband, in dem ein Anruf begann, bestimmt seinen ganzen Preis',
      split: 'jeder Teil eines Anrufs kostet den Preis des Zeitbands, in dem er liegt',
    },
  },
  prices: {
    nth: '{n}. Preis',
    step: '{price} ab Sekunde {from} eines Anrufs, {increments}',
    tier: '{price} ab {from} {measure}',
    tierPart: '{tiers} {window}, für diesen Teil der Nutzung',
    tierAll: '{tiers} {window}, für alles, durch Anpassung',
    windows: { day: 'am Tag', week: 'in der Woche', month: 'im Monat', quarter: 'im Quartal', year: 'im Jahr' },
    sizeUpTo: '{price} bis {size} Byte',
    sizeLarger: '{price} für größere Nachrichten',
    share: '{percent} % des Preises für den Kunden',
    shareLess: '{percent} % des Preises für den Kunden abzüglich {less} je Ereignis',
    grace: 'bis {seconds} s kostenfrei',
    free: 'die ersten {seconds} s frei',
    clauses: {
      ...{
        'setup fee': 'Verbindungsentgelt {value}',
        'attempt fee': 'Versuchsentgelt {value}',
        'disconnect fee': 'Trennungsentgelt {value}',
      },
      ...{ surcharge: 'Zuschlag {value}', 'at least': 'mindestens {value}', 'at most': 'höchstens {value}' },
    },
    callers: 'Anrufer {name}',
    callersOutside: 'Anrufer außerhalb von {name}',
    callersIn: 'Anrufer in {name}',
    trunk: 'Leitung {name}',
    ratingGroup: 'Tarifgruppe {name}',
    apn: 'APN {name}',
    units: {
      ...{ min: 'min', s: 's', h: 'Std.', message: 'Nachricht', messages: 'Nachrichten', unit: 'Einheit', units: 'Einheiten' },
      ...{ charged: 'berechnet', byte: 'Byte', bytes: 'Byte' },
    },
  },
};
