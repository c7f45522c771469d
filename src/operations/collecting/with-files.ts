import type { FetchedFile, Place, PlaceFile } from './ports.ts';

/**
 * Runs the work with all of these files at local paths, fetched one after the other. Throws what the first of them that cannot be fetched
 * throws, and what the work throws.
 */
export async function withFiles<T>(
  place: Place,
  files: readonly PlaceFile[],
  work: (fetched: readonly FetchedFile[]) => Promise<T>,
): Promise<T> {
  const fetched: FetchedFile[] = [];
  const fetch = (index: number): Promise<T> => {
    const file = files[index];
    if (file === undefined) return work(fetched);
    return place.withFile(file, (path, unchanged) => {
      fetched.push({ path, name: file.name, unchanged });
      return fetch(index + 1);
    });
  };
  return fetch(0);
}
