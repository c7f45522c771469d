import { bandInWords, plainWords } from './words.ts';

/** What a column can hold. A price column may name its band: `price:off-peak`. */
export const sheetFields = [
  'destination',
  'country',
  'countryCode',
  'areaCode',
  'code',
  'codeFrom',
  'codeTo',
  'price',
  'firstPrice',
  'nextPrice',
  'oldPrice',
  'band',
  'increments',
  'firstSeconds',
  'nextSeconds',
  'setupFee',
  'minimumCharge',
  'effective',
  'end',
  'change',
  'currency',
  'comment',
  'ignore',
] as const;
export type SheetField = (typeof sheetFields)[number];

export interface FieldOfColumn {
  readonly field: SheetField;
  readonly band?: string;
  /** Of two columns for one field the stronger counts. A name given by the user is 9. */
  readonly strength: number;
}

const ALTERNATIVES: readonly (readonly [SheetField, number, RegExp])[] = [
  [
    'oldPrice',
    3,
    /^(old|previous|prev|prior|former|last|alter|alte|bisheriger?|ancien|ancienne|anterior|precedente) (rate|price|preis|tarif|tarifa|prix|precio|prezzo|charge|cost)\b|^(rate|price) (old|previous|prev|before)$/,
  ],
  [
    'change',
    3,
    /^(rate |price |tariff |tarif )?(status|change|changes|change type|change status|type of change|change indicator|change code|trend|movement)$/,
  ],
  [
    'change',
    2,
    /^(action|indicator|update|anderung|veranderung|evolution|cambio|variacion|variation|variazione|modification|alteracao|situacao|estado|stato|statut)$/,
  ],
  ['firstPrice', 3, /^(initial|first|1st)( \w+)? (rate|price|charge)( .*)?$/],
  ['nextPrice', 3, /^(increment|incremental|next|subsequent|additional|recurring)( \w+)? (rate|price|charge)( .*)?$/],
  ['setupFee', 3, /^(connect|connection|call ?setup|setup|set up|flag ?fall|call attempt)( (fee|charge|cost|rate|price|surcharge))?$/],
  [
    'setupFee',
    3,
    /^(verbindungsentgelt|grundgebuhr je anruf|frais de connexion|cargo por conexion|establecimiento de llamada|scatto alla risposta)$/,
  ],
  ['minimumCharge', 3, /^(minimum|min|minimal) (charge|fee|amount|price|cost)$/],
  [
    'effective',
    3,
    /^(effective|eff|effectiv)( (date|from|start|since|as of|on|time|day|start date|from date|date time))*( (utc|gmt|cet|local))?$|^(valid|applicable|active|activation|start|begin|from) ?(from|date|since|as of)$|^date (effective|from|of effect)$/,
  ],
  [
    'effective',
    3,
    /^(gultig ab|gultig von|wirksam ab|gultigkeit ab|ab datum|date d? ?effet|date d entree en vigueur|valable a partir du|fecha (efectiva|de vigencia|de inicio|inicio|desde)|vigente desde|vigencia|data (inizio|di inizio|de inicio|inicial|efetiva)|decorrenza|valido dal|valido desde)$/,
  ],
  [
    'end',
    3,
    /^(end|expiry|expiration|expire|expires|discontinue|closing)( (date|time|on|day))*( (utc|gmt|cet|local))?$|^(valid|effective|applicable) (to|until|till|thru|through|end|end date)$|^(date to|to date|until)$/,
  ],
  [
    'end',
    3,
    /^(gultig bis|ende|enddatum|date de fin|fin|valable jusqu au|fecha (fin|de fin|hasta|final)|vigente hasta|data (fine|di fine|fim|de fim|final)|scadenza|valido (al|hasta|ate))$/,
  ],
  ['currency', 3, /^(currency|ccy|curr|cur|currency code|wahrung|devise|monnaie|moneda|divisa|valuta|moeda)$/],
  [
    'comment',
    3,
    /^(comments?|remarks?|notes?|bemerkung|bemerkungen|hinweis|kommentar|commentaires?|remarques?|comentarios?|observaciones|notas?|note)$/,
  ],
  [
    'firstSeconds',
    3,
    /^(initial|first|1st|minimum|minimal|min|mindest|erster|premier|primer|primo)( (billing|billed|charged|chargeable|call|charging))*( (increments?|intervals?|duration|period|seconds?|secs?|time|block|unit|pulse|length|dauer|takt|intervalle|intervalo|intervallo))( (in|s|secs?|seconds?))*$/,
  ],
  [
    'firstSeconds',
    3,
    /^(interval|increment|pulse|block) ?(1|i|one)$|^(initial|minimum|mindestdauer|mindur|min dur|ersttakt|duree minimale|duracion minima|duracao minima|minimo|durata minima|primo scatto|scatto iniziale|scatto minimo|premier palier|palier initial|(incremento|intervalo|intervallo) (inicial|iniziale|minimo)|intervalle initial)$/,
  ],
  [
    'nextSeconds',
    3,
    /^(next|subsequent|additional|second|2nd|recurring|following|nachster|suivant|siguiente|successivo)( (billing|billed|charged|charging|call))*( (increments?|intervals?|period|seconds?|secs?|time|block|unit|pulse|takt|intervalle|intervalo|intervallo))?( (in|s|secs?|seconds?))*$/,
  ],
  [
    'nextSeconds',
    3,
    /^(interval|increment|pulse|block) ?(n|2|ii|two)$|^(folgetakt|scatt[oi] successiv[oi]|palier suivant|paliers suivants|(incremento|intervalo|intervallo) (siguiente|adicional|successivo|seguinte|sucesivo)|intervalle suivant)$/,
  ],
  [
    'increments',
    2,
    /^(billing |charging |rounding |call |charge )?(increments?|intervals?|pulse|rounding|granularity)( (rules?|s|secs?|seconds?|in seconds))?$|^(billing|billing (terms?|unit|method|rules?|type|block)|charging (terms?|unit)|rounding rules?|min inc|initial increment increment|takt|takte|taktung|abrechnungstakt|tarification|facturation|facturacion|tariffazione|tasacion|cadencia|cadence)$|^(scatto|scatti|incrementi?|incrementos?|intervall|intervalle|intervalles|intervallo|intervalli|intervalos?|paliers?|arrotondamento|redondeo|arrondi|arredondamento)( (di |de |des |d )?(tariffazione|fatturazione|addebito|facturacion|tarificacion|cobro|facturation|tarification|taxation|facturacao|tarifacao|cobranca))?$|^(abrechnungs|tarif)(intervall|takt|einheit)$/,
  ],
  [
    'increments',
    1,
    /^(unita|unite|unidad|unidade|einheit)( (di |de |des |d )?(tariffazione|fatturazione|addebito|conteggio|facturacion|tarificacion|medida|facturation|tarification|taxation|facturacao|tarifacao))?$/,
  ],
  [
    'band',
    3,
    /^(time of (the )?day|time class|time period|time band|rate period|tod|tageszeit|zeitfenster|plage horaire|franja horaria|fascia oraria)$/,
  ],
  [
    'codeFrom',
    3,
    /^(codes?|prefix|range|number|dial code|number range|area code) (from|start|begin)$|^(from|start|begin|beginning|first) (code|prefix|range|number)$/,
  ],
  [
    'codeTo',
    3,
    /^(codes?|prefix|range|number|dial code|number range|area code) (to|end|until|stop)$|^(to|end|ending|last|stop) (code|prefix|range|number)$/,
  ],
  [
    'areaCode',
    3,
    /^(area|city|ndc|national|national destination|breakout|regional?|mobile|local|network|operator|area city|city area|destination area)( (codes?|prefix|prefixes))$|^(ndc|areacode|citycode|area|ortsvorwahl|ortsvorwahlen|ortsnetzkennzahl|indicatif regional|indicatif local|codigo (de )?(area|ciudad)|prefisso locale|codigo local)$/,
  ],
  [
    'countryCode',
    3,
    /^(country|ctry|international|intl|nation)( (dial|dialing|dialling|calling|access))?( (codes?|prefix|number))$|^(cc|countrycode|landesvorwahl|landerkennzahl|landervorwahl|indicatif (du )?pays|codigo (de )?pais|prefisso (internazionale|paese)|codigo do pais|ddi)$/,
  ],
  [
    'code',
    3,
    /^(dial|dialing|dialling|dialed|dialled|calling|full|destination|dest|number|called|called number|dnis|cld|b number|e164|e 164|route|rate|complete)( (codes?|prefix|prefixes|digits|numbers?|range))+( list| s)?$|^(codes?|prefix|prefixes|dialcodes?|dial|e164|e 164|dnis|digits|code list|codes list|list of codes|number range|range|prefix list|prefixes list|vorwahl|vorwahlen|kennzahl|kennzahlen|rufnummernprafix|indicatifs?|prefijos?|codigos?|prefisso|prefissi|prefixos?|prefixe|prefixes|prafix|cld)$/,
  ],
  ['country', 3, /^(country|country name|countries|land|lander|pays|pais|paises|paese|nation)$/],
  [
    'destination',
    3,
    /^(destinations?|dest|destination (name|description|zone|group|country)|dest (name|description)|zielgebiet|ziel|zielland|destino|destinos|destinazione|nombre de destino|nom de destination)$/,
  ],
  [
    'destination',
    2,
    /^(zone|zone name|tarifzone|rate name|code name|prefix name|area name|region|region name|route|route name|location|code description|country (operator|destination|network|zone|breakout|region)|breakout|description|terminating (zone|country|network))$/,
  ],
  [
    'destination',
    1,
    /^(name|operator|operator name|network|network name|carrier|type|bezeichnung|beschreibung|descripcion|descrizione|descricao|nom|nombre|nome)$/,
  ],
];

