/** What the switches write when left to themselves: column orders and the meaning of the columns. */
import type { ColumnLayout, FieldRule, FieldRules } from './source.ts';

/** The part of a source that a format fills in. */
export interface SourcePreset {
  readonly layouts: readonly ColumnLayout[];
  readonly key: readonly string[];
  readonly fields: FieldRules;
}

const SWITCH_TIME = 'YYYY-MM-DD HH:mm:ss';

function column(name: string, more: Omit<FieldRule, 'columns'> = {}): readonly FieldRule[] {
  return [{ columns: [name], ...more }];
}

/** `PJSIP/atlas-00000123` is trunk `atlas`. */
const CHANNEL = '^[^/]+/(.+?)(?:-[0-9a-f]+)?(?:;[12])?$';

const asteriskCustom = [
  'clid',
  'src',
  'dst',
  'dcontext',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'accountcode',
  'uniqueid',
  'userfield',
  'sequence',
];

/** The order of Asterisk's cdr_csv.c: accountcode first; what cdr.conf adds comes behind. */
const asteriskStock = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
];
const newColumns = ['peeraccount', 'linkedid', 'sequence'];

/** One channel writes several records when a call is forked or passed on: the number alone is not unique. */
const BY_SEQUENCE = ['uniqueid', 'sequence'];
const BY_CHANNEL = ['uniqueid', 'dstchannel', 'start'];
const BY_CALL = ['channel', 'dstchannel', 'src', 'dst', 'start', 'end', 'duration'];

export const asteriskPreset: SourcePreset = {
  layouts: [
    { columns: asteriskCustom, key: BY_SEQUENCE },
    { columns: asteriskCustom.slice(0, 18), key: BY_CHANNEL },
    { columns: asteriskStock, key: BY_CALL },
    { columns: [...asteriskStock, 'uniqueid'], key: BY_CHANNEL },
    { columns: [...asteriskStock, 'uniqueid', 'userfield'], key: BY_CHANNEL },
    { columns: [...asteriskStock, ...newColumns], key: [...BY_CALL, 'sequence'] },
    { columns: [...asteriskStock, 'uniqueid', ...newColumns], key: BY_SEQUENCE },
    { columns: [...asteriskStock, 'uniqueid', 'userfield', ...newColumns], key: BY_SEQUENCE },
  ],
  key: BY_SEQUENCE,
  fields: {
    start: column('start', { time: SWITCH_TIME }),
    answer: column('answer', { time: SWITCH_TIME }),
    end: column('end', { time: SWITCH_TIME }),
    duration: column('billsec', { unit: 's' }),
    elapsed: column('duration', { unit: 's' }),
    clue: column('uniqueid', { pattern: '^(?:.*-)?(\\d{9,10})\\.\\d+$', time: 'epoch-s' }),
    answered: column('disposition', { values: ['ANSWERED'] }),
    calling: column('src'),
    called: column('dst'),
    trunkIn: column('channel', { pattern: CHANNEL }),
    trunkOut: column('dstchannel', { pattern: CHANNEL }),
    cause: column('disposition'),
  },
};

const example = [
  'caller_id_name',
  'caller_id_number',
  'destination_number',
  'context',
  'start_stamp',
  'answer_stamp',
  'end_stamp',
  'duration',
  'billsec',
  'hangup_cause',
  'uuid',
  'bleg_uuid',
  'accountcode',
  'read_codec',
  'write_codec',
];

/** The templates of FreeSWITCH's cdr_csv.conf.xml that hold a call's start. */
export const freeswitchTemplates: Readonly<Record<string, readonly string[]>> = {
  example,
  snom: [...example, 'sip_user_agent', 'call_clientcode', 'sip_rtp_rxstat', 'sip_rtp_txstat', 'sofia_record_file'],
  linksys: [...example, 'sip_user_agent', 'sip_p_rtp_stat'],
  asterisk: [
    'accountcode',
    'caller_id_number',
    'destination_number',
    'context',
    'caller_id',
    'channel_name',
    'bridge_channel',
    'last_app',
    'last_arg',
    'start_stamp',
    'answer_stamp',
    'end_stamp',
    'duration',
    'billsec',
    'hangup_cause',
    'amaflags',
    'uuid',
    'userfield',
  ],
};

export const freeswitchCsvPreset: SourcePreset = {
  layouts: [{ columns: example }],
  key: ['uuid'],
  fields: {
    start: column('start_stamp', { time: SWITCH_TIME }),
    answer: column('answer_stamp', { time: SWITCH_TIME }),
    end: column('end_stamp', { time: SWITCH_TIME }),
    duration: column('billsec', { unit: 's' }),
    elapsed: column('duration', { unit: 's' }),
    calling: column('caller_id_number'),
    called: column('destination_number'),
    cause: column('hangup_cause'),
  },
};

/** mod_json_cdr: the exact times are in microseconds, the seconds beside them are cut. */
export const freeswitchJsonPreset: SourcePreset = {
  layouts: [],
  key: ['variables.uuid'],
  fields: {
    start: [...column('variables.start_uepoch', { time: 'epoch-us' }), ...column('variables.start_epoch', { time: 'epoch-s' })],
    answer: [...column('variables.answer_uepoch', { time: 'epoch-us' }), ...column('variables.answer_epoch', { time: 'epoch-s' })],
    end: [...column('variables.end_uepoch', { time: 'epoch-us' }), ...column('variables.end_epoch', { time: 'epoch-s' })],
    duration: [
      ...column('variables.billusec', { unit: 'us' }),
      ...column('variables.billmsec', { unit: 'ms' }),
      ...column('variables.billsec', { unit: 's' }),
    ],
    calling: [...column('callflow.caller_profile.caller_id_number'), ...column('variables.caller_id_number')],
    called: [...column('callflow.caller_profile.destination_number'), ...column('variables.destination_number')],
    direction: column('variables.direction'),
    cause: column('variables.hangup_cause'),
  },
};
