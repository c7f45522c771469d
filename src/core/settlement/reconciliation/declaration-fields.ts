/** What columns of a partner's declaration hold, by their headers. */
import { partnerFileFields } from '../../parties/partner-files.ts';
import { plainWords } from '../../tariffs/rate-sheets/words.ts';

export const declarationFields = partnerFileFields;
export type DeclarationField = (typeof declarationFields)[number];

/** Only in invoices, which may be of several; and only when a column is mapped to them, for their usual names mean other things. */
export const invoiceFields: readonly DeclarationField[] = ['agreement', 'service', 'period'];

const KNOWN: readonly (readonly [DeclarationField, RegExp])[] = [
  ['hour', /^(hour|hours of day|hour of day|stunde|heure|hora|ora|time|uhrzeit)$/],
  ['day', /^(day|date|call date|traffic date|datum|tag|jour|fecha|dia|data|giorno|date of traffic|date time|datetime|start date)$/],
  ['currency', /^(currency|ccy|curr|wahrung|devise|moneda|valuta|moeda)$/],
  [
    'code',
    /^((dial|dialled|dialed|area|country|destination|called)? ?(codes?|prefix|prefixes)|vorwahl|indicatif|prefijo|prefisso|prefixo)$/,
  ],
  [
    'raw',
    /^((raw|real|actual|duration|call|conversation|unrounded|net) ?)+(minutes|mins|min|seconds|secs|sec|duration|time|volume)?( (in )?(minutes|mins|min|seconds|secs|sec|s|hh mm ss))?$/,
  ],
  [
    'billed',
    /^((billed|billable|chargeable|charged|rated|invoiced|total|rounded) )*(minutes|mins|min|seconds|secs|sec|duration|volume|quantity|qty|messages|units|sms|bytes|mb|dauer|minuten|sekunden|durée|duree|minutos|minuti|segundos|secondi)( (billed|in minutes|in seconds|min|mins|sec|s|hh mm ss))?$/,
  ],
  [
    'calls',
    /^((number|no|nr|num|total|count|qty) )*(of )?(answered |successful |completed |billed )?(calls|attempts answered|asr calls|anrufe|gesprache|verbindungen|appels|llamadas|chiamate|chamadas|cdrs|events)( count)?$/,
  ],
  [
    'rate',
    /^((unit|billed|sell|buy|average|avg|per) )*(rate|price|tariff|tarif|preis|minutenpreis|precio|prezzo|preco)( (per|pro) (minute|min|unit|message))?$/,
  ],
  [
    'amount',
    /^((total|net|gross|billed|invoiced) )*(amount|charges?|cost|value|revenue|sum|betrag|summe|montant|importe|importo|valor|total)( (due|net|[a-z]{3}|in [a-z]{3}))?$/,
  ],
  [
    'destination',
    /^(destinations?( name)?|dest|dest name|zone|zone name|country|country name|route|area|service|description|ziel|zielgebiet|land|pays|pais|destino|destinazione|name|network|operator|carrier)$/,
  ],
];

/** Undefined when no name is known. */
export function declarationField(header: string): DeclarationField | undefined {
  const spaced = header.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  const forms = [plainWords(spaced), plainWords(spaced.replace(/[([{][^)\]}]*[)\]}]/g, ' '))];
  for (const words of forms) {
    if (words === '') continue;
    for (const [field, pattern] of KNOWN) if (pattern.test(words)) return field;
  }
  return undefined;
}

export const durationUnits = ['seconds', 'minutes'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** `Billed min` is in minutes; undefined when the header does not say. */
export function unitOfHeader(header: string): DurationUnit | undefined {
  const words = ` ${plainWords(header.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' '))} `;
  if (/ (secs?|seconds?|s|sekunden|segundos|secondi|secondes) /.test(words)) return 'seconds';
  return / (mins?|minutes?|minuten|minutos|minuti) /.test(words) ? 'minutes' : undefined;
}
