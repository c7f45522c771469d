import type { RefusalMeaning } from '../refusals.ts';

export const operatingRefusals = {
} as const satisfies Record<string, RefusalMeaning>;
