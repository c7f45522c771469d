import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Decoded, UsageDraft } from '#codecs/cdr/draft.ts';
import { makeDecoder } from '#codecs/cdr/record-decoder.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';

function source(declaration: object): Source {
  const parsed = parseSource({ id: 'test', zone: 'Europe/Berlin', ...declaration });
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.refusals));
  return parsed.value;
}

function decode(declaration: object, text: string, options: { readonly ended?: boolean; readonly header?: string } = {}): Decoded {
  const made = makeDecoder(source(declaration));
  assert.ok(made.ok);
  if (options.header !== undefined) assert.ok(made.value.header(options.header).ok);
  return made.value.decode(Buffer.from(text).toString('latin1'), options.ended ?? true);
}

function draft(declaration: object, text: string, options: { readonly ended?: boolean; readonly header?: string } = {}): UsageDraft {
  const decoded = decode(declaration, text, options);
  assert.equal(decoded.kind, 'draft', JSON.stringify(decoded));
  assert.ok(decoded.kind === 'draft');
  assert.equal(decoded.hold, undefined);
  return decoded.draft;
}

const utc = (text: string): number => Date.parse(`${text}Z`) * 1000;
const asterisk = { format: 'asterisk-csv' };
const stock =
  '"","4930123456","0044207946000","from-carriers","""A, B"" <4930123456>","PJSIP/atlas-00000123","PJSIP/my-peer-00000124","Dial","x","2026-10-05 10:00:00","2026-10-05 10:00:10","2026-10-05 10:01:11",71,61,"ANSWERED","DOCUMENTATION"';
const custom =
  '"""A"" <4930123456>","4930123456","0044207946000","from-carriers","PJSIP/atlas-00000123","PJSIP/my-peer-00000124","Dial","x","2026-10-05 10:00:00","2026-10-05 10:00:10","2026-10-05 10:01:11","71.5","61.25","ANSWERED","DOCUMENTATION","","1791187200.7","",9';

describe('Asterisk', () => {
  test('the stock order begins with accountcode', () => {
    const call = draft(asterisk, `${stock},"1791187200.7","user"`);
    assert.equal(call.key, '1791187200.7|PJSIP/my-peer-00000124|2026-10-05 10:00:00');
    assert.equal(call.startMicros, utc('2026-10-05T08:00:10'));
    assert.deepEqual([call.calling, call.called, call.trunkIn, call.trunkOut], ['4930123456', '0044207946000', 'atlas', 'my-peer']);
    assert.deepEqual([call.answered, call.durationMicros, call.cause], [true, 61_000_000, 'ANSWERED']);
  });

  test('without loguniqueid the whole call is its key', () => {
    assert.match(draft(asterisk, stock).key, /^PJSIP\/atlas-00000123\|PJSIP\/my-peer-00000124\|4930123456\|/);
  });

  test('with the new columns the sequence is part of the key', () => {
    assert.equal(draft(asterisk, `${stock},"1791187200.7","user","peer","linked",12`).key, '1791187200.7|12');
    assert.equal(draft(asterisk, `${stock},"1791187200.7","peer","linked",12`).key, '1791187200.7|12');
  });

  test('the cdr_custom order begins with clid, and seconds may have fractions', () => {
    const call = draft(asterisk, custom);
    assert.deepEqual([call.key, call.durationMicros, call.trunkIn], ['1791187200.7|9', 61_250_000, 'atlas']);
  });

  test('a call that was not answered starts with its first signal and lasts 0 seconds', () => {
    const text = custom.replace('"2026-10-05 10:00:10"', '""').replace('ANSWERED', 'NO ANSWER').replace('"61.25"', '"0"');
    const call = draft(asterisk, text);
    assert.deepEqual([call.answered, call.durationMicros, call.startMicros], [false, 0, utc('2026-10-05T08:00:00')]);
  });

  test('a channel that the pattern does not fit is taken whole, so that no leg is lost', () => {
    assert.equal(draft(asterisk, custom.replace('PJSIP/atlas-00000123', 'nonsense')).trunkIn, 'nonsense');
  });

  test('with startsAt: setup an answered call starts with its first signal', () => {
    assert.equal(draft({ ...asterisk, startsAt: 'setup' }, custom).startMicros, utc('2026-10-05T08:00:00'));
  });
});

