import type { RefusalMeaning } from '../refusals.ts';

export const documentRefusals = {
} as const satisfies Record<string, RefusalMeaning>;
