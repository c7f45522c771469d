import type { RefusalMeaning } from '../refusals.ts';

export const configurationRefusals = {
} as const satisfies Record<string, RefusalMeaning>;
