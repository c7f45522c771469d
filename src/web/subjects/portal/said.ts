/** Words of the API as texts of the catalogue. */

const services = ['voice', 'sms', 'mms', 'data', 'content', 'event'] as const;

export function serviceText(service: string): (typeof services)[number] {
  return services.find((each) => each === service) ?? 'event';
}

/** Roles of an agreement, seen by the other side. */
export function wayText(role: string): 'from-you' | 'to-you' {
  return role === 'outgoing' || role === 'roaming-outbound' || role === 'content' ? 'to-you' : 'from-you';
}
