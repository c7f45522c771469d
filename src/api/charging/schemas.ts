/** Words of charging over HTTP. */
import Type from 'typebox';
import { accountStatuses } from '#core/charging/account.ts';
import { balanceUnits, chargingResults } from '#core/charging/answer.ts';
import { identityKinds, reportingReasons } from '#core/charging/request.ts';
import { Explained } from '../said.ts';
import { Amount, Currency, Instant, Money, Name, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export const Service = Type.Enum(['voice', 'sms', 'mms', 'data', 'content', 'event'], { title: 'Service' });

export const Subscriber = Type.String({
  title: 'Subscriber',
  pattern: `^(${identityKinds.join('|')}):[^\\u0000-\\u001f\\u007f]{1,200}$`,
  description: 'An identity of the account: its kind and its value.',
  examples: ['msisdn:491701234567'],
});

/** The session’s name, chosen by the client. */
export const Reference = Type.String({
  pattern: '^[A-Za-z0-9_.:@+-]{1,128}$',
  description: 'Chosen by the client, new for each session; keys of one name are one client.',
  examples: ['5f1c2c5e-call'],
});

const Digits = Type.String({ pattern: '^[0-9]{0,32}$', description: 'E.164 digits without a plus.' });
const Code = Type.String({ maxLength: 128, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

export const Facts = Type.Object(
  {
    calling: Type.Optional(Digits),
    called: Type.Optional(Digits),
    apn: Type.Optional(Code),
    rat: Type.Optional(Type.String({ maxLength: 32, pattern: '^[A-Za-z0-9 _.-]*$', description: 'Radio access: EUTRAN, NR, WLAN.' })),
    slice: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}(-[0-9a-f]{6})?$' })),
    visitedNetwork: Type.Optional(Type.String({ pattern: '^[0-9]{5,6}$', description: 'MCC and MNC.' })),
    roaming: Type.Optional(Type.Boolean()),
    location: Type.Optional(Code),
    serviceClass: Type.Optional(Code),
    sizeBytes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_099_511_627_776 })),
  },
  { ...closed, title: 'Facts', description: 'What prices and scopes need to know of the use.' },
);

const MOST_BYTES = 2 ** 50;
const Seconds = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const Bytes = Type.Integer({ minimum: 0, maximum: MOST_BYTES });
const units = {
  seconds: Type.Optional(Seconds),
  bytes: Type.Optional(Bytes),
  bytesUp: Type.Optional(Bytes),
  bytesDown: Type.Optional(Bytes),
  events: Type.Optional(Seconds),
  money: Type.Optional(Money),
};

export const Units = Type.Object(units, { ...closed, title: 'Units', description: 'Voice in seconds, data in bytes, messages in events.' });

export const UsedUnits = Type.Object(
  { ...units, change: Type.Optional(Type.Enum(['before', 'after'], { description: 'Side of an announced change of tariff.' })) },
  { ...closed, title: 'UsedUnits', description: 'Used since the last report.' },
);

const Group = Type.String({ minLength: 1, maxLength: 32, pattern: '^[A-Za-z0-9_.-]+$' });

export const Item = Type.Object(
  {
    ratingGroup: Type.Optional(Group),
    services: Type.Optional(Type.Array(Group, { maxItems: 16 })),
    requested: Type.Optional(Type.Union([Type.Literal('any'), Units], { description: '`any`: as much as the plan usually grants.' })),
    used: Type.Optional(Type.Array(UsedUnits, { maxItems: 16 })),
    reason: Type.Optional(Type.Enum([...reportingReasons])),
  },
  { ...closed, title: 'Item', description: 'One of several services of a session.' },
);

/** One item said without a list, or a list of them. */
export const items = {
  requested: Type.Optional(Type.Union([Type.Literal('any'), Units], { description: 'What is wanted, where there is one item only.' })),
  used: Type.Optional(UsedUnits),
  items: Type.Optional(Type.Array(Item, { minItems: 1, maxItems: 32 })),
};

export const use = {
  subscriber: Subscriber,
  service: Service,
  at: Type.Optional(Instant),
  facts: Type.Optional(Facts),
};

const Result = Type.Enum(Object.keys(chargingResults) as (keyof typeof chargingResults)[], { title: 'ChargingResult' }); // keys of a constant

const AnsweredItem = Type.Object(
  {
    ratingGroup: Type.Optional(Type.String()),
    services: Type.Optional(Type.Array(Type.String())),
    result: Result,
    granted: Type.Optional(Units),
    validitySeconds: Type.Optional(Type.Integer({ description: 'Ask again at the latest then.' })),
    holdingSeconds: Type.Optional(Type.Integer({ description: 'Give it back after so long without use.' })),
    consumptionSeconds: Type.Optional(
      Type.Integer({ description: 'Of granted time: after so many seconds without use, count none of it until there is use again.' }),
    ),
    threshold: Type.Optional(Units),
    tariffChange: Type.Optional(Instant),
    finalUnit: Type.Optional(
      Type.Object(
        {
          action: Type.Enum(['terminate', 'redirect', 'restrict']),
          to: Type.Optional(Type.String()),
          filter: Type.Optional(Type.String()),
        },
        { ...closed, description: 'What is granted is the last; what happens when it is used up.' },
      ),
    ),
    slowTo: Type.Optional(Type.String({ description: 'Profile to which the use is slowed down.' })),
    debit: Type.Optional(Type.String({ description: 'Of a debit that was done: what a refund names it by.' })),
    detail: Type.Optional(Type.String()),
  },
  { ...closed, title: 'AnsweredItem' },
);

