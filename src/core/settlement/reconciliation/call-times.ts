/** When a call began, as files of calls write it. Remembers the hours it has seen: millions of rows share few. */
import { parseSheetDate } from '../../tariffs/rate-sheets/dates.ts';
import { isLocalDate, MICROS_PER_SECOND, parseLocalDateTime, toZoned } from '../../time/zoned.ts';

const PLAIN = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2}):(\d{2})([.,]\d{1,9})?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

export class CallTimes {
  readonly #zone: string;
  readonly #hours = new Map<string, number | undefined>();
  /** Seconds between the two hours of a name where the clock is put back. */
  readonly #again = new Map<string, number>();
  #repeated = 0;

  /** Zone of times that are written without an offset. */
  constructor(zone: string) {
    this.#zone = zone;
  }

  /** What was read last may also be so many seconds later: its hour comes twice and it has no offset. 0: it is what it is. */
  get repeatedSeconds(): number {
    return this.#repeated;
  }

  /** Seconds since 1970 with milliseconds, the earlier of two; undefined when it is no time. */
  seconds(text: string): number | undefined {
    this.#repeated = 0;
    const plain = PLAIN.exec(text);
    if (plain !== null) {
      const [, day = '', hour = '', minute = '', second = '', fraction = '', offset = ''] = plain;
      const start = offset === '' ? this.#hour(day, hour) : this.#hourAt(day, hour, offset);
      if (offset === '') this.#repeated = this.#again.get(`${day} ${hour}`) ?? 0;
      if (start === undefined || Number(minute) > 59 || Number(second) > 59) return undefined;
      return (
        start + Number(minute) * 60 + Number(second) + (fraction === '' ? 0 : Math.round(Number(`0.${fraction.slice(1)}`) * 1000) / 1000)
      );
    }
    if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000) / 1000;
    if (/^\d{12,13}$/.test(text)) return Number(text) / 1000;
    const found = parseSheetDate(text, 'dmy');
    if (found === undefined) return undefined;
    if (found.offset !== undefined) {
      const micros = Date.parse(`${found.date}T${found.time ?? '00:00:00'}${found.offset}`);
      return Number.isNaN(micros) ? undefined : micros / 1000;
    }
    return this.seconds(`${found.date} ${found.time ?? '00:00:00'}`);
  }

  /** With an offset: `Z`, `+02:00`, `-0330`. */
  #hourAt(day: string, hour: string, offset: string): number | undefined {
    const key = `${day} ${hour} ${offset}`;
    if (this.#hours.has(key)) return this.#hours.get(key);
    const millis = isLocalDate(day) && hour < '24' ? Date.parse(`${day}T${hour}:00:00Z`) : Number.NaN;
    const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
    const ahead = (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
    const start = Number.isNaN(millis) ? undefined : millis / 1000 - ahead;
    this.#hours.set(key, start);
    return start;
  }

  #hour(day: string, hour: string): number | undefined {
    const key = `${day} ${hour}`;
    if (this.#hours.has(key)) return this.#hours.get(key);
    const micros = parseLocalDateTime(`${key}:00:00`, this.#zone);
    const start = micros === undefined ? undefined : micros / MICROS_PER_SECOND;
    this.#hours.set(key, start);
    const later = parseLocalDateTime(`${key}:00:00`, this.#zone, 'later');
    // Where an hour is left out, the later reading is another hour, which has its own name.
    if (micros !== undefined && later !== undefined && later > micros && toZoned(this.#zone, later).hour === Number(hour))
      this.#again.set(key, (later - micros) / MICROS_PER_SECOND);
    return start;
  }
}

const DURATION = /^(?:(\d+):)?(\d+):([0-5]\d)$/;

/** `125`, `125.4`, `2:05`, `0:02:05`; undefined when it is none. */
export function callSeconds(text: string): number | undefined {
  const value = Number(text);
  if (text !== '' && value >= 0) return value;
  const clock = DURATION.exec(text);
  return clock === null ? undefined : Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
}

export const callFields = ['calling', 'called', 'start', 'duration'] as const;
export type CallField = (typeof callFields)[number];

/** As switches and partners call them, and as our own detail of a statement does. */
const HEADERS: readonly (readonly [CallField, RegExp])[] = [
  [
    'calling',
    /^(calling|caller|ani|a ?number|anumber|from|src|source|cli|originating|calling (party )?number|calling number a|rufnummer a)$/,
  ],
  ['called', /^(called|callee|dnis|b ?number|bnumber|to|dst|destination number|dialled|dialed|cld|called (party )?number|rufnummer b)$/],
  [
    'start',
    /^(start|started|start utc|start local|start time|starttime|connect time|answer time|setup time|date time|datetime|call date|call start|time|calldate|beginn)$/,
  ],
  ['duration', /^(duration|seconds|secs|duration (s|sec|secs|seconds)|billsec|call duration|raw seconds|raw quantity|dauer)$/],
];

/**
 * Columns by the header's names; those mapped count first, where the file has them: a mapping is given for both files, and only one may
 * need it. Undefined when one is missing: its field.
 */
export function callColumns(
  cells: readonly string[],
  mapping: ReadonlyMap<string, CallField>,
): { readonly columns: Readonly<Record<CallField, number>> } | { readonly missing: CallField } {
  const words = cells.map(plain);
  const columns: Record<CallField, number> = { calling: -1, called: -1, start: -1, duration: -1 };
  const mapped = new Set([...mapping.keys()].map(plain));
  for (const field of callFields) {
    const names = [...mapping].flatMap(([name, to]) => (to === field ? [plain(name)] : []));
    const pattern = HEADERS.find(([known]) => known === field)?.[1];
    const named = words.findIndex((word) => names.includes(word));
    columns[field] = named === -1 ? words.findIndex((word) => !mapped.has(word) && pattern?.test(word)) : named;
    // Some files have no callers.
    if (columns[field] === -1 && field !== 'calling') return { missing: field };
  }
  return { columns };
}

function plain(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replace(/([_-]|\s)+/g, ' ');
}
