/** What must hold within plans, and between them and what they name. */
import { catalogFaults } from '#core/catalog/compile-catalog.ts';
import type { CatalogDefinition } from '#core/catalog/plan.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { KnownIds, PlaceOf } from './check-book.ts';

/** What was written but refused itself is not missing. */
export function checkPlans(catalog: CatalogDefinition, book: Book, known: KnownIds, placeOf: PlaceOf): readonly Refusal[] {
  const faults = catalogFaults(catalog, book).filter(
    ({ names, value }) => names === undefined || value === undefined || !known(names).has(value),
  );
  return faults.map(({ object, message, field, value }) => {
    const place = placeOf(object, field) ?? placeOf(object, 'id');
    return refuse('configuration.plan-wrong', message, {
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
      field,
      ...(value === undefined ? {} : { value }),
    });
  });
}
