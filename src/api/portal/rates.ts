/** Rates both ways: those that we gave the partner, those that it gave us; and its new price lists. */
import Type, { type Static } from 'typebox';
import { compareDecimals, parseDecimal } from '#core/money/decimal.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { services } from '#core/usage/usage-event.ts';
import { type PartyRate, type PartyTariff, type RatePart, rateParts, type SentSheet, sentSheetStates } from '#operations/portal/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { listed, numberKey } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Fault } from '../rates/drafts.ts';
import { Currency, Instant, Name, orderedBy, Page, sortedQuery, USUAL_LIMIT } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';
import { partyOf } from './party-of.ts';

const closed = { additionalProperties: false } as const;
const formats = ['csv', 'xlsx'] as const;
export type RateFileFormat = (typeof formats)[number];
const types: Readonly<Record<RateFileFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** Roles whose prices the partner makes. */
const theirs = ['outgoing', 'roaming-outbound', 'content'] as const;

const Word = Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }));
const Send = Type.Object(
  {
    ...{ upload: UploadName, agreement: Name, role: Type.Optional(Type.Enum([...theirs], { description: '`outgoing` when left out.' })) },
    service: Type.Optional(Type.Enum([...services])),
    mode: Type.Optional(
      Type.Enum(['full', 'amendment'], { description: 'full: what is not in it ends. amendment: what is not in it stays, the usual.' }),
    ),
    ...{ sheet: Word, dateFormat: Word, decimal: Word, zone: Word, increments: Word, effective: Word },
  },
  { ...closed, title: 'SendRateSheet', description: 'Where it is not found by itself, how the file is to be read.' },
);
export type SendSheetBody = Static<typeof Send>;

/** A list goes on as it was known and in force when it was begun, behind the rate that came last. */
export interface RatePlace {
  readonly knownMicros: number;
  readonly nowMicros: number;
  readonly rateId: bigint;
}

/** Entries of a list that are read at once where it is asked whole: each reading looks through the tariff. */
const LINES_AT_ONCE = 5_000;

/** Reads with the party's eyes. Methods throw RefusedError for what is refused. */
export interface RatesDesk {
  readonly tariffs: () => Promise<readonly PartyTariff[]>;
  /** `api.resource-unknown` for a tariff that is not the party's. */
  readonly rates: (
    tariff: string,
    part: RatePart,
    most: number,
    after: RatePlace | undefined,
  ) => Promise<{ readonly rates: readonly PartyRate[]; readonly knownMicros: number; readonly nowMicros: number }>;
  readonly rateFile: (
    tariff: string,
    part: RatePart,
    format: RateFileFormat,
  ) => Promise<{ readonly name: string; readonly content: Uint8Array }>;
  readonly sentSheets: () => Promise<readonly SentSheet[]>;
  readonly sendSheet: (party: string, body: SendSheetBody, by: string) => Promise<SentSheet>;
}

const Tariff = Type.Object(
  {
    ...{ tariff: Type.String(), agreement: Type.String(), service: Type.Enum([...services]), currency: Currency, zone: Type.String() },
    way: Type.Enum(['from-you', 'to-you'], { description: 'from-you: our prices, for what you hand to us. to-you: yours.' }),
    ...{ inForce: Type.Integer(), nextChange: Type.Optional(Instant), changed: Type.Optional(Instant) },
  },
  { ...closed, title: 'PortalTariff' },
);
const Rate = Type.Object(
  {
    ...{ rate: Type.String(), code: Type.Optional(Type.String()), destination: Type.String(), band: Type.Optional(Type.String()) },
    price: Type.String({ description: 'A decimal, as it was written.' }),
    before: Type.Optional(Type.String({ description: 'The price before this one.' })),
    change: Type.Enum(['new', 'increase', 'decrease', 'same']),
    increments: Type.Optional(Type.String({ description: '`60/60`: the first seconds, the following ones.' })),
    ...{ setupFee: Type.Optional(Type.String()), from: Type.Optional(Instant), to: Type.Optional(Instant) },
  },
  { ...closed, title: 'PortalRate' },
);
const Sent = Type.Object(
  {
    ...{ sheet: Type.String(), agreement: Type.String(), file: Type.String(), sentAt: Instant, sentBy: Type.String() },
    state: Type.Enum([...sentSheetStates], { description: 'waiting: for us to put it into force. put-aside: we did not take it.' }),
    ...{ rows: Type.Integer(), counts: Type.Record(Type.String(), Type.Integer()), faultCount: Type.Integer(), faults: Type.Array(Fault) },
  },
  { ...closed, title: 'PortalRateSheet' },
);

