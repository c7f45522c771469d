import { setFlagsFromString } from 'node:v8';

let isSet = false;

/**
 * Tells V8 to begin with looking through the heap when four fifths of the room that it has given itself are used. By itself it begins as
 * soon as less is free than its space for new objects has, and after a collection of a heap of 60 MB that is at once: it did nothing else,
 * 13 times in a load of 1,000,000 records, and took a sixth of the processor time.
 */
export function collectLater(): void {
  if (isSet) return;
  setFlagsFromString('--incremental-marking-soft-trigger=80');
  setFlagsFromString('--incremental-marking-hard-trigger=90');
  isSet = true;
}
