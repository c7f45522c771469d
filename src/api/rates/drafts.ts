/** Taking a rate sheet in: a draft with its file, how it is read, what is wrong with it, what it changes and what that comes to; then in force. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { type Refusal, refusals } from '#core/refusals.ts';
import type { RateChange } from '#core/tariffs/rate-sheets/difference.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { ImportReport } from '#operations/rates/import-report.ts';
import type { MoneyEffect } from '#operations/rates/money-effect.ts';
import type { SheetDraft, SheetOptions } from '#operations/rates/sheet-drafts.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, Name } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;
/** Of an answer. The counts are of all. */
const MOST_CHANGES = 500;
const MOST_FAULTS = 200;

export interface SheetPreview {
  /** Names of the sheets of a workbook. */
  readonly sheets: readonly string[];
  /** The first rows of the file. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  /** Undefined: it could not be read so; `refusals` say why. */
  readonly report: ImportReport | undefined;
  readonly refusals: readonly Refusal[];
  readonly effect: (MoneyEffect & { readonly days: number; readonly currency: string }) | undefined;
}

/** Methods throw RefusedError for what is refused. */
export interface DraftDesk {
  readonly list: (owner: string) => Promise<readonly SheetDraft[]>;
  readonly find: (owner: string, id: number) => Promise<SheetDraft>;
  readonly begin: (
    owner: string,
    given: { readonly upload: string; readonly agreement: string; readonly options: SheetOptions },
  ) => Promise<SheetDraft>;
  readonly change: (owner: string, id: number, options: SheetOptions) => Promise<SheetDraft>;
  readonly forget: (owner: string, id: number) => Promise<void>;
  readonly preview: (owner: string, id: number) => Promise<SheetPreview>;
  readonly activate: (owner: string, id: number) => Promise<ImportReport>;
}