describe('FreeSWITCH', () => {
  const example =
    '"Alice","+4930123456","0044207946000","public","2026-10-05 10:00:00","2026-10-05 10:00:10","2026-10-05 10:01:11","71","61","NORMAL_CLEARING","aaaa-1","bbbb-2","atlas","PCMA","PCMA"';
  const csv = { format: 'freeswitch-csv', fields: { trunkIn: 'accountcode' } };

  test('the example template', () => {
    const call = draft(csv, example);
    assert.deepEqual(
      [call.key, call.trunkIn, call.trunkOut, call.durationMicros, call.cause],
      ['aaaa-1', 'atlas', '', 61_000_000, 'NORMAL_CLEARING'],
    );
  });

  test('an empty answer stamp means not answered', () => {
    assert.equal(draft(csv, example.replace('"2026-10-05 10:00:10"', '""')).answered, false);
  });

  test('other templates are named, or their columns listed', () => {
    const text =
      '"acc","+4930123456","0044207946000","public","x","sofia/external/+4930@203.0.113.1","sofia/gateway/beta/0044","bridge","y","2026-10-05 10:00:00","2026-10-05 10:00:10","2026-10-05 10:01:11","71","61","NORMAL_CLEARING","3","aaaa-1","u"';
    const call = draft(
      {
        format: 'freeswitch-csv',
        template: 'asterisk',
        fields: {
          trunkIn: { column: 'channel_name', pattern: '@(.+)$' },
          trunkOut: { column: 'bridge_channel', pattern: '^sofia/gateway/([^/]+)/' },
        },
      },
      text,
    );
    assert.deepEqual([call.trunkIn, call.trunkOut, call.key], ['203.0.113.1', 'beta', 'aaaa-1']);
  });

  const json = { format: 'freeswitch-json', fields: { trunkIn: 'variables.sip_network_ip', trunkOut: 'variables.gw' } };
  const record = {
    variables: {
      uuid: 'aaaa-1',
      direction: 'inbound',
      sip_network_ip: '203.0.113.1',
      gw: 'beta',
      start_uepoch: '1791187200000001',
      answer_uepoch: '1791187210500000',
      end_uepoch: '1791187272000000',
      billsec: '61',
      billusec: '61500000',
      hangup_cause: 'NORMAL_CLEARING',
    },
    callflow: [{ caller_profile: { caller_id_number: '%2B4930123456', destination_number: '0044207946000' } }],
  };

  test('mod_json_cdr: microseconds, the first profile of a list, values that are URL-encoded', () => {
    const call = draft(json, JSON.stringify(record));
    assert.deepEqual(
      [call.key, call.calling, call.called, call.trunkIn, call.trunkOut],
      ['aaaa-1', '+4930123456', '0044207946000', '203.0.113.1', 'beta'],
    );
    assert.deepEqual([call.startMicros, call.durationMicros, call.answered], [1_791_187_210_500_000, 61_500_000, true]);
  });

  test('with legs: ab each record has the leg of its direction', () => {
    const both = { ...json, legs: 'ab' };
    const outbound = { ...record, variables: { ...record.variables, direction: 'outbound' } };
    assert.deepEqual([draft(both, JSON.stringify(record)).trunkIn, draft(both, JSON.stringify(record)).trunkOut], ['203.0.113.1', '']);
    assert.deepEqual([draft(both, JSON.stringify(outbound)).trunkIn, draft(both, JSON.stringify(outbound)).trunkOut], ['', 'beta']);
  });

  test('a key that is a number keeps the digits it was written with, however long', () => {
    const keyed = (uuid: string): string => draft(json, JSON.stringify(record).replace('"aaaa-1"', uuid)).key;
    for (const uuid of ['9007199254740993', '12345678901234567890', '0.12345678901234567', '1e400', '-9007199254740993'])
      assert.equal(keyed(uuid), uuid);
    assert.deepEqual(
      [keyed('42'), keyed('1.50'), keyed('1e3'), keyed('"a,1234567890123456"')],
      ['42', '1.5', '1000', 'a,1234567890123456'],
    );
  });

  test('an answer at epoch 0 is no answer', () => {
    const text = JSON.stringify({ ...record, variables: { ...record.variables, answer_uepoch: '0', billusec: '0' } });
    assert.deepEqual([draft(json, text).answered, draft(json, text).durationMicros], [false, 0]);
  });
});