const PRICE_CORE = new Set(
  'rate rates price prices tariff tariffs charge charges cost costs preis preise minutenpreis tarif tarife entgelt prix precio precios tarifa tarifas prezzo prezzi tariffa tariffe preco ppm rpm min minute'.split(
    ' ',
  ),
);
const PRICE_FILLING = new Set(
  'per a the in of for pro par por al je au la le der new neu neuer nouveau nueva nuevo sell selling buy buying net call calls voice termination terminating wholesale offered offer current aktuell aktueller standard full amount unit all day 24x7 flat value excl excluding vat us usa min mins minute minutes minuto minuti minuten mn m sec secs second seconds s cent cents ct cts pence centime centimes centimo centimos centesimi en 1 int intl international outbound final effective interconnect'.split(
    ' ',
  ),
);
/** What a column is by its header; undefined when no name is known. */
export function fieldOfHeader(header: string): FieldOfColumn | undefined {
  const words = plainWords(header.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' '));
  if (words === '' || words.length > 80) return undefined;
  const shorter = plainWords(header.replace(/[([{][^)\]}]*[)\]}]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2'));
  for (const candidate of new Set([words, shorter, words.replaceAll(' ', '')])) {
    for (const [field, strength, pattern] of ALTERNATIVES) if (pattern.test(candidate)) return { field, strength };
  }
  return priceOfHeader(words) ?? (shorter === '' ? undefined : priceOfHeader(shorter));
}

