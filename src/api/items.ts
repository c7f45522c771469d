/** One of a list by its name, where only the list is declared: for who has the name, and for If-Match. */
import Type, { type TSchema } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type Operation, operation } from './operation.ts';
import { Name } from './schemas.ts';
import { versionOf } from './versions.ts';

interface Item {
  readonly list: string;
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  /** What moves by itself and is no change of it. */
  readonly moving?: readonly string[];
}

/** The parameter is the field of the entry that names it. */
const items: readonly Item[] = [
  { list: 'listUsers', id: 'getUser', path: '/v1/users/{email}', summary: 'Somebody who may sign in', moving: ['lastSeen'] },
  { list: 'listApiKeys', id: 'getApiKey', path: '/v1/api-keys/{key}', summary: 'A key, without its secret', moving: ['lastUsed'] },
  { list: 'listPortalUsers', id: 'getPortalUser', path: '/v1/portal/users/{email}', summary: 'One of your people', moving: ['lastSeen'] },
  {
    list: 'listPortalKeys',
    id: 'getPortalKey',
    path: '/v1/portal/api-keys/{key}',
    summary: 'A key of yours, without its secret',
    moving: ['lastUsed'],
  },
  {
    list: 'listWebhooks',
    id: 'getWebhook',
    path: '/v1/webhooks/{webhook}',
    summary: 'Where events go',
    moving: ['waiting', 'failed', 'sent'],
  },
  { list: 'listTemplates', id: 'getTemplate', path: '/v1/templates/{template}', summary: 'How documents look' },
  { list: 'listVoucherBatches', id: 'getVoucherBatch', path: '/v1/charging/voucher-batches/{batch}', summary: 'A batch of vouchers' },
  {
    list: 'listSavedReports',
    id: 'getSavedReport',
    path: '/v1/reports/saved/{report}',
    summary: 'A report that you keep',
    moving: ['nextMail', 'lastMail', 'lastFailure'],
  },
  { list: 'listLegalEntities', id: 'getLegalEntity', path: '/v1/legal-entities/{legalEntity}', summary: 'A company of ours' },
  { list: 'listAccounts', id: 'getAccount', path: '/v1/accounts/{account}', summary: 'What a party is billed on' },
  { list: 'listRateSheets', id: 'getRateSheet', path: '/v1/rate-sheets/{rateSheet}', summary: 'A rate sheet that was taken in' },
  {
    list: 'listNumberTables',
    id: 'getNumberTable',
    path: '/v1/number-tables/{table}',
    summary: 'A number table with the files that count',
  },
  { list: 'listDeclarations', id: 'getDeclaration', path: '/v1/declarations/{declaration}', summary: 'Figures of a partner' },
  { list: 'listPaymentOrders', id: 'getPaymentOrder', path: '/v1/payment-orders/{order}', summary: 'A payment order' },
  { list: 'listNettings', id: 'getNetting', path: '/v1/nettings/{netting}', summary: 'A netting with what it sets off' },
  {
    list: 'listWaitingEntries',
    id: 'getWaitingEntry',
    path: '/v1/ledger/waiting/{waiting}',
    summary: 'An entry that waits for a second person',
  },
];

const PAGE = 200;

interface ListPage {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string | null;
}

export function itemOperations(operations: readonly Operation[]): readonly Operation[] {
  return items.flatMap((item) => {
    const list = operations.find(({ id }) => id === item.list);
    if (list === undefined) throw new Error(`there is no ${item.list}`);
    return operations.some(({ id }) => id === item.id) ? [] : [itemOperation(item, list)];
  });
}

function itemOperation({ id, path, summary, moving = [] }: Item, list: Operation): Operation {
  const [, name = ''] = /\{(\w+)\}$/.exec(path) ?? [];
  const entry = entryOf(list.answer);
  if (list.kind !== 'json' || entry === undefined || !Object.hasOwn(entry.properties, name)) throw new Error(`${list.id} has no ${name}`);
  const { tag, permission, forParties, personal } = list;
  const shared = { ...(forParties === undefined ? {} : { forParties }), ...(personal === undefined ? {} : { personal }) };
  return operation({
    ...{ id, path, summary, tag, permission, method: 'GET', refusals: ['api.resource-unknown'], ...shared },
    parameters: Type.Object({ [name]: Name }),
    answer: entry as TSchema,
    async handle(call) {
      const wanted = String(Reflect.get(call.parameters, name));
      for (let query: object = { limit: PAGE }; ; ) {
        const { items: found, next } = (await list.handle({ ...call, query })).body as ListPage; // as a list declares it
        const one = found.find((each) => each[name] === wanted);
        if (one !== undefined) return { body: one, version: versionOf({ body: without(one, moving) }) };
        if (next === null || next === undefined)
          throw new RefusedError(
            refuse('api.resource-unknown', `there is no ${name} ${wanted.slice(0, 120)}`, { value: wanted.slice(0, 120) }),
          );
        query = { limit: PAGE, cursor: next };
      }
    },
  });
}

export function without(of: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name)));
}

function entryOf(answer: TSchema): Type.TObject | undefined {
  const found: unknown = Type.IsObject(answer) ? answer.properties.items : undefined;
  return Type.IsArray(found) && Type.IsObject(found.items) ? found.items : undefined;
}
