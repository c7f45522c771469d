/** Subjects under which operations are listed. */
export const tags = {
  Charging: 'Use as it happens: for switches and network elements.',
  'Charging accounts': 'Accounts of online charging: balances, history, money in.',
} as const;

export type Tag = keyof typeof tags;
