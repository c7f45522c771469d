import type { RefusalMeaning } from '../refusals.ts';

export const usageRefusals = {
} as const satisfies Record<string, RefusalMeaning>;
