/** What must hold within plans, and between them and what they name. */
import { catalogFaults } from '#core/catalog/compile-catalog.ts';
import type { CatalogDefinition } from '#core/catalog/plan.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { PlaceOf } from './check-book.ts';

export function checkPlans(catalog: CatalogDefinition, book: Book, placeOf: PlaceOf): readonly Refusal[] {
  return catalogFaults(catalog, book).map(({ object, message, field, value }) => {
    const place = placeOf(object, field) ?? placeOf(object, 'id');
    return refuse('configuration.plan-wrong', message, {
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
      field,
      ...(value === undefined ? {} : { value }),
    });
  });
}
