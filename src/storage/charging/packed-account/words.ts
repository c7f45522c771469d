/**
 * Texts that most accounts have, each one octet of a packed account. What is packed is in logs of engines that are gone: words are added at the end, and none is ever
 * moved or taken away. At most 128.
 */
export const words = [
  ...['active', 'blocked', 'closed', 'voice', 'sms', 'mms', 'data', 'content', 'event', 'money', 'seconds', 'bytes', 'messages', 'events'],
  ...['msisdn', 'imsi', 'nai', 'sip-uri', 'private', 'main', 'granted', 'credit-limit-reached', 'service-denied', 'no-charge'],
  ...['user-unknown', 'rating-failed', 'unknown-session', 'out-of-order', 'units-not-fitting', 'too-busy', 'unable-to-comply'],
  ...['UTRAN', 'GERAN', 'WLAN', 'EUTRAN', 'NB-IOT', 'LTE-M', 'NR', 'EUR', 'USD', 'GBP', 'CHF', 'internet', 'ims'],
] as const;
