/** 1 << BLOCK_BITS record numbers are a block. */
export const BLOCK_BITS = 10;

/** What blocks are known of. */
export const BLOCK_KINDS = { trunk: 1, agreement: 2, destination: 3, file: 4, both: 5, service: 6, times: 7 } as const;