const Word = Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }));
const Options = Type.Object(
  {
    ...{
      role: Word,
      service: Word,
      template: Word,
      saveTemplate: Word,
      mode: Word,
      sheet: Word,
      dateFormat: Word,
      decimal: Word,
      zone: Word,
    },
    ...{ increments: Word, effective: Word, maxChangeFactor: Word, noticeDays: Word, skipRows: Word },
    separator: Type.Optional(Type.String({ maxLength: 3 })),
    map: Type.Optional(
      Type.Array(Type.String({ maxLength: 300, pattern: '^[^\\u0000]*$' }), { maxItems: 100, description: '`Header=field`, each.' }),
    ),
    accept: Type.Optional(Type.Array(Name, { maxItems: 50, description: 'Codes of warnings that are accepted.' })),
  },
  { ...closed, title: 'RateSheetOptions', description: 'As of carillon rates import.' },
);
const Draft = Type.Object(
  {
    ...{ draft: Type.String(), agreement: Type.String(), file: Type.String(), options: Options, changedAt: Instant },
    sentBy: Type.Optional(Type.String({ description: 'The partner that sent it in its portal.' })),
  },
  { ...closed, title: 'RateSheetDraft' },
);
export const Fault = Type.Object(
  {
    ...{ code: Type.String(), message: Type.String(), remedy: Type.String() },
    ...{ row: Type.Optional(Type.Integer()), column: Type.Optional(Type.String()), value: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'RateSheetFault' },
);
const Change = Type.Object(
  {
    ...{ kind: Type.String(), code: Type.Optional(Type.String()), destination: Type.String(), band: Type.Optional(Type.String()) },
    ...{ oldPrice: Type.Optional(Type.String()), newPrice: Type.Optional(Type.String()), percent: Type.Optional(Type.String()) },
    ...{ from: Instant, to: Type.Optional(Instant), what: Type.Array(Type.String()) },
  },
  { ...closed, title: 'RateChange' },
);
const Report = Type.Object(
  {
    outcome: Type.String({ description: 'activated, unchanged, known, dry-run, faults, warnings.' }),
    ...{
      agreement: Type.String(),
      tariff: Type.String(),
      currency: Currency,
      role: Type.String(),
      service: Type.String(),
      mode: Type.String(),
      zone: Type.String(),
    },
    columns: Type.Array(Type.Object({ header: Type.String(), field: Type.String() }, closed), {
      description: 'What is read from which column.',
    }),
    unread: Type.Array(Type.String(), { description: 'Headers that nothing is read from.' }),
    headerRow: Type.Integer({ description: '0: none.' }),
    ...{ rowsRead: Type.Integer(), counts: Type.Record(Type.String(), Type.Integer()) },
    ...{ faultCount: Type.Integer(), faults: Type.Array(Fault) },
    warnings: Type.Array(
      Type.Object(
        { code: Type.String(), meaning: Type.String(), count: Type.Integer(), isAccepted: Type.Boolean(), examples: Type.Array(Fault) },
        closed,
      ),
    ),
    changes: Type.Array(Change, { description: `The largest first, ${MOST_CHANGES} at most.` }),
    rateSheet: Type.Optional(Type.String({ description: 'Its number, once it is in force.' })),
  },
  { ...closed, title: 'RateSheetReport' },
);
const Preview = Type.Object(
  {
    sheets: Type.Array(Type.String()),
    rows: Type.Array(Type.Object({ row: Type.Integer(), cells: Type.Array(Type.String()) }, closed), {
      description: 'The first of the file.',
    }),
    report: Type.Optional(Report),
    faults: Type.Array(Fault, { description: 'Why it cannot be read so.' }),
    effect: Type.Optional(
      Type.Object(
        {
          ...{ days: Type.Integer(), currency: Currency, charged: Amount, difference: Amount },
          uncertain: Type.Object(
            { charged: Amount, changesWithoutTraffic: Type.Integer() },
            { ...closed, description: 'What the difference says nothing of: codes that end, are new, or change otherwise than in price.' },
          ),
          largest: Type.Array(Type.Object({ code: Type.String(), destination: Type.String(), difference: Amount }, closed)),
        },
        { ...closed, description: 'The prices applied to what was billed on the last days.' },
      ),
    ),
  },
  { ...closed, title: 'RateSheetPreview' },
);

export function draftOperations(desk: DraftDesk): readonly Operation[] {
  const read = { tag: 'Rates', method: 'GET', permission: 'rates:read' } as const;
  const change = { tag: 'Rates', permission: 'rates:manage', repetition: 'key', audit: { subject: 'rate-sheet' } } as const;
  const one = {
    parameters: Type.Object({ draft: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
    refusals: ['rate-sheet.draft-unknown'],
  } as const;
  return [
    operation({
      ...change,
      ...{ id: 'beginRateSheet', method: 'POST', path: '/v1/rate-sheet-drafts', summary: 'Begin to take a rate sheet in', status: 201 },
      description: 'Nothing is in force by it. The draft keeps the file until it is activated or deleted.',
      body: Type.Object({ upload: UploadName, agreement: Name, options: Type.Optional(Options) }, closed),
      answer: Draft,
      refusals: ['upload.unknown', 'rate-sheet.drafts-full'],
      handle: async ({ body: { options = {}, ...body }, principal }) => {
        const draft = await desk.begin(principal.id, { ...body, options });
        return { body: draftShown(draft), location: `/v1/rate-sheet-drafts/${draft.id}` };
      },
    }),
    operation({
      ...read,
      ...{
        id: 'listRateSheetDrafts',
        path: '/v1/rate-sheet-drafts',
        summary: 'Your rate sheets that wait, and those that partners sent, the latest first',
      },
      answer: Type.Object({ items: Type.Array(Draft) }, closed),
      handle: async ({ principal }) => ({ body: { items: (await desk.list(principal.id)).map(draftShown) } }),
    }),
    operation({
      ...{
        ...read,
        ...one,
        id: 'getRateSheetDraft',
        path: '/v1/rate-sheet-drafts/{draft}',
        summary: 'A draft as it stands',
        answer: Draft,
      },
      handle: async ({ parameters, principal }) => {
        const draft = await desk.find(principal.id, Number(parameters.draft));
        return { body: draftShown(draft), version: String(draft.version) };
      },
    }),
    operation({
      ...{ ...change, ...one, id: 'changeRateSheetDraft', method: 'PUT', path: '/v1/rate-sheet-drafts/{draft}' },
      ...{ summary: 'Say anew how it is to be read', body: Options, answer: Draft },
      handle: async ({ parameters, body, principal, expect }) => {
        expect(String((await desk.find(principal.id, Number(parameters.draft))).version));
        const draft = await desk.change(principal.id, Number(parameters.draft), body);
        return { body: draftShown(draft), version: String(draft.version) };
      },
    }),
    operation({
      ...{ ...change, ...one, id: 'deleteRateSheetDraft', method: 'DELETE', path: '/v1/rate-sheet-drafts/{draft}' },
      ...{ summary: 'Throw a draft away', answer: Type.Object({ deleted: Type.Boolean() }, closed) },
      handle: async ({ parameters, principal }) => {
        await desk.forget(principal.id, Number(parameters.draft));
        return { body: { deleted: true } };
      },
    }),
    operation({
      ...{ ...read, ...one, id: 'previewRateSheet', path: '/v1/rate-sheet-drafts/{draft}/preview', answer: Preview },
      summary: 'How it would be read, its faults, what it changes, and what that comes to on the traffic of the last days',
      handle: async ({ parameters, principal }) => {
        const { sheets, rows, report, refusals: found, effect } = await desk.preview(principal.id, Number(parameters.draft));
        return {
          body: {
            ...{ sheets: [...sheets], rows: rows.map(({ row, cells }) => ({ row, cells: [...cells] })), faults: found.map(faultShown) },
            ...(report === undefined ? {} : { report: reportShown(report) }),
            ...(effect === undefined ? {} : { effect: effectShown(effect) }),
          },
        };
      },
    }),
    operation({
      ...{ ...change, ...one, id: 'activateRateSheet', method: 'POST', path: '/v1/rate-sheet-drafts/{draft}/activation', answer: Report },
      summary: 'Put it into force, all of it or nothing',
      description: 'With faults, or warnings that are not accepted, nothing is in force and the draft stays: `outcome` says so.',
      handle: async ({ parameters, principal }) => ({ body: reportShown(await desk.activate(principal.id, Number(parameters.draft))) }),
    }),
  ];
}

function draftShown({ id, owner, agreement, fileName, options, changedMicros }: SheetDraft) {
  const { map, accept, ...rest } = options;
  return {
    ...(owner.startsWith('party:') ? { sentBy: owner.slice('party:'.length) } : {}),
    ...{ draft: String(id), agreement, file: fileName, changedAt: formatInstant(changedMicros) },
    options: { ...rest, ...(map === undefined ? {} : { map: [...map] }), ...(accept === undefined ? {} : { accept: [...accept] }) },
  };
}

export function faultShown({ code, message, at }: Refusal) {
  return {
    ...{ code, message, remedy: refusals[code].remedy },
    ...(at?.line === undefined ? {} : { row: at.line }),
    ...(at?.field === undefined ? {} : { column: at.field }),
    ...(at?.value === undefined ? {} : { value: at.value }),
  };
}

function reportShown(report: ImportReport) {
  const { outcome, target, mode, zone, header, rowsRead, counts, faultCount, faults, warnings, open, changes, importId } = report;
  return {
    ...{ outcome, agreement: target.agreement.id, tariff: target.tariff.id, currency: target.tariff.currency },
    ...{ role: target.service.role, service: target.service.service, mode, zone },
    columns: (header?.columns ?? []).map((column) => ({
      header: column.header,
      field: column.band === undefined ? column.field : `${column.field}:${column.band}`,
    })),
    ...{ unread: [...(header?.unread ?? [])], headerRow: header?.row ?? 0, rowsRead, counts: { ...counts } },
    ...{ faultCount, faults: faults.slice(0, MOST_FAULTS).map(faultShown) },
    warnings: warnings.map(({ code, count, examples }) => ({
      ...{ code, meaning: refusals[code].meaning, count, isAccepted: !open.includes(code), examples: examples.slice(0, 5).map(faultShown) },
    })),
    changes: changes
      .filter(({ kind }) => kind !== 'unchanged')
      .slice(0, MOST_CHANGES)
      .map(changeShown),
    ...(importId === undefined ? {} : { rateSheet: String(importId) }),
  };
}

function changeShown({
  kind,
  code,
  destination,
  band,
  oldPrice,
  newPrice,
  hundredthsOfPercent: percent,
  fromMicros,
  toMicros,
  what,
}: RateChange) {
  return {
    ...{ kind, destination, from: formatInstant(fromMicros), what: [...what] },
    ...(code === undefined ? {} : { code }),
    ...(band === undefined ? {} : { band }),
    ...(oldPrice === undefined ? {} : { oldPrice: formatDecimal(oldPrice) }),
    ...(newPrice === undefined ? {} : { newPrice: formatDecimal(newPrice) }),
    ...(percent === undefined ? {} : { percent: (percent / 100).toFixed(2) }),
    ...(Number.isFinite(toMicros) ? { to: formatInstant(toMicros) } : {}),
  };
}

function effectShown({
  days,
  currency,
  chargedNanos,
  differenceNanos,
  uncertainNanos,
  withoutTraffic,
  largest,
}: NonNullable<SheetPreview['effect']>) {
  return {
    ...{ days, currency, charged: formatNanos(chargedNanos, 2), difference: formatNanos(differenceNanos, 2) },
    uncertain: { charged: formatNanos(uncertainNanos, 2), changesWithoutTraffic: withoutTraffic },
    largest: largest.map(({ differenceNanos: nanos, ...rest }) => ({ ...rest, difference: formatNanos(nanos, 2) })),
  };
}
