/** Days and instants, as the books write them. */
import { useLanguage } from '../shell/language.ts';

/** In UTC, to the second; pointed at, in the time of who sits here. */
export function Instant({ at }: { readonly at: string }) {
  const language = useLanguage();
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <bdi>{at}</bdi>;
  const here = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: 'medium', timeStyle: 'long' }).format(date);
  return (
    <time dateTime={at} title={here}>
      <bdi dir="ltr">{writtenInstant(at)}</bdi>
    </time>
  );
}

export function writtenInstant(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A day belongs to the zone of its books and is moved to no other. */
export function Day({ day }: { readonly day: string }) {
  return (
    <time dateTime={day}>
      <bdi dir="ltr">{day}</bdi>
    </time>
  );
}
