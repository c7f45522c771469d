/** What must hold of notices, and between them and what they name. */
import { type NoticeDefinition, noticeFaults } from '#core/catalog/notice.ts';
import type { CatalogDefinition } from '#core/catalog/plan.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { PlaceOf } from './check-book.ts';
import { suggestion } from './suggestion.ts';

export function checkNotices(
  notices: readonly NoticeDefinition[],
  { plans, allowances, addOns }: CatalogDefinition,
  placeOf: PlaceOf,
): readonly Refusal[] {
  const controls = plans.flatMap((plan) => plan.controls.map(({ id }) => id));
  const names = ['main', ...[...allowances, ...addOns, ...plans].map(({ id }) => id), ...controls];
  return notices.flatMap((notice) => {
    const strangers = (notice.of ?? []).filter((each) =>
      notice.on === 'roaming-entered' ? !/^\d{1,6}$/.test(each) : !names.includes(each),
    );
    const faults = [
      ...noticeFaults(notice),
      ...strangers.map((value) => {
        const message =
          notice.on === 'roaming-entered'
            ? 'the beginning of an MCC and MNC has digits'
            : `it names ${value}, which is neither an allowance, a control, an add-on, a plan nor main${suggestion(value, names)}`;
        return { field: 'of', message, value };
      }),
    ];
    return faults.map(({ field, message, value }) => {
      const place = placeOf(notice, field) ?? placeOf(notice, 'id');
      const at = place === undefined ? {} : { file: place.file, line: place.line };
      return refuse('configuration.notice-wrong', `notice ${notice.id}: ${message}`, { ...at, field, value });
    });
  });
}
