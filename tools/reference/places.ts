/**
 * Places that wholesale price lists commonly set apart from their country, by what libphonenumber's geocoding calls
 * them, or by area code where it names every suburb in it (the numbering plans of Anatel).
 */
export interface Place {
  readonly country: string;
  readonly text: RegExp;
  readonly name: string;
}

export const placeCodes: ReadonlyMap<string, string> = new Map([
  ['5511', 'Sao Paulo'],
  ['5521', 'Rio de Janeiro'],
  ['5561', 'Brasilia'],
]);

/** The name of the place a number prefix belongs to, or empty. */
export function placeOf(code: string, country: string, text: string): string {
  return placeCodes.get(code.slice(0, 4)) ?? places.find((place) => place.country === country && place.text.test(text))?.name ?? '';
}

const places: readonly Place[] = [
  { country: 'AR', text: /^Buenos Aires$/, name: 'Buenos Aires' },
  { country: 'BD', text: /^Dhaka$/, name: 'Dhaka' },
  { country: 'CL', text: /^Santiago, /, name: 'Santiago' },
  { country: 'CN', text: /^Beijing$/, name: 'Beijing' },
  { country: 'CN', text: /^Shanghai$/, name: 'Shanghai' },
  { country: 'CN', text: /^Guangzhou, /, name: 'Guangzhou' },
  { country: 'CN', text: /^Shenzhen, /, name: 'Shenzhen' },
  { country: 'CO', text: /^Bogotá$/, name: 'Bogota' },
  { country: 'EG', text: /^Cairo\//, name: 'Cairo' },
  { country: 'GB', text: /^London$/, name: 'London' },
  { country: 'GE', text: /^Tbilisi$/, name: 'Tbilisi' },
  { country: 'GR', text: /^Athens\//, name: 'Athens' },
  { country: 'IN', text: /^New Delhi$/, name: 'New Delhi' },
  { country: 'IN', text: /^Mumbai$/, name: 'Mumbai' },
  { country: 'IN', text: /^Kolkata, /, name: 'Kolkata' },
  { country: 'IN', text: /^Chennai, /, name: 'Chennai' },
  { country: 'IN', text: /^Bangalore, /, name: 'Bangalore' },
  { country: 'IN', text: /^Hyderabad /, name: 'Hyderabad' },
  { country: 'IR', text: /^Tehran /, name: 'Tehran' },
  { country: 'JP', text: /^Tokyo$/, name: 'Tokyo' },
  { country: 'KR', text: /^Seoul$/, name: 'Seoul' },
  { country: 'KZ', text: /^Almaty$/, name: 'Almaty' },
  { country: 'KZ', text: /^Astana$/, name: 'Astana' },
  { country: 'LB', text: /^Beirut$/, name: 'Beirut' },
  { country: 'MX', text: /^Mexico City, /, name: 'Mexico City' },
  { country: 'MX', text: /^Guadalajara, /, name: 'Guadalajara' },
  { country: 'MX', text: /^Monterrey, /, name: 'Monterrey' },
  { country: 'NG', text: /^Lagos$/, name: 'Lagos' },
  { country: 'PE', text: /^Lima/, name: 'Lima' },
  { country: 'PK', text: /^Karachi$/, name: 'Karachi' },
  { country: 'PK', text: /^Lahore$/, name: 'Lahore' },
  { country: 'PK', text: /^Islamabad\//, name: 'Islamabad' },
  { country: 'PL', text: /^Warsaw$/, name: 'Warsaw' },
  { country: 'RO', text: /^Bucharest /, name: 'Bucharest' },
  { country: 'RU', text: /^Moscow$/, name: 'Moscow' },
  { country: 'RU', text: /^St Petersburg$/, name: 'Saint Petersburg' },
  { country: 'TH', text: /^Bangkok\//, name: 'Bangkok' },
  { country: 'TR', text: /^Istanbul /, name: 'Istanbul' },
  { country: 'UA', text: /^Kyiv/, name: 'Kyiv' },
  { country: 'US', text: /(?:^Alaska|, AK)$/, name: 'Alaska' },
  { country: 'US', text: /(?:^Hawaii|, HI)$/, name: 'Hawaii' },
  { country: 'VE', text: /^Caracas\//, name: 'Caracas' },
  { country: 'VN', text: /^Hanoi City$/, name: 'Hanoi' },
  { country: 'VN', text: /^Ho Chi Minh City$/, name: 'Ho Chi Minh City' },
];
