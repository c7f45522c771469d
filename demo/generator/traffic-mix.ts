/**
 * Where the calls of the demonstration go: the mix of a New York transit carrier. Prefixes are real,
 * and each is covered by the published price list that the demonstration's rate sheets are made
 * from. Digits are the whole length of the number; minutes the mean length of an answered
 * call; answered the share of attempts that are (ASR).
 */
export type Region = 'america' | 'europe' | 'asia' | 'africa' | 'satellite';

export interface MixEntry {
  readonly name: string;
  readonly region: Region;
  readonly weight: number;
  readonly prefix: string;
  readonly digits: number;
  readonly minutes: number;
  readonly answered: number;
}

// name | region | weight | prefixes | digits | mean minutes | ASR
const TABLE = `
Mexico, Mexico City       | america | 52 | 5255         | 12 | 4.9 | 0.60
Mexico, Guadalajara       | america | 22 | 5233         | 12 | 5.1 | 0.61
Mexico, Monterrey         | america | 22 | 5281         | 12 | 4.8 | 0.62
Mexico, mobile            | america | 68 | 521          | 13 | 3.6 | 0.56
Colombia, mobile          | america | 58 | 57310 57300 57315 | 12 | 3.9 | 0.57
Colombia, Bogota          | america | 16 | 5712         | 10 | 5.4 | 0.63
Colombia, Medellin        | america | 8  | 5742         | 10 | 5.6 | 0.62
Brazil, Sao Paulo         | america | 28 | 5511         | 12 | 4.1 | 0.60
Brazil, Rio de Janeiro    | america | 18 | 5521         | 12 | 4.2 | 0.59
Brazil, mobile            | america | 10 | 552186       | 12 | 2.9 | 0.49
Dominican Republic, mobile| america | 36 | 1809204      | 11 | 4.4 | 0.58
Jamaica, Digicel          | america | 30 | 187635       | 11 | 4.0 | 0.57
Jamaica                   | america | 8  | 18769        | 11 | 5.2 | 0.60
Haiti, Digicel            | america | 28 | 5097         | 11 | 3.2 | 0.48
Haiti, Comcel             | america | 12 | 50939        | 11 | 3.1 | 0.46
Trinidad                  | america | 6  | 186868 186846| 11 | 4.6 | 0.58
El Salvador, mobile       | america | 30 | 50372 50373 50370 | 11 | 4.3 | 0.59
Guatemala, mobile         | america | 26 | 5025         | 11 | 4.2 | 0.58
Honduras, mobile          | america | 20 | 50495 5049   | 11 | 3.8 | 0.55
Nicaragua, mobile         | america | 8  | 5058         | 11 | 3.7 | 0.55
Costa Rica, mobile        | america | 7  | 5068         | 11 | 4.1 | 0.60
Panama, mobile            | america | 7  | 507650 5076  | 11 | 3.9 | 0.58
Cuba                      | america | 5  | 537          | 10 | 6.8 | 0.42
Ecuador, mobile           | america | 22 | 59398 593993 | 12 | 4.0 | 0.57
Ecuador, Quito            | america | 5  | 5932         | 11 | 5.5 | 0.61
Peru, Lima                | america | 18 | 511          | 10 | 5.3 | 0.62
Peru, mobile              | america | 8  | 519730       | 11 | 3.0 | 0.53
Venezuela, mobile         | america | 14 | 58414 58412 58416 | 12 | 3.8 | 0.50
Venezuela, Caracas        | america | 6  | 58212        | 12 | 5.0 | 0.55
Argentina, Buenos Aires   | america | 12 | 5411         | 12 | 5.4 | 0.61
Argentina, mobile         | america | 9  | 549          | 13 | 3.2 | 0.54
Chile, Santiago           | america | 6  | 562          | 11 | 4.7 | 0.62
Chile, mobile             | america | 8  | 569          | 11 | 3.1 | 0.56
Bolivia, mobile           | america | 5  | 59171 59177  | 11 | 3.6 | 0.52
Philippines, mobile       | asia    | 40 | 63905 639    | 12 | 4.8 | 0.51
Philippines, Manila       | asia    | 7  | 632          | 11 | 6.0 | 0.58
Pakistan, mobile          | asia    | 20 | 9230 923     | 12 | 5.2 | 0.47
Pakistan, Lahore          | asia    | 4  | 9242         | 12 | 6.1 | 0.52
Bangladesh, mobile        | asia    | 20 | 88017 88018  | 13 | 4.9 | 0.46
Vietnam, mobile           | asia    | 14 | 849          | 11 | 5.0 | 0.50
Indonesia, Telkomsel      | asia    | 4  | 62811        | 12 | 3.9 | 0.50
Thailand, mobile          | asia    | 4  | 668          | 11 | 3.8 | 0.53
South Korea, mobile       | asia    | 7  | 8210         | 12 | 3.9 | 0.58
Japan, Tokyo              | asia    | 5  | 813          | 11 | 4.6 | 0.64
Israel, mobile            | asia    | 10 | 9725         | 12 | 3.5 | 0.60
Israel, Tel Aviv          | asia    | 5  | 9723         | 11 | 4.4 | 0.64
United Arab Emirates, mobile | asia | 8  | 97150        | 12 | 3.6 | 0.56
Saudi Arabia, mobile      | asia    | 6  | 9665         | 12 | 3.9 | 0.52
Lebanon, mobile           | asia    | 4  | 9613         | 10 | 4.2 | 0.51
Turkey, Turkcell          | asia    | 8  | 9053         | 12 | 3.3 | 0.54
Australia, mobile         | asia    | 5  | 614          | 11 | 3.7 | 0.60
Nigeria, MTN              | africa  | 18 | 234803       | 13 | 3.4 | 0.41
Nigeria, Globacom         | africa  | 8  | 234805       | 13 | 3.3 | 0.40
Nigeria, Lagos            | africa  | 3  | 2341         | 11 | 4.6 | 0.48
Ghana, MTN                | africa  | 10 | 23324        | 12 | 3.6 | 0.44
Kenya, Safaricom          | africa  | 6  | 25471        | 12 | 3.4 | 0.52
Ethiopia, mobile          | africa  | 7  | 2519         | 12 | 4.8 | 0.39
Egypt, mobile             | africa  | 7  | 2012         | 12 | 4.0 | 0.49
Morocco, Maroc Telecom    | africa  | 5  | 212610       | 12 | 3.5 | 0.50
Senegal, Orange           | africa  | 5  | 22177        | 12 | 3.7 | 0.47
Sierra Leone, mobile      | africa  | 2  | 23223        | 11 | 3.0 | 0.36
Germany, Berlin           | europe  | 22 | 4930         | 12 | 4.6 | 0.66
Germany, Frankfurt        | europe  | 20 | 4969         | 12 | 4.2 | 0.67
Germany, Hamburg          | europe  | 9  | 4940         | 12 | 4.5 | 0.66
Germany, mobile           | europe  | 30 | 49171 49172 49176 49155 | 12 | 2.8 | 0.58
United Kingdom, mobile    | europe  | 44 | 447773 447903 447721 447701 447723 | 12 | 3.0 | 0.58
France, mobile            | europe  | 18 | 3361 3367 33698 | 11 | 2.9 | 0.57
Italy, mobile             | europe  | 16 | 3933 3934 3932 | 12 | 3.1 | 0.56
Spain, mobile             | europe  | 14 | 34699 346    | 11 | 3.0 | 0.57
Netherlands, mobile       | europe  | 8  | 316          | 11 | 2.7 | 0.59
Switzerland, mobile       | europe  | 8  | 4178 4176    | 11 | 2.8 | 0.60
Poland, Warsaw            | europe  | 6  | 4822         | 11 | 5.1 | 0.63
Poland, mobile            | europe  | 8  | 4850         | 11 | 3.3 | 0.58
Romania, mobile           | europe  | 8  | 4074 4072    | 11 | 3.6 | 0.57
Greece, mobile            | europe  | 5  | 3069         | 12 | 3.4 | 0.58
Sweden, Stockholm         | europe  | 4  | 468          | 11 | 4.0 | 0.65
Ukraine, mobile           | europe  | 18 | 38067 38050 38063 | 12 | 4.1 | 0.53
Russia, Moscow            | europe  | 9  | 7495         | 11 | 4.8 | 0.60
Russia, mobile            | europe  | 12 | 79           | 11 | 3.5 | 0.55
Albania, mobile           | europe  | 3  | 35568 35569  | 12 | 3.9 | 0.48
Inmarsat                  | satellite | 0.4 | 870        | 12 | 2.2 | 0.35
`;

/** One entry per prefix, the weight of a line shared among its prefixes. */
export const trafficMix: readonly MixEntry[] = TABLE.trim().split('\n').flatMap(readLine);

function readLine(line: string): MixEntry[] {
  const [name = '', region = '', weight = '', prefixes = '', digits = '', minutes = '', answered = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  const list = prefixes.split(' ');
  return list.map((prefix) => ({
    name,
    // The table above is the only source of this text; the test reads every region.
    region: region as Region,
    weight: Number(weight) / list.length,
    prefix,
    digits: Number(digits),
    minutes: Number(minutes),
    answered: Number(answered),
  }));
}

/** Codes that no rate sheet of the demonstration has: such calls are held until somebody offers a rate. */
export const unknownCodes = [
  { prefix: '919812', digits: 12 }, // India: the published list says Blocked
  { prefix: '861380', digits: 13 }, // China: likewise
  { prefix: '852912', digits: 11 }, // Hong Kong: likewise
  { prefix: '210555', digits: 12 }, // a country code that nobody has
] as const;