/** Price lists and their rates, for the house or for who is party to them. */
export type RateReader = Pick<RatesDesk, 'tariffs' | 'rates' | 'rateFile'>;

interface ReadWords {
  readonly look: Pick<Operation, 'tag' | 'permission'> & {
    readonly forParties?: readonly ('partner' | 'customer')[];
    readonly method: 'GET';
  };
  readonly path: '/v1/tariffs' | '/v1/portal/tariffs';
  readonly ids: readonly [tariffs: string, rates: string, file: string];
  readonly summary: string;
}

function rateReads(desk: RateReader, { look, path, ids, summary }: ReadWords): readonly Operation[] {
  const part = Type.Optional(Type.Enum([...rateParts], { description: 'in-force when left out; coming: known, and not in force yet.' }));
  const one = { parameters: Type.Object({ tariff: Name }) };
  return [
    operation({
      ...{ ...look, id: ids[0], path, summary },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Tariff), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(await desk.tariffs(), query, ({ agreement, service, way }) => `${agreement} ${service} ${way}`, tariffShown),
      }),
    }),
    operation({
      ...{ ...look, ...one, id: ids[1], path: `${path}/{tariff}/rates`, summary: 'Prices, with what each was before' },
      query: Type.Object({ ...orderedBy('destination'), part }, closed),
      description: 'The pages of a list show what was known and in force when its first was read, whatever is activated meanwhile.',
      ...{ answer: Page(Rate), refusals: ['api.cursor-wrong', 'api.resource-unknown'], linesAtOnce: LINES_AT_ONCE },
      handle: async ({ parameters: { tariff }, query: { part: asked = 'in-force', limit = USUAL_LIMIT, cursor } }) => {
        const [known, now, rate] = readCursor(cursor, ['number', 'number', 'number'])?.map(Number) ?? [];
        const isPlace = known !== undefined && now !== undefined && rate !== undefined;
        const after = isPlace ? { knownMicros: instantIn(known), nowMicros: instantIn(now), rateId: BigInt(rateIn(rate)) } : undefined;
        const { rates, knownMicros, nowMicros } = await desk.rates(tariff, asked, limit + 1, after);
        return { body: pageOf(rates, limit, rateShown, ({ rateId }) => [knownMicros, nowMicros, Number(rateId)]) };
      },
    }),
    fileOperation({
      ...{ ...look, ...one, id: ids[2], path: `${path}/{tariff}/file`, types: Object.values(types) },
      ...{ summary: 'The same as CSV or a workbook, whole', refusals: ['api.resource-unknown'] },
      query: Type.Object({ part, format: Type.Enum([...formats]) }, closed),
      handle: async ({ parameters: { tariff }, query: { part: asked = 'all', format } }) => ({
        ...{ type: types[format], ...(await desk.rateFile(tariff, asked, format)) },
      }),
    }),
  ];
}

/** A cursor is text of a client: numbers that PostgreSQL takes. */
function instantIn(micros: number): number {
  return Math.max(Math.trunc(micros), 0);
}

function rateIn(id: number): number {
  return Math.min(Math.max(Math.trunc(id), 0), 2_147_483_647);
}

/** For the house: every tariff of an agreement. */
export function tariffOperations(desk: RateReader): readonly Operation[] {
  return rateReads(desk, {
    ...{ look: { tag: 'Rates', permission: 'rates:read', method: 'GET' }, path: '/v1/tariffs' },
    ...{ ids: ['listTariffs', 'listRates', 'getRateFile'], summary: 'Price lists of agreements' },
  });
}

