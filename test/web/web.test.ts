import { walkJourneys } from './walk-journeys.ts';

await walkJourneys('first');