const Balance = Type.Object(
  {
    account: Type.String(),
    bucket: Type.String(),
    definition: Type.String({ description: '`main`: the account’s own money; else an allowance.' }),
    unit: Type.Enum([...balanceUnits]),
    left: Type.String({ description: 'Money with decimals; other units whole.' }),
    setAside: Type.String({ description: 'Of it, for running sessions.' }),
    credit: Type.String({ description: 'How far below nothing it may go.' }),
    validTo: Type.Optional(Instant),
  },
  { ...closed, title: 'Balance' },
);

export const ChargingAnswer = Type.Object(
  {
    reference: Type.Optional(Type.String()),
    number: Type.Optional(Type.Integer()),
    result: Result,
    account: Type.Optional(Type.String()),
    items: Type.Array(AnsweredItem),
    cost: Type.Optional(
      Type.Object(
        { amount: Amount, currency: Currency },
        { ...closed, description: 'Of the session or event so far, or the price enquired.' },
      ),
    ),
    detail: Type.Optional(Type.String()),
  },
  { ...closed, title: 'ChargingAnswer' },
);

export const Balances = Type.Object({ account: Type.String(), balances: Type.Array(Balance) }, { ...closed, title: 'Balances' });

export const Account = Type.Object(
  {
    account: Type.String(),
    plan: Type.String(),
    currency: Currency,
    status: Type.Enum([...accountStatuses]),
    identities: Type.Array(Type.String()),
    pools: Type.Array(Type.Object({ pool: Type.String(), caps: Type.Record(Type.String(), Type.String()) }, closed)),
    owes: Amount,
    balances: Type.Array(Balance),
    counters: Type.Array(
      Type.Object(
        {
          counter: Type.String({
            description: '`control:…` of a control of spending, `pool:…` of what it took from a pool, else of a tier.',
          }),
          unit: Type.Optional(Type.Enum([...balanceUnits])),
          value: Type.String(),
          setAside: Type.String(),
          until: Type.Optional(Instant),
        },
        closed,
      ),
    ),
    sessions: Type.Integer({ description: 'How many are running.' }),
  },
  { ...closed, title: 'ChargingAccount' },
);

/** `20.00`, `5 GB`, `100 min`: money as a decimal alone. */
export const Quantity = Type.String({
  title: 'Quantity',
  pattern: '^[0-9]{1,19}(\\.[0-9]{1,9})?( ?[A-Za-z]{1,8})?$',
  description: 'Money as `20.00`; else with its unit: `5 GB`, `100 min`, `50 messages`.',
  examples: ['20.00', '5 GB'],
});

export const Control = Type.Object(
  {
    control: Type.String(),
    name: Type.String(),
    unit: Type.Enum([...balanceUnits]),
    used: Type.String(),
    setAside: Type.String({ description: 'By running sessions.' }),
    limit: Type.Optional(Type.String({ description: 'In force now; left out: it stops nothing.' })),
    planLimit: Type.Optional(Type.String()),
    ownLimit: Type.Optional(Type.String({ description: 'Set by the customer.' })),
    leastLimit: Type.String({ description: 'The lowest that the customer may set.' }),
    mostLimit: Type.Optional(Type.String()),
    mayAgree: Type.Boolean({ description: 'The customer may agree to go beyond it.' }),
    agreedUntil: Type.Optional(Instant),
    until: Type.Optional(Instant),
  },
  { ...closed, title: 'SpendingControl' },
);

export const ListedAccount = Type.Object(
  { account: Type.String(), plan: Type.String(), currency: Currency, status: Type.Enum([...accountStatuses]) },
  { ...closed, title: 'ListedChargingAccount' },
);

export const Entry = Type.Object(
  {
    entry: Type.String({ description: 'Number of the entry; later ones are larger.' }),
    account: Type.String(),
    at: Instant,
    bucket: Type.Integer(),
    definition: Type.String(),
    unit: Type.Enum([...balanceUnits]),
    before: Type.String(),
    after: Type.String(),
    change: Type.String(),
    cause: Type.String({ description: '`use`, `refund`, the kind of a command, `expiry`, `renewal` …' }),
    of: Type.String({ description: 'Session, key of the command, or what ended or renewed.' }),
    request: Type.Optional(Type.Integer()),
    note: Type.Optional(Type.String()),
  },
  { ...closed, title: 'JournalEntry' },
);

export const RunningSession = Type.Object(
  {
    session: Type.String(),
    service: Service,
    since: Instant,
    silentUntil: Instant,
    cost: Type.Optional(Money),
  },
  { ...closed, title: 'RunningSession' },
);

export const Trace = Type.Object(
  {
    session: Type.String(),
    account: Type.String(),
    closed: Type.Optional(Instant),
    result: Type.Optional(Result),
    entries: Type.Array(Entry),
    records: Type.Array(
      Type.Object(
        {
          record: Type.String(),
          event: Type.Optional(Type.String({ description: 'Its number in the books of usage, once it is booked.' })),
          charged: Money,
          steps: Type.String({ description: 'Why it costs what it costs.' }),
          explained: Explained,
        },
        closed,
      ),
      { description: 'Complete use.' },
    ),
  },
  { ...closed, title: 'SessionTrace' },
);

export const accountPath = Type.Object({
  account: Type.String({ ...Name, description: 'Name of the account, or an identity: `msisdn:491701234567`.' }),
});
export const note = Type.Optional(Type.String({ ...Text, description: 'For the history: who and why.' }));