describe('delimited text', () => {
  const mapped = {
    format: 'delimited',
    separator: ';',
    header: true,
    key: ['id', 'part'],
    fields: {
      service: { column: 'type', map: { V: 'voice', S: 'sms' } },
      start: { column: ['date', 'time'], time: 'DD.MM.YYYY HH:mm:ss' },
      duration: { column: 'ms', unit: 'ms' },
      answered: { column: 'result', values: ['ok', 'answered'] },
      calling: 'a',
      called: ['b', 'dialled'],
      trunkIn: { constant: 'north' },
      trunkOut: { column: 'route', pattern: '^R-(.*)$' },
      quantity: 'parts',
      cause: 'q850',
    },
  };
  const header = 'id;part;type;date;time;ms;result;a;b;dialled;route;parts;q850';

  test('any field from any column, with constants, units, joined columns and second choices', () => {
    const call = draft(mapped, '77;1;V;05.10.2026;10:00:00;61250;ok;4930;;4420;R-beta;;16', { header });
    assert.deepEqual(
      [call.key, call.service, call.startMicros, call.durationMicros],
      ['77|1', 'voice', utc('2026-10-05T08:00:00'), 61_250_000],
    );
    assert.deepEqual([call.called, call.trunkIn, call.trunkOut, call.cause], ['4420', 'north', 'beta', '16']);
  });

  test('messages count parts', () => {
    const message = draft(mapped, '78;1;S;05.10.2026;10:00:00;;answered;4930;4420;;R-beta;3;', { header });
    assert.deepEqual([message.service, message.quantity, message.answered], ['sms', 3, true]);
  });

  test('columns by number, answered by duration, duration from start to end', () => {
    const numbered = {
      format: 'delimited',
      separator: 'tab',
      columns: ['id', 'from', 'to', 'a', 'b', 't'],
      key: 'id',
      fields: {
        start: { column: 2, time: 'epoch-s' },
        end: { column: 3, time: 'epoch-s' },
        duration: { column: 3, pattern: '^x(.*)', unit: 's' },
        called: 5,
        trunkIn: 6,
      },
    };
    assert.equal(decode(numbered, '1\t1791187200\t1791187260\t49\t44\tnorth').kind, 'draft');
    const { duration: _, ...fields } = numbered.fields;
    const call = draft({ ...numbered, fields: { ...fields, answered: { constant: 'yes' } } }, '1\t1791187200\t1791187260.5\t49\t44\tnorth');
    assert.equal(call.durationMicros, 60_500_000);
  });

  test('where only the duration says whether a call was answered, a call without one is not given away', () => {
    const bare = {
      format: 'delimited',
      columns: ['id', 'start', 's', 'b'],
      key: 'id',
      fields: { start: { column: 'start', time: 'iso' }, duration: 's', called: 'b', trunkIn: { constant: 'x' } },
    };
    const empty = '1,2026-10-05T08:00:00Z,,44207946000';
    const rejected = decode(bare, empty);
    assert.equal(rejected.kind === 'rejected' && rejected.reason, 'usage.duration-missing');
    assert.equal(draft(bare, empty.replace(',,', ',0,')).answered, false);
    for (const said of [
      { answeredBy: 'duration' },
      { fields: { ...bare.fields, duration: ['s', { constant: '0' }] } },
      { fields: { ...bare.fields, answered: { constant: 'no' } } },
      { fields: { ...bare.fields, service: { constant: 'sms' } } },
    ])
      assert.equal(decode({ ...bare, ...said }, empty).kind, 'draft', JSON.stringify(said));
    const { duration: _, ...fields } = bare.fields;
    const refused = parseSource({ id: 'test', ...bare, fields });
    assert.match(refused.ok ? '' : refused.refusals.map(({ message }) => message).join(), /neither answered, answer nor duration/);
  });

  test('a file whose header lacks a mapped column is refused', () => {
    const made = makeDecoder(source(mapped));
    assert.ok(made.ok);
    const refused = made.value.header('id;part;type');
    assert.ok(!refused.ok);
    assert.deepEqual([...new Set(refused.refusals.map(({ code }) => code))], ['usage.header-differs']);
    assert.match(refused.refusals[0]?.message ?? '', /no column .*"date", .*; it has "id", "part", "type"$/);
  });

  test('a header that is empty, cannot be split, or has a mapped column twice is refused with what is wrong with it', () => {
    const made = makeDecoder(source(mapped));
    assert.ok(made.ok);
    for (const [header, why] of [
      ['', /has no header: the line is empty/],
      ['id;"date;part', /cannot be split, a quote does not end, or text follows it: "id;\\"date;part"/],
      ['id;part;id', /has the column "id" more than once/],
    ] as const) {
      const refused = made.value.header(header);
      assert.ok(!refused.ok);
      assert.equal(refused.refusals[0]?.code, 'usage.header-differs');
      assert.match(refused.refusals[0]?.message ?? '', why);
    }
  });
});

describe('a record that cannot be an event is rejected with its reason', () => {
  for (const [name, text, reason] of [
    ['negative duration', custom.replace('"61.25"', '"-5"'), 'usage.duration-negative'],
    ['10^15 seconds', custom.replace('"61.25"', '"1000000000000000"'), 'usage.duration-out-of-range'],
    ['10^60 seconds', custom.replace('"61.25"', `"1${'0'.repeat(59)}"`), 'usage.duration-out-of-range'],
    ['letters for seconds', custom.replace('"61.25"', '"6l"'), 'usage.duration-unreadable'],
    ['end before start', custom.replace('"2026-10-05 10:01:11"', '"2026-10-05 09:59:00"'), 'usage.end-before-start'],
    [
      'an answer before the start, and no end',
      custom.replace('"2026-10-05 10:00:10","2026-10-05 10:01:11"', '"2026-10-05 09:59:57",""'),
      'usage.end-before-start',
    ],
    [
      'answered, with neither a duration nor an end',
      custom.replace('"2026-10-05 10:01:11"', '""').replace('"61.25"', '""'),
      'usage.duration-missing',
    ],
    ['a carriage return before the next record', `${custom}\r${custom}`, 'usage.carriage-return'],
    ['a carriage return inside a column without quotes', custom.replace('"71.5"', '71\r5'), 'usage.carriage-return'],
    ['answer before start', custom.replace('"2026-10-05 10:00:10"', '"2026-10-05 09:00:10"'), 'usage.end-before-start'],
    ['a start that is on no calendar', custom.replace('2026-10-05 10:00:00', '2026-02-30 10:00:00'), 'usage.time-unreadable'],
    ['no start', custom.replace('"2026-10-05 10:00:00"', '""').replace('"2026-10-05 10:00:10"', '""'), 'usage.time-missing'],
    ['the year 1970', custom.replaceAll('2026-10-05', '1970-10-05'), 'usage.time-out-of-range'],
    ['no key', custom.replace('"1791187200.7"', '""'), 'usage.key-missing'],
    ['no called number', custom.replace('"0044207946000"', '""'), 'usage.called-missing'],
    ['too few columns', '"a","b","c"', 'usage.columns-missing'],
    ['one column more than any layout has', `${stock},"1791187200.7","user","peer","linked",12,"new"`, 'usage.columns-surplus'],
    ['an open quote', '"a","b,c', 'usage.quote-unbalanced'],
    ['text behind a quote', '"a"x,"b"', 'usage.quote-unbalanced'],
    ['NUL bytes', custom.replace('Dial', 'Di\u0000al'), 'usage.nul-byte'],
  ] as const) {
    test(name, () => {
      const decoded = decode(asterisk, text);
      assert.equal(decoded.kind === 'rejected' ? decoded.reason : decoded.kind, reason);
    });
  }

  test('a carriage return inside quotes is text', () => {
    assert.equal(decode(asterisk, custom.replace('"Dial"', '"Di\ral"')).kind, 'draft');
  });

  test('bytes up and down are refused when only their sum is too large', () => {
    const data = {
      format: 'delimited',
      columns: ['id', 't', 'a', 'in', 'up', 'down'],
      key: 'id',
      fields: { service: { constant: 'data' }, start: 't', called: 'a', trunkIn: 'in', bytesUp: 'up', bytesDown: 'down' },
    };
    const most = String(Number.MAX_SAFE_INTEGER);
    assert.equal(draft(data, `1,2026-10-05T10:00:00Z,4420,north,${most},0`).bytesUp, Number.MAX_SAFE_INTEGER);
    const decoded = decode(data, `1,2026-10-05T10:00:00Z,4420,north,${most},1`);
    assert.equal(decoded.kind === 'rejected' ? decoded.reason : decoded.kind, 'usage.quantity-unreadable');
  });

  test('a map and a record may use the names that every object of JavaScript has', () => {
    const mapped = {
      format: 'delimited',
      columns: ['id', 't', 'b', 'in', 'type'],
      key: 'id',
      fields: {
        service: { column: 'type', map: { constructor: 'sms' } },
        start: 't',
        called: 'b',
        trunkIn: { column: 'in', map: { x: 'y' } },
      },
    };
    assert.equal(draft(mapped, '1,2026-10-05T10:00:00Z,4420,north,constructor').service, 'sms');
    for (const name of ['toString', '__proto__', 'hasOwnProperty']) {
      const decoded = decode(mapped, `1,2026-10-05T10:00:00Z,4420,north,${name}`);
      assert.equal(decoded.kind === 'rejected' ? decoded.reason : decoded.kind, 'usage.service-unknown');
      assert.equal(draft(mapped, `1,2026-10-05T10:00:00Z,4420,${name},constructor`).trunkIn, name);
    }
  });

  test('columns are counted in words, in ascending order; more of them are ignored where the source says so', () => {
    const miscounted = (text: string, more: object = {}): string => {
      const decoded = decode({ ...asterisk, ...more }, text);
      return decoded.kind === 'rejected' ? decoded.detail : decoded.kind;
    };
    assert.equal(miscounted('broken'), 'the record has 1 column, the source declares 16, 17, 18, 19, 20 or 21: "broken"');
    const grown = `${stock},"1791187200.7","user","peer","linked",12,"new"`;
    assert.match(miscounted(grown), /^the record has 22 columns, the source declares 16, /);
    assert.equal(miscounted(grown, { extraColumns: 'ignore' }), 'draft');
    const own = {
      format: 'delimited',
      columns: ['i', 't', 'b', 'in'],
      key: 'i',
      fields: { start: 't', called: 'b', trunkIn: 'in', answered: { constant: 'no' } },
    };
    assert.match(miscounted('1,2026-10-05T10:00:00Z,4420,north,x', own), /^the record has 5 columns, the source declares 4: /);
    assert.equal(miscounted('1,2026-10-05T10:00:00Z,4420,north,x', { ...own, extraColumns: 'ignore' }), 'draft');
  });

  test('Latin-1 where UTF-8 is declared', () => {
    const made = makeDecoder(source(asterisk));
    assert.ok(made.ok);
    const decoded = made.value.decode(custom.replace('A', 'M\u00fcller'), true);
    assert.equal(decoded.kind === 'rejected' ? decoded.reason : '', 'usage.encoding');
    const latin = makeDecoder(source({ ...asterisk, encoding: 'latin1' }));
    assert.ok(latin.ok);
    assert.equal(latin.value.decode(custom.replace('A', 'M\u00fcller'), true).kind, 'draft');
  });

  test('a last record that breaks off', () => {
    for (const text of [custom.slice(0, 150), custom.slice(0, -20), custom]) {
      const decoded = decode(asterisk, text, { ended: false });
      assert.equal(decoded.kind === 'rejected' ? decoded.reason : text, 'usage.truncated-record');
    }
    // Also where its last column is quoted and closed: it may be the beginning of a record in a longer layout.
    const shorter = decode(asterisk, `${stock},"1791187200.7","user"`, { ended: false });
    assert.equal(shorter.kind === 'rejected' && shorter.reason, 'usage.truncated-record');
  });

  const figures = {
    format: 'delimited',
    columns: ['id', 'start', 'b', 'in', 'seconds'],
    key: 'id',
    fields: { start: 'start', called: 'b', trunkIn: 'in', duration: 'seconds' },
  };

  test('a last record that may be cut inside its last column, which is no part of the key, is not rated with what is left of it', () => {
    for (const seconds of ['36', '3600', '']) {
      const decoded = decode(figures, `1,2026-10-05T10:00:00Z,4420,north,${seconds}`, { ended: false });
      assert.equal(decoded.kind === 'rejected' ? decoded.reason : seconds, 'usage.truncated-record');
      assert.match(decoded.kind === 'rejected' ? decoded.detail : '', /its last column has no quotes, so it may be cut/);
    }
    assert.equal(draft(figures, '1,2026-10-05T10:00:00Z,4420,north,"36"', { ended: false }).durationMicros, 36_000_000);
    const grown = decode({ ...figures, extraColumns: 'ignore' }, '1,2026-10-05T10:00:00Z,4420,north,36,n', { ended: false });
    assert.equal(grown.kind === 'rejected' && grown.reason, 'usage.truncated-record');
  });

  test('with unendedRecord: take a last record without a line end counts as whole, unless it cannot be read', () => {
    const taken = { ...figures, unendedRecord: 'take' };
    assert.equal(draft(taken, '1,2026-10-05T10:00:00Z,4420,north,36', { ended: false }).durationMicros, 36_000_000);
    assert.equal(decode({ ...asterisk, unendedRecord: 'take' }, `${stock},"1791187200.7","user"`, { ended: false }).kind, 'draft');
    for (const text of ['1,2026-10-05T10:00:00Z,4420', '1,2026-10-05T10:0', '1,2026-10-05T10:00:00Z,4420,north,"36']) {
      const decoded = decode(taken, text, { ended: false });
      assert.equal(decoded.kind === 'rejected' ? decoded.reason : text, 'usage.truncated-record');
    }
  });

  test('a JSON object is whole when it closes, also without a line end', () => {
    const json = { format: 'freeswitch-json', fields: { trunkIn: 'variables.t' } };
    const whole =
      '{"variables":{"uuid":"1","start_uepoch":"1791187200000000"},"callflow":[{"caller_profile":{"destination_number":"4420"}}]}';
    assert.equal(decode(json, whole, { ended: false }).kind, 'draft');
    const cut = decode(json, whole.slice(0, -1), { ended: false });
    assert.equal(cut.kind === 'rejected' ? cut.reason : '', 'usage.truncated-record');
  });

  test('JSON that is none, and NUL written as an escape', () => {
    const json = { format: 'freeswitch-json', fields: { trunkIn: 'variables.t' } };
    for (const [text, reason] of [
      ['{"variables":{"uuid":"1"', 'usage.json-damaged'],
      ['nonsense', 'usage.json-damaged'],
      ['{"status":"error"}', 'usage.key-missing'],
      ['{"variables":{"uuid":"a\\u0000b"}}', 'usage.nul-byte'],
    ] as const) {
      const decoded = decode(json, text);
      assert.equal(decoded.kind === 'rejected' ? decoded.reason : decoded.kind, reason);
    }
  });
});

describe('a record that a person must look at is held with its reason', () => {
  test('longer than the source allows', () => {
    const decoded = decode(asterisk, custom.replace('"61.25"', '"90000"'));
    assert.equal(decoded.kind === 'draft' ? decoded.hold?.reason : '', 'usage.duration-over-maximum');
    assert.equal(draft({ ...asterisk, maximumSeconds: 100_000 }, custom.replace('"61.25"', '"90000"')).durationMicros, 90_000_000_000);
  });

  test('a local time that the clock skipped', () => {
    const decoded = decode(
      asterisk,
      custom.replace('2026-10-05 10:00:00', '2026-03-29 02:30:00').replaceAll('2026-10-05 10:0', '2026-03-29 03:3'),
    );
    assert.equal(decoded.kind === 'draft' ? decoded.hold?.reason : '', 'usage.time-nonexistent');
  });
});

describe('in the hour that the clock repeats, what else the record says decides', () => {
  const call = (start: string, answer: string, end: string, elapsed: number, uniqueid: string): string =>
    custom
      .replace('2026-10-05 10:00:00', `2026-10-25 ${start}`)
      .replace('2026-10-05 10:00:10', `2026-10-25 ${answer}`)
      .replace('2026-10-05 10:01:11', `2026-10-25 ${end}`)
      .replace('71.5', `${elapsed}`)
      .replace('61.25', `${elapsed - 10}`)
      .replace('1791187200.7', uniqueid);

  for (const [name, text, expected] of [
    ['nothing else: the earlier', call('02:30:00', '02:30:10', '02:31:10', 70, 'a.1'), '2026-10-25T00:30:10'],
    ['the end lies before the start on the clock', call('02:50:00', '02:50:10', '02:10:00', 1200, 'a.1'), '2026-10-25T00:50:10'],
    ['the elapsed time reaches out of the hour', call('02:30:00', '02:30:10', '03:10:00', 2400, 'a.1'), '2026-10-25T01:30:10'],
    ['an hour longer', call('02:30:00', '02:30:10', '03:10:00', 6000, 'a.1'), '2026-10-25T00:30:10'],
    ['Asterisk’s uniqueid holds the epoch', call('02:30:00', '02:30:10', '02:31:10', 70, '1792891800.1'), '2026-10-25T01:30:10'],
  ] as const) {
    test(name, () => assert.equal(draft(asterisk, text).startMicros, utc(expected)));
  }
});

describe('Post-dial delay', () => {
  const columns = ['id', 'start', 'rang', 'answer', 'seconds', 'b', 'in', 'pdd'];
  const fields = { start: 'start', answer: 'answer', duration: 'seconds', called: 'b', trunkIn: 'in' };
  const plain = { format: 'delimited', columns, key: 'id', answeredBy: 'duration', fields };
  const said = { ...plain, fields: { ...fields, pdd: { column: 'pdd', unit: 'ds' } } };
  const told = { ...plain, fields: { ...fields, ringing: { column: 'rang', time: 'YYYY-MM-DD HH:mm:ss.SSS' } } };
  const line = (rang: string, seconds: string, pdd: string): string =>
    `k,2026-10-05 10:00:00,${rang},2026-10-05 10:00:09,${seconds},00442079460000,atlas,${pdd}`;

  test('is read in its unit, or from the start to the instant of ringing', () => {
    assert.equal(draft(said, line('', '61', '18.46')).pddMillis, 1846);
    assert.equal(draft(told, line('2026-10-05 10:00:02.345', '61', '')).pddMillis, 2345);
    assert.equal(draft({ ...told, fields: { ...told.fields, pdd: 'pdd' } }, line('2026-10-05 10:00:02.345', '61', '7')).pddMillis, 7000);
    assert.equal(draft(plain, line('2026-10-05 10:00:02.345', '61', '7')).pddMillis, undefined);
  });

  test('0 is one of an answered call only', () => {
    assert.equal(draft(said, line('', '61', '0')).pddMillis, 0);
    assert.equal(draft(said, line('', '0', '0')).pddMillis, undefined);
    assert.equal(draft(said, line('', '0', '52')).pddMillis, 5200);
  });

  test('that cannot be read, is negative or longer than an hour is none, and the record is good', () => {
    for (const pdd of ['x', '-3', '36001', '']) assert.equal(draft(said, line('', '61', pdd)).pddMillis, undefined, pdd);
    for (const rang of ['2026-10-05 09:59:59.000', '2026-10-05 12:00:00.000', 'soon'])
      assert.equal(draft(told, line(rang, '61', '')).pddMillis, undefined, rang);
  });
});