export function portalRateOperations(desk: RatesDesk): readonly Operation[] {
  const common = { tag: 'Portal', permission: 'portal:use', forParties: ['partner'] } as const;
  const look = { ...common, method: 'GET' } as const;
  return [
    ...rateReads(desk, {
      ...{ look, path: '/v1/portal/tariffs', summary: 'Price lists between you and us' },
      ids: ['listPortalTariffs', 'listPortalRates', 'getPortalRateFile'],
    }),
    operation({
      ...{
        ...look,
        id: 'listPortalRateSheets',
        path: '/v1/portal/rate-sheets',
        summary: 'Price lists that you sent, and what became of them',
      },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Sent), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(await desk.sentSheets(), query, ({ sheetId }) => numberKey(sheetId), sheetShown),
      }),
    }),
    operation({
      ...{ ...common, method: 'POST', repetition: 'key', status: 201 },
      ...{ id: 'sendPortalRateSheet', path: '/v1/portal/rate-sheets', summary: 'Send a new price list of yours' },
      audit: { subject: 'rate-sheet', made: ({ sheet }: { sheet: string }) => sheet },
      description: 'It is read at once, and its faults are told with their rows. In force it is when we put it there.',
      ...{ body: Send, answer: Sent, refusals: ['statement.agreement-unknown', 'upload.unknown', 'rate-sheet.drafts-full'] },
      handle: async ({ body, principal }) => ({ body: sheetShown(await desk.sendSheet(partyOf(principal), body, actorOf(principal))) }),
    }),
  ];
}

function tariffShown({
  tariff,
  agreement,
  way,
  service,
  currency,
  zone,
  inForce,
  nextMicros,
  changedMicros,
}: PartyTariff): Static<typeof Tariff> {
  return {
    ...{ tariff, agreement, way, service, currency, zone, inForce },
    ...(nextMicros === undefined ? {} : { nextChange: formatInstant(nextMicros) }),
    ...(changedMicros === undefined ? {} : { changed: formatInstant(changedMicros) }),
  };
}

export function rateShown(rate: PartyRate): Static<typeof Rate> {
  const { rateId, code, destination, band, price, before, firstSeconds, nextSeconds, setupFee, fromMicros, toMicros } = rate;
  return {
    ...{ rate: String(rateId), destination, price, change: changeOf(before, price) },
    ...(code === undefined ? {} : { code }),
    ...(band === undefined ? {} : { band }),
    ...(before === undefined ? {} : { before }),
    ...(firstSeconds === undefined || nextSeconds === undefined ? {} : { increments: `${firstSeconds}/${nextSeconds}` }),
    ...(setupFee === undefined ? {} : { setupFee }),
    ...(fromMicros <= 0 ? {} : { from: formatInstant(fromMicros) }),
    ...(toMicros === Number.POSITIVE_INFINITY ? {} : { to: formatInstant(toMicros) }),
  };
}

function changeOf(before: string | undefined, price: string): 'new' | 'increase' | 'decrease' | 'same' {
  const [was, is] = [before === undefined ? undefined : parseDecimal(before), parseDecimal(price)];
  if (was === undefined || is === undefined) return 'new';
  const order = compareDecimals(is, was);
  return order > 0 ? 'increase' : order < 0 ? 'decrease' : 'same';
}

function sheetShown({ sheetId, agreement, fileName, state, reading, sentMicros, sentBy }: SentSheet): Static<typeof Sent> {
  return {
    ...{ sheet: String(sheetId), agreement, file: fileName, state, sentAt: formatInstant(sentMicros), sentBy },
    ...{ rows: reading?.rows ?? 0, counts: { ...reading?.counts }, faultCount: reading?.faultCount ?? 0 },
    faults: (reading?.faults ?? []).map((fault) => ({ ...fault })),
  };
}
