/** Stretches of local days. */
export const periodKinds = ['day', 'week', 'half-month', 'month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** First local date, and the first local date after it. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Those that were asked for: a close asks for the same few for thousands of agreements. */
const known = new Map<string, Period>();
const MOST_KNOWN = 10_000;

/** The period of this kind that a local date lies in. Weeks begin on Monday; half-months on the 1st and the 16th. */
export function periodOf(kind: PeriodKind, date: string): Period {
  const key = `${kind} ${date}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = makePeriod(kind, date);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}

function makePeriod(kind: PeriodKind, date: string): Period {
  const day = Temporal.PlainDate.from(date);
  const month = day.with({ day: 1 });
  switch (kind) {
    case 'day':
      return period(day, day.add({ days: 1 }));
    case 'week': {
      const monday = day.subtract({ days: day.dayOfWeek - 1 });
      return period(monday, monday.add({ weeks: 1 }));
    }
    case 'half-month':
      return day.day < 16 ? period(month, month.with({ day: 16 })) : period(month.with({ day: 16 }), month.add({ months: 1 }));
    case 'month':
      return period(month, month.add({ months: 1 }));
    case 'quarter': {
      const first = month.with({ month: day.month - ((day.month - 1) % 3) });
      return period(first, first.add({ months: 3 }));
    }
    case 'year': {
      const first = month.with({ month: 1 });
      return period(first, first.add({ years: 1 }));
    }
  }
}

function period(from: Temporal.PlainDate, to: Temporal.PlainDate): Period {
  return { from: from.toString(), to: to.toString() };
}
