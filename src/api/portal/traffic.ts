/** A partner's traffic and its quality, both ways. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { services } from '#core/usage/usage-event.ts';
import { type CauseSum, type TrafficQuestion, type TrafficSum, trafficRows } from '#operations/portal/ports.ts';
import { answerSeizure, averageDelay, averageSeconds, demandDays, slowShare } from '#operations/reports/report.ts';
import { fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const formats = ['csv', 'xlsx'] as const;
export type TrafficFormat = (typeof formats)[number];
const types: Readonly<Record<TrafficFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** Rows of an answer; a file has all. */
const MOST_ROWS = 2_000;

/** Reads with the party's eyes. */
export interface TrafficDesk {
  readonly traffic: (question: TrafficQuestion) => Promise<readonly TrafficSum[]>;
  readonly causes: (question: Omit<TrafficQuestion, 'rows'>) => Promise<readonly CauseSum[]>;
  readonly trafficFile: (
    format: TrafficFormat,
    question: TrafficQuestion,
  ) => Promise<{ readonly name: string; readonly content: Uint8Array }>;
}

const days = {
  from: Type.String({ ...LocalDate, description: 'First day.' }),
  to: Type.String({ ...LocalDate, description: 'Last day, included.' }),
  agreement: Type.Optional(Name),
};
const asked = { rows: Type.Enum([...trafficRows]), ...days };
const way = Type.Enum(['from-you', 'to-you'], { description: 'from-you: you handed it to us. to-you: we handed it to you.' });
const counts = { attempts: Type.String({ description: 'A whole number, as text.' }), answered: Type.String() };
const Traffic = Type.Object(
  {
    ...{ row: Type.String(), way, service: Type.Enum([...services]), currency: Currency, ...counts },
    minutes: Type.Optional(Type.String({ description: 'Of answered calls, as measured, to two decimals.' })),
    units: Type.Optional(Type.String({ description: 'Of what has no duration: messages, events, bytes.' })),
    asr: Type.Optional(Type.String({ description: 'Answered of a hundred attempts.' })),
    acd: Type.Optional(Type.String({ description: 'Seconds of an answered call.' })),
    pdd: Type.Optional(Type.String({ description: 'Post-dial delay: seconds on average, of calls whose records say it; days in UTC.' })),
    pddSlow: Type.Optional(Type.String({ description: 'Of a hundred of them how many waited longer than 8 seconds.' })),
    amount: Amount,
  },
  { ...closed, title: 'PortalTraffic' },
);
const Cause = Type.Object(
  { way, cause: Type.String({ description: 'As the network gave it; empty where it gave none.' }), ...counts },
  { ...closed, title: 'PortalCause' },
);

export function trafficOperations(desk: TrafficDesk): readonly Operation[] {
  const look = { tag: 'Portal', permission: 'portal:use', forParties: ['partner'], method: 'GET', refusals: ['report.too-long'] } as const;
  return [
    operation({
      ...look,
      ...{ id: 'getPortalTraffic', path: '/v1/portal/traffic', summary: 'Your traffic both ways, by day, destination or service' },
      description: `As statements add it up, days in the zone of the agreement. At most ${MOST_ROWS} rows.`,
      query: Type.Object(asked, closed),
      answer: Type.Object({ items: Type.Array(Traffic), rowsInAll: Type.Integer() }, closed),
      handle: async ({ query }) => {
        demandDays(query);
        const sums = await desk.traffic(query);
        return { body: { items: sums.slice(0, MOST_ROWS).map(trafficShown), rowsInAll: sums.length } };
      },
    }),
    operation({
      ...look,
      ...{ id: 'listPortalCauses', path: '/v1/portal/traffic/causes', summary: 'Why your calls ended, the most frequent first' },
      description: 'Of records as they were booked; days in UTC. What came a moment ago follows within a minute.',
      query: Type.Object(days, closed),
      answer: Type.Object({ items: Type.Array(Cause) }, closed),
      handle: async ({ query }) => {
        demandDays(query);
        return {
          body: {
            items: (await desk.causes(query)).map(({ attempts, answered, ...cause }) => ({
              ...{ ...cause, attempts: String(attempts), answered: String(answered) },
            })),
          },
        };
      },
    }),
    fileOperation({
      ...look,
      ...{
        id: 'getPortalTrafficFile',
        path: '/v1/portal/traffic/file',
        summary: 'The same as CSV or a workbook',
        types: Object.values(types),
      },
      description: 'Text that a spreadsheet would run as a formula is marked as text.',
      query: Type.Object({ ...asked, format: Type.Enum([...formats]) }, closed),
      handle: async ({ query: { format, ...question } }) => {
        demandDays(question);
        return { type: types[format], ...(await desk.trafficFile(format, question)) };
      },
    }),
  ];
}

export function trafficShown({
  row,
  way,
  service,
  currency,
  attempts,
  answered,
  quantity,
  amountNanos,
  pdd: delays,
}: TrafficSum): Static<typeof Traffic> {
  const hasMinutes = service === 'voice';
  const sums = { attempts, answered, micros: hasMinutes ? quantity : 0n, amountNanos, pdd: delays };
  const [asr, acd] = [answerSeizure(sums), hasMinutes ? averageSeconds(sums) : undefined];
  const [pdd, pddSlow] = [averageDelay(delays), slowShare(delays)];
  return {
    ...{ row, way, service, currency, attempts: String(attempts), answered: String(answered), amount: formatNanos(amountNanos, 2) },
    ...(hasMinutes ? { minutes: minutesOf(quantity) } : { units: String(quantity) }),
    ...(asr === undefined ? {} : { asr }),
    ...(acd === undefined ? {} : { acd }),
    ...(pdd === undefined ? {} : { pdd }),
    ...(pddSlow === undefined ? {} : { pddSlow }),
  };
}

/** To two decimals, half up. */
function minutesOf(micros: bigint): string {
  const hundredths = (micros + 300_000n) / 600_000n;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
