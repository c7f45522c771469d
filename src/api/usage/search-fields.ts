/** What both the search and suspense are narrowed by. */
import Type from 'typebox';

/** Records that wait for the same: reason, source and what is missing. */
export const HeldGroupName = Type.String({ pattern: '^[0-9a-f]{32}$', description: 'What waits for the same: a group of listHeldGroups.' });
