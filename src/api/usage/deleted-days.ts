/** Days that a list cannot show any more. */
import Type, { type Static } from 'typebox';
import { LocalDate } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export const DeletedDays = Type.Object(
  {
    days: Type.Array(Type.Object({ from: LocalDate, to: LocalDate }, closed), { description: 'UTC, both ends included.' }),
    keptDays: Type.Integer({ description: 'How long records are kept now: the setting retention.usageDays; 0: for ever.' }),
  },
  { ...closed, description: 'On the last page: days that are asked for whose records were deleted when their time was over.' },
);

export interface DeletedShown {
  readonly days: readonly { readonly from: string; readonly to: string }[];
  /** 0: for ever. */
  readonly keptDays: number;
}

/** As a part of a page; empty where nothing was deleted. */
export function deletedShown(deleted: DeletedShown | undefined): { deleted?: Static<typeof DeletedDays> } {
  return deleted === undefined ? {} : { deleted: { ...deleted, days: deleted.days.map((each) => ({ ...each })) } };
}
