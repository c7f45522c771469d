/**
 * Writes calls as FreeSWITCH's mod_json_cdr does, one object a line: core-uuid, switchname,
 * channel_data, variables, callflow. Of the variables those that billing or support would look at; a real
 * record has some hundred more of the same kind. Values of variables are texts, as the switch has them.
 */
import type { Call, TrunkEnd } from './call.ts';
import { causeNamed } from './causes.ts';
import { forkRandom, type Random } from './random.ts';
import { wallClock } from './wall-clock.ts';
import { writtenCalled, writtenCaller } from './written-number.ts';

const SECOND = 1_000_000;
const CORE_UUID = '9e1c3a52-0b7d-4c11-8f53-6a2e4d90b7c1';

/** The peers' signalling addresses (documentation ranges of RFC 5737). */
const ADDRESSES: Readonly<Record<string, string>> = {
  'atlantic-fra1': '203.0.113.21',
  'rheinland-fra1': '203.0.113.41',
  'rheinland-fra2': '203.0.113.42',
  'andina-fra1': '203.0.113.61',
  'own-core': '198.51.100.20',
  'lab-sbc': '192.0.2.99',
};

export function freeswitchWriter(zone: string, seed: string): (call: Call, sequence: number) => string {
  const clock = wallClock(zone);
  const random = forkRandom(seed, 'freeswitch-ids');
  return (call, sequence) => {
    const uuid = drawUuid(random);
    const otherUuid = drawUuid(random);
    const { name: causeName, phrase } = causeNamed(call.cause);
    const dialled = writtenCalled(call.trunkIn.owner, call.called);
    const caller = writtenCaller(call.trunkIn.owner, call.calling);
    const inAddress = addressOf(call.trunkIn);
    const outAddress = addressOf(call.trunkOut);
    const channelName = `sofia/external/${caller}@${inAddress}`;
    const bridge = `sofia/gateway/${call.trunkOut.name}/${call.called}`;
    const answered = call.answerMicros !== undefined;
    const answer = call.answerMicros ?? 0;
    const billMicros = answered ? call.endMicros - answer : 0;
    const alertMillis = call.alertMicros === undefined ? 0 : Math.floor((call.alertMicros - call.startMicros) / 1_000);
    const wholeMicros = call.endMicros - call.startMicros;
    return JSON.stringify({
      'core-uuid': CORE_UUID,
      switchname: 'fra-sw1',
      channel_data: {
        state: 'CS_REPORTING',
        direction: 'inbound',
        state_number: '11',
        flags: '0=1;1=1;3=1;20=1;37=1;38=1',
        caps: '1=1;2=1;3=1;4=1;5=1;6=1',
      },
      variables: {
        direction: 'inbound',
        uuid,
        session_id: `${sequence}`,
        sip_from_user: caller,
        sip_network_ip: inAddress,
        sip_received_ip: inAddress,
        sip_call_id: `${otherUuid.slice(0, 13)}@${inAddress}`,
        sofia_profile_name: 'external',
        channel_name: channelName,
        sip_req_user: dialled,
        call_uuid: uuid,
        read_codec: 'PCMA',
        write_codec: 'PCMA',
        current_application: 'bridge',
        current_application_data: bridge,
        originate_disposition: answered ? 'SUCCESS' : causeName,
        bridge_channel: `sofia/external/${call.called}@${outAddress}`,
        ...(answered ? { bridge_uuid: otherUuid, endpoint_disposition: 'ANSWER' } : {}),
        sip_hangup_phrase: phrase,
        hangup_cause: causeName,
        hangup_cause_q850: `${call.cause === 487 ? 0 : call.cause}`,
        start_stamp: clock(call.startMicros),
        ...(answered ? { answer_stamp: clock(answer) } : {}),
        end_stamp: clock(call.endMicros),
        start_epoch: wholeEpoch(call.startMicros),
        start_uepoch: `${call.startMicros}`,
        answer_epoch: answered ? wholeEpoch(answer) : '0',
        answer_uepoch: `${answer}`,
        end_epoch: wholeEpoch(call.endMicros),
        end_uepoch: `${call.endMicros}`,
        last_app: 'bridge',
        last_arg: bridge,
        caller_id: `"${caller}" <${caller}>`,
        duration: `${Math.floor(wholeMicros / SECOND)}`,
        billsec: `${Math.floor(billMicros / SECOND)}`,
        mduration: `${Math.floor(wholeMicros / 1_000)}`,
        billmsec: `${Math.floor(billMicros / 1_000)}`,
        uduration: `${wholeMicros}`,
        billusec: `${billMicros}`,
        // One of the two is set, by what came first.
        progressmsec: `${call.heard ? 0 : alertMillis}`,
        progress_mediamsec: `${call.heard ? alertMillis : 0}`,
      },
      callflow: [
        {
          dialplan: 'XML',
          profile_index: '1',
          caller_profile: {
            caller_id_name: caller,
            caller_id_number: caller,
            network_addr: inAddress,
            destination_number: dialled,
            uuid,
            source: 'mod_sofia',
            context: 'carriers',
            chan_name: channelName,
          },
          times: { created_time: `${call.startMicros}`, answered_time: `${answer}`, hangup_time: `${call.endMicros}` },
        },
      ],
    });
  };
}

function addressOf(trunk: TrunkEnd): string {
  return ADDRESSES[trunk.name] ?? '192.0.2.99';
}

function wholeEpoch(micros: number): string {
  return `${Math.floor(micros / SECOND)}`;
}

/** A version 4 UUID from the seeded stream. */
function drawUuid(random: Random): string {
  const hex = (count: number): string =>
    random
      .below(2 ** (4 * count))
      .toString(16)
      .padStart(count, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[random.below(4)]}${hex(3)}-${hex(6)}${hex(6)}`;
}
