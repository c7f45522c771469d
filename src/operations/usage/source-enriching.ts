/** What a source says of its numbers and of enriching. */
import { type NatureCoding, natureCodings } from '#core/numbering/natures.ts';
import type { NumberWriting, TechnicalPrefix } from '#core/numbering/normalise.ts';
import type { SourceReading } from './source-reading.ts';

type Data = Readonly<Record<string, unknown>>;

/** `natures` and `enrichment`. */
export function readEnriching(reading: SourceReading, map: Data): { readonly natures?: NatureCoding; readonly enrichment?: string } {
  const natures = map.natures === undefined || map.natures === null ? undefined : reading.word(map, 'natures', natureCodings, undefined);
  const enrichment = reading.text(map, 'enrichment', '') ?? '';
  return { ...(natures === undefined ? {} : { natures }), ...(enrichment === '' ? {} : { enrichment }) };
}

const NUMBERING_KEYS = [
  'countryCode',
  'nationalPrefix',
  'internationalPrefix',
  'stripPrefixes',
  'technicalPrefixes',
  'areaCode',
  'subscriberDigits',
  'alphanumericSenders',
];

/** `numbering`: how bare digits are read. */
export function readNumbering(reading: SourceReading, value: unknown): NumberWriting {
  if (value === undefined || value === null) return {};
  const map = reading.map(value, 'numbering', NUMBERING_KEYS);
  if (map === undefined) return {};
  const digits = (name: string): string | undefined => {
    const text = map[name] === undefined ? undefined : String(map[name]);
    if (text !== undefined && !/^\d{0,5}$/.test(text)) reading.fault(`numbering.${name}`, 'is not digits', text);
    return text;
  };
  const countryCode = digits('countryCode');
  const nationalPrefix = digits('nationalPrefix');
  const internationalPrefix = digits('internationalPrefix');
  const areaCode = digits('areaCode');
  const stripPrefixes = reading.list(map, 'stripPrefixes');
  const technicalPrefixes = readTechnicalPrefixes(reading, map.technicalPrefixes);
  const subscriberDigits = map.subscriberDigits === undefined ? undefined : reading.whole(map, 'subscriberDigits', 3, 15, 7);
  return {
    ...(countryCode === undefined ? {} : { countryCode }),
    ...(nationalPrefix === undefined ? {} : { nationalPrefix }),
    ...(internationalPrefix === undefined ? {} : { internationalPrefix }),
    ...(stripPrefixes === undefined ? {} : { stripPrefixes }),
    ...(technicalPrefixes === undefined ? {} : { technicalPrefixes }),
    ...(areaCode === undefined ? {} : { areaCode }),
    ...(subscriberDigits === undefined ? {} : { subscriberDigits }),
    ...(reading.flag(map, 'alphanumericSenders', false) ? { alphanumericSenders: true } : {}),
  };
}

/** `[{prefix: "1234#", tag: premium-route}]`. */
function readTechnicalPrefixes(reading: SourceReading, value: unknown): readonly TechnicalPrefix[] | undefined {
  if (value === undefined || value === null) return undefined;
  const field = 'numbering.technicalPrefixes';
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    const map = reading.map(item, field, ['prefix', 'tag']);
    if (map === undefined) return [];
    const [prefix, tag] = [String(map.prefix ?? ''), String(map.tag ?? '')];
    if (!/^[0-9*#+A-Da-d]{1,16}$/.test(prefix)) reading.fault(field, 'has a prefix that is not 1 to 16 of 0-9 * # + A-D', prefix);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(tag))
      reading.fault(field, 'has a tag that is not letters, digits, "-", "_" and "."', tag);
    return [{ prefix, tag }];
  });
}
