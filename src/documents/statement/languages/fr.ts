import type { StatementTexts } from './words.ts';

export const fr: StatementTexts = {
  separators: { group: '\u00a0', decimal: ',' },
  labels: {
    ...{ title: 'Relevé de règlement', provisional: 'PROVISOIRE', to: 'À', dueTo: 'Dû à {name}', net: 'Net' },
    ...{ destination: 'Destination', increments: 'Paliers', amount: 'Montant {currency}', total: 'Total {name}' },
    ...{ noUsage: 'Aucun trafic pendant cette période.', notes: 'Remarques', page: 'page {page} sur {pages}' },
    ...{ agreement: 'Contrat', account: 'Compte', period: 'Période', zone: 'Fuseau horaire', currency: 'Devise', date: 'Date' },
    taxId: 'N° de TVA',
  },
  words: {
    services: { voice: 'Voix', sms: 'SMS', mms: 'MMS', data: 'Données', content: 'Contenus', event: 'Événements', fee: 'Frais' },
    pays: '{payer} paie {payee}',
    nothingToPay: 'Rien n’est à payer',
    due: 'Dû par {from} à {to}',
    headings: {
      ...{ rate: 'Prix', calls: 'Appels', answered: 'Aboutis', minutes: 'Minutes', billedMinutes: 'Min fact.', messages: 'Messages' },
      ...{ delivered: 'Remis', parts: 'Parties', billed: 'Facturé', sessions: 'Sessions', events: 'Événements', units: 'Unités' },
      quantity: 'Quantité',
    },
    adjustment: 'Ajustement',
    notAnswered: 'Non aboutis, sans tarif',
    validFrom: 'à partir du {day}',
    everyLine: 'Toutes les lignes',
    everyUsageLine: 'Toutes les lignes sauf les ajustements',
    lines: 'Lignes {numbers}',
    moreLines: '({count} lignes)',
    split: {
      one: 'un appel se poursuit dans une autre tranche horaire, à son prix : {part} en tout',
      many: '{count} appels se poursuivent dans une autre tranche horaire, à son prix : {part} en tout',
      withoutIt: 'sans lui {part}',
      withoutThem: 'sans eux {part}',
    },
    notes: {
      provisional: 'Provisoire : la période n’était pas terminée lorsque ce relevé a été établi le {day}.',
      knownAt: 'Seul ce qui était comptabilisé au {instant} est compté.',
      days: 'Un appel appartient au jour local où il a commencé. Les jours et tranches horaires sont ceux de {zone} : la période va de {from} à {to} exclu.',
      charged: 'Chaque montant a été calculé exactement et {terms}. Les totaux sont les sommes de ces montants.',
      chargedUnderTerms:
        'Chaque montant a été calculé exactement, aux conditions qui s’y appliquaient. Les totaux sont les sommes de ces montants.',
      rounded: 'arrondi une fois ({mode}), à {decimals} décimales',
      termsOf: '{days}, {events} événements facturés ({name}) : {terms}.',
      zoneOf: 'jours de {zone}',
      minutes: 'Les minutes sont affichées arrondies à deux décimales ; les montants sont calculés à partir des secondes.',
      split:
        'Un appel figure sur la ligne de la tranche horaire où il a commencé, même s’il se poursuit dans une autre, dont le prix vaut pour cette partie. ' +
        'Minutes × prix n’est pas le montant d’un tel appel ; la ligne dit combien il y en a et ce qu’ils coûtent, le fichier de détail signale chacun.',
      oneCurrency: 'Tous les montants sont en {currency}. Rien n’a été converti.',
      currencies:
        'Les montants en {currencies} figurent côte à côte : rien n’a été converti et les devises ne sont pas compensées entre elles.',
      and: ' et ',
      toPay: 'Le montant à payer est le net, arrondi ({mode}) aux décimales dans lesquelles la devise est payée.',
      toPayLatest:
        'Le montant à payer est le net, arrondi comme les derniers montants ({mode}) aux décimales dans lesquelles la devise est payée.',
    },
    rounding: {
      ...{ 'half-up': 'demi vers le haut', 'half-even': 'demi vers le pair', 'half-down': 'demi vers le bas' },
      ...{ up: 'en s’éloignant de zéro', down: 'vers zéro', ceiling: 'à la valeur supérieure', floor: 'à la valeur inférieure' },
    },
    seconds: {
      'as-given': 'secondes d’un appel telles qu’enregistrées',
      ceil: 'secondes d’un appel arrondies à l’entier supérieur',
      nearest: 'secondes d’un appel arrondies à l’entier le plus proche',
    },
    bands: {
      start: 'la tranche horaire où un appel a commencé fixe le prix de tout l’appel',
      split: 'chaque partie d’un appel est au prix de la tranche horaire où elle se trouve',
    },
  },
  prices: {
    nth: 'prix n° {n}',
    step: '{price} à partir de {from} s d’un appel, {increments}',
    tier: '{price} à partir de {from} {measure}',
    tierPart: '{tiers} {window}, pour cette partie de l’usage',
    tierAll: '{tiers} {window}, pour le tout, par ajustement',
    windows: { day: 'par jour', week: 'par semaine', month: 'par mois', quarter: 'par trimestre', year: 'par an' },
    sizeUpTo: '{price} jusqu’à {size} octets',
    sizeLarger: '{price} pour les messages plus grands',
    share: '{percent} % du prix payé par le client',
    shareLess: '{percent} % du prix payé par le client moins {less} par événement',
    grace: 'rien n’est dû jusqu’à {seconds} s',
    free: '{seconds} premières secondes gratuites',
    clauses: {
      ...{ 'setup fee': 'frais d’établissement {value}', 'attempt fee': 'frais de tentative {value}' },
      ...{ 'disconnect fee': 'frais de fin d’appel {value}', surcharge: 'supplément {value}' },
      ...{ 'at least': 'au moins {value}', 'at most': 'au plus {value}' },
    },
    callers: 'appelants {name}',
    callersOutside: 'appelants hors {name}',
    callersIn: 'appelants dans {name}',
    trunk: 'faisceau {name}',
    ratingGroup: 'groupe tarifaire {name}',
    apn: 'APN {name}',
    units: {
      ...{ min: 'min', s: 's', h: 'h', message: 'message', messages: 'messages', unit: 'unité', units: 'unités' },
      ...{ charged: 'facturés', byte: 'octet', bytes: 'octets' },
    },
  },
};
