/** Texts of any characters for property tests. */
import fc from 'fast-check';

interface Length {
  readonly minLength?: number;
  readonly maxLength: number;
}

/**
 * Of all code points, halves of pairs too, or of plain characters and the names that objects have by themselves. fast-check's own unit `binary` first
 * makes a table of all 1.1 million code points, in every process that names it: 3 s of processor.
 */
export function anyText({ minLength = 0, maxLength }: Length): fc.Arbitrary<string> {
  const points = fc.array(fc.integer({ min: 0, max: 0x10_ffff }), { minLength, maxLength });
  return fc.oneof(
    points.map((each) => String.fromCodePoint(...each)),
    fc.string({ minLength, maxLength }),
  );
}
