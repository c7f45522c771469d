/** Numbers of the attributes that the gateway reads and writes; a test compares them with the dictionary. */
export const attribute = {
  userName: 1,
  userPassword: 2,
  chapPassword: 3,
  nasIpAddress: 4,
  serviceType: 6,
  framedIpAddress: 8,
  filterId: 11,
  replyMessage: 18,
  state: 24,
  class: 25,
  sessionTimeout: 27,
  calledStation: 30,
  callingStation: 31,
  nasIdentifier: 32,
  proxyState: 33,
  statusType: 40,
  delayTime: 41,
  inputOctets: 42,
  outputOctets: 43,
  acctSessionId: 44,
  sessionTime: 46,
  inputGigawords: 52,
  outputGigawords: 53,
  eventTimestamp: 55,
  chapChallenge: 60,
  nasPortType: 61,
  eapMessage: 79,
  interimInterval: 85,
  nasPortId: 87,
  nasIpv6Address: 95,
  errorCause: 101,
} as const;

export const vendor = { microsoft: 311, threeGpp: 10415, wispr: 14122, freeswitch: 27880 } as const;

export const microsoft = { chapResponse: 1, chapChallenge: 11, chap2Response: 25 } as const;
export const threeGpp = { imsi: 1, networkOfSgsn: 18, ratType: 21 } as const;
export const wispr = { locationName: 2 } as const;
export const freeswitch = { src: 4, dst: 5, billMicros: 15 } as const;

export const statusType = { start: 1, stop: 2, interim: 3, on: 7, off: 8 } as const;
