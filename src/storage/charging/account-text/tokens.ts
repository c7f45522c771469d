/** What of an account's text is the same in all: written and looked for as octets. */
import { SHAPE } from '../account-json.ts';
import { ascii } from './ascii-reader.ts';

export const tokens = {
  version: ascii(`{"shape":${SHAPE},"version":`),
  currency: ascii(',"currency":'),
  status: ascii(',"status":'),
  plan: ascii(',"plan":'),
  identities: ascii(',"identities":'),
  kind: ascii('{"kind":'),
  value: ascii(',"value":'),
  buckets: ascii(',"buckets":'),
  counters: ascii(',"counters":'),
  sessions: ascii(',"sessions":'),
  pools: ascii(',"pools":'),
  controls: ascii(',"controls":'),
  addOns: ascii(',"addOns":'),
  addOn: ascii('{"addOn":'),
  renews: ascii(',"renewsMicros":'),
  renewals: ascii(',"renewals":'),
  allowance: ascii('{"allowance":'),
  givenTo: ascii(',"givenToMicros":'),
  debt: ascii(',"debt":'),
  nextBucket: ascii(',"nextBucket":'),
  due: ascii(',"due":'),
  action: ascii('{"action":'),
  to: ascii(',"to":'),
  filter: ascii(',"filter":'),
  end: ascii('}'),
};
