/** How texts of a sheet are compared: without case, accents and punctuation. `Gültig ab:` is `gultig ab`. */
export function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}$€£¥¢]+/gu, ' ')
    .trim();
}

/** What a carrier's word says becomes of a rate. */
export const changeWords = ['new', 'increase', 'decrease', 'unchanged', 'changed', 'closed'] as const;
export type ChangeWord = (typeof changeWords)[number];

const CHANGES: Readonly<Record<ChangeWord, string>> = {
  new: 'new|added|add|addition|new code|new destination|new rate|neu|nouveau|nouvelle|nuevo|nueva|nuovo|nuova|novo|nova|n',
  increase:
    'increase|increased|increases|increasing|up|raise|raised|higher|price increase|rate increase|erhohung|erhoht|teurer|augmentation|hausse|aumento|incremento|subida|aumentato|i|inc',
  decrease:
    'decrease|decreased|decreases|decreasing|down|reduced|reduction|lower|price decrease|rate decrease|senkung|gesenkt|gunstiger|baisse|diminution|reduccion|disminucion|bajada|riduzione|diminuzione|reducao|d|dec',
  unchanged:
    'unchanged|no change|not changed|nochange|same|same rate|current|stable|active|open|no changes|unverandert|gleich|inchange|sans changement|sin cambio|sin cambios|invariato|inalterado|u|nc|s|c',
  changed: 'changed|change|modified|update|updated|amended|geandert|anderung|modifie|modificado|modificato|alterado',
  closed:
    'closed|close|closing|closure|blocked|block|blocking|discontinued|discontinue|discontinuation|deleted|delete|deletion|removed|remove|removal|withdrawn|suspended|barred|not available|unavailable|not offered|not supported|no service|n a|na|end|ended|expired|terminated|inactive|geschlossen|gesperrt|entfallt|geloscht|beendet|ferme|fermee|supprime|supprimee|bloque|cerrado|cerrada|bloqueado|bloqueada|eliminado|eliminada|baja|chiuso|chiusa|bloccato|soppresso|fechado|encerrado',
};

const CHANGE_OF = new Map<string, ChangeWord>(
  changeWords.flatMap((word) => CHANGES[word].split('|').map((text): [string, ChangeWord] => [text, word])),
);

/** The meaning of a status cell; undefined when it is no word known here. Arrows count: `↑`, `▼`. */
export function changeWordOf(text: string): ChangeWord | undefined {
  if (/[↑▲⬆]/u.test(text)) return 'increase';
  if (/[↓▼⬇]/u.test(text)) return 'decrease';
  const words = plainWords(text);
  return CHANGE_OF.get(words) ?? CHANGE_OF.get(words.replace(/ \d+.*$/, ''));
}

/** Words in a price cell that mean: this code is not offered. */
export function saysClosed(text: string): boolean {
  if (!/\p{L}/u.test(text)) return false;
  return CHANGE_OF.get(plainWords(text)) === 'closed';
}

const BANDS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(off ?peak|offpeak|non peak|evening|night|economy|cheap|reduced|nebenzeit|heures creuses|valle|ore non di punta|fora de ponta)\b/,
    'off-peak',
  ],
  [/\b(weekend|week end|wochenende|week ends|fin de semana|fine settimana)\b/, 'weekend'],
  [/\b(holidays?|feiertage?|jours feries|festivos?)\b/, 'holiday'],
  [/\b(peak|day|daytime|business hours|hauptzeit|heures pleines|punta|ore di punta|ponta)\b/, 'peak'],
];

/** The time band that words name (`Off-Peak Rate` is off-peak), and the words without it. */
export function bandInWords(words: string): { readonly band: string; readonly rest: string } | undefined {
  for (const [pattern, band] of BANDS) {
    if (pattern.test(words)) return { band, rest: words.replace(pattern, ' ').replace(/\s+/g, ' ').trim() };
  }
  return undefined;
}

/** How band names are compared: `Off-Peak`, `offpeak` and `off peak` are one. */
export function bandKey(name: string): string {
  return plainWords(name).replaceAll(' ', '');
}
