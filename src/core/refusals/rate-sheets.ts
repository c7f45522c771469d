import type { RefusalMeaning } from '../refusals.ts';

export const rateSheetRefusals = {
} as const satisfies Record<string, RefusalMeaning>;
