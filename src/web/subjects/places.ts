/** Every page that has a name: those inside a subject, and those of the navigation. */
import type { Place, Subject } from '../shell/subject.ts';
import { subjects } from './all.ts';

/** Asked for when it is needed: subjects are put together after the parts that ask. */
export const placesOfAll = (): readonly Place[] =>
  subjects.flatMap(({ title, entry, places = [] }: Subject) => [...places, ...(entry === undefined ? [] : [{ ...entry, title }])]);
