import { directoryPlace } from '#gateways/directory/directory-place.ts';
import type { Place } from '#operations/collecting/ports.ts';
import type { UsageHome } from '../usage/home.ts';
import type { CollectedSource } from './collect.ts';

/** The place that a source's files come from. */
export async function openPlace({ collecting }: CollectedSource, _home: UsageHome): Promise<Place> {
  const { place } = collecting;
  switch (place.kind) {
    case 'directory':
      return directoryPlace(place.path);
    default:
      throw new Error(`no gateway for ${place.kind}`);
  }
}