function priceOfHeader(words: string): FieldOfColumn | undefined {
  const named = bandInWords(words);
  const rest = named?.rest ?? words;
  const tokens = rest === '' ? [] : rest.split(' ');
  const known = tokens.every((token) => PRICE_CORE.has(token) || PRICE_FILLING.has(token) || isCurrencyToken(token));
  const core = tokens.some((token) => PRICE_CORE.has(token));
  const money = tokens.some(isCurrencyToken);
  if (named !== undefined && known) return { field: 'price', band: named.band, strength: 3 };
  if (!known || (!core && !money)) return undefined;
  // A bare `Current Rate` is the price only when no other column is: many sheets have it beside `New Rate`.
  if (/^(current|aktuell|aktueller) /.test(words)) return { field: 'price', strength: 1 };
  if (/^(new|neuer?|nouveau|nueva|nuevo) /.test(words)) return { field: 'price', strength: 4 };
  return { field: 'price', strength: core && words !== 'min' && words !== 'minute' ? 3 : 2 };
}

function isCurrencyToken(token: string): boolean {
  return /[$€£¥¢]/.test(token) || MONEY_TOKENS.has(token);
}

/** Currencies that headers of price sheets name. A column for another one is mapped by hand. */
const MONEY_TOKENS = new Set(
  'dollar dollars euro euros usd eur gbp chf jpy cad aud nzd sgd hkd cny inr pkr bdt lkr aed sar qar kwd omr bhd jod egp zar ngn kes ghs tzs ugx mad dzd tnd xof xaf rub uah kzt gel amd azn try pln czk huf ron bgn sek nok dkk isk brl mxn ars clp cop pen uyu bob pyg crc dop jmd ttd thb vnd idr myr php krw twd ils irr sdr xdr'.split(
    ' ',
  ),
);

const FIELD_NAMES = new Set<string>(sheetFields);

/** Reads a field as users write it in a mapping: `price`, `price:off-peak`, `ignore`. Undefined for no such field. */
export function parseField(text: string): FieldOfColumn | undefined {
  const [name = '', band, ...more] = text.trim().split(':');
  if (more.length > 0 || !FIELD_NAMES.has(name)) return undefined;
  const field = name as SheetField; // looked up in the list above
  if (band === undefined) return { field, strength: 9 };
  return field === 'price' && band.trim() !== '' ? { field, band: band.trim(), strength: 9 } : undefined;
}
