/**
 * Writes calls as Asterisk's cdr_csv does to Master.csv (cdr/cdr_csv.c, with loguniqueid and
 * loguserfield on): accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start,
 * answer, end, duration, billsec, disposition, amaflags, uniqueid, userfield; texts quoted, numbers not.
 * The dialplan sets userfield to ${HANGUPCAUSE}, the Q.850 cause.
 */
import type { Call } from './call.ts';
import { causeNamed } from './causes.ts';
import { wallClock } from './wall-clock.ts';
import { writtenCalled, writtenCaller } from './written-number.ts';

const SECOND = 1_000_000;

export function asteriskWriter(zone: string): (call: Call, sequence: number) => string {
  const clock = wallClock(zone);
  return (call, sequence) => {
    const dialled = writtenCalled(call.trunkIn.owner, call.called);
    const caller = writtenCaller(call.trunkIn.owner, call.calling);
    const { disposition } = causeNamed(call.cause);
    const answered = call.answerMicros !== undefined;
    // Asterisk numbers its channels in hex; the second channel of a call is the next one.
    const channel = (sequence * 2).toString(16).padStart(8, '0');
    const otherChannel = (sequence * 2 + 1).toString(16).padStart(8, '0');
    return [
      quote(call.trunkIn.owner === 'own' ? 'retail' : ''),
      quote(caller),
      quote(dialled),
      quote('from-carriers'),
      quote(`"${caller === 'anonymous' ? 'Anonymous' : ''}" <${caller}>`),
      quote(`PJSIP/${call.trunkIn.name}-${channel}`),
      quote(`PJSIP/${call.trunkOut.name}-${otherChannel}`),
      quote('Dial'),
      quote(`PJSIP/${call.called}@${call.trunkOut.name},60`),
      quote(clock(call.startMicros)),
      quote(call.answerMicros === undefined ? '' : clock(call.answerMicros)),
      quote(clock(call.endMicros)),
      wholeSeconds(call.startMicros, call.endMicros),
      call.answerMicros === undefined ? 0 : wholeSeconds(call.answerMicros, call.endMicros),
      quote(answered ? 'ANSWERED' : disposition),
      quote('DOCUMENTATION'),
      quote(`ny-${Math.floor(call.startMicros / SECOND)}.${sequence}`),
      quote(`${call.cause}`),
    ].join(',');
  };
}

/** The whole seconds between, the rest dropped: Asterisk's ast_tvdiff_sec. */
function wholeSeconds(fromMicros: number, toMicros: number): number {
  return Math.floor((toMicros - fromMicros) / SECOND);
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
