/** The rules of tax that come with the program: data/tax, read when first asked for. */
import { readFileSync } from 'node:fs';
import { RefusedError } from '#core/refusals.ts';
import type { SelfAssessment, TaxArea, TaxRateDeclaration, TaxRuleDeclaration, TaxTerritory } from '#core/tax/rules.ts';
import type { TaxTexts } from '#core/tax/wordings.ts';
import { selfAssessment, taxArea, taxRate, taxRule, taxTerritory } from '../configuration/kinds/tax.ts';
import { readYaml } from '../configuration/read-yaml.ts';
import { Reading } from '../configuration/reading.ts';
import { identifier, text } from '../configuration/scalar-shapes.ts';
import { mapOf, record, required, type Shape } from '../configuration/shapes.ts';
import { NOTHING_ELSE } from '../usage/formats/shipped-formats.ts';

export interface ShippedTax extends TaxTexts {
  readonly areas: readonly TaxArea[];
  readonly territories: readonly TaxTerritory[];
  readonly selfAssessment: readonly SelfAssessment[];
  readonly taxRules: readonly TaxRuleDeclaration[];
  readonly taxRates: readonly TaxRateDeclaration[];
}

const wording = record('wording', {
  id: required(identifier, 'Key.', 'reverse-charge'),
  texts: required(mapOf({ says: 'language', pattern: /^[a-z]{2}$/ }, text), 'By language.', '{en: Reverse charge}'),
});

const reference = record('reference', {
  reference: required(text, 'As a rule says it.', 'Reverse charge, Articles 44 and 196 Directive 2006/112/EC'),
  texts: required(mapOf({ says: 'language', pattern: /^[a-z]{2}$/ }, text), 'By language.', '{de: Artikel 44 und 196 …}'),
});

const folder = new URL('../../../data/tax/', import.meta.url);
let shipped: ShippedTax | undefined;

export function shippedTax(): ShippedTax {
  shipped ??= readShipped();
  return shipped;
}

function readShipped(): ShippedTax {
  const areas = treesOf('areas.yaml');
  const texts = treesOf('wordings.yaml');
  return {
    areas: read(areas, 'areas', taxArea),
    territories: read(areas, 'territories', taxTerritory),
    selfAssessment: read(areas, 'selfAssessment', selfAssessment),
    taxRules: read(treesOf('rules.yaml'), 'taxRules', taxRule),
    taxRates: read(treesOf('rates.yaml'), 'taxRates', taxRate),
    wordings: read(texts, 'wordings', wording),
    references: read(texts, 'references', reference),
  };
}

interface ShippedFile {
  readonly trees: ReturnType<typeof readYaml>;
  readonly reading: Reading;
}

function treesOf(file: string): ShippedFile {
  const reading = new Reading(NOTHING_ELSE);
  return { trees: readYaml(`data/tax/${file}`, readFileSync(new URL(file, folder), 'utf8'), reading), reading };
}

/** The list under a key of a file. Throws RefusedError when the file is not what the program was made with. */
function read<T>({ trees, reading }: ShippedFile, key: string, shape: Shape<T>): readonly T[] {
  const lists = trees.flatMap((tree) => (tree.kind === 'map' ? [tree.entries.get(key)] : []));
  const found = lists.flatMap((list) => (list?.kind === 'list' ? list.items.map((item) => shape.read(item, key, reading)) : []));
  if (reading.faults.length > 0) throw new RefusedError(...reading.faults);
  return found.filter((one) => one !== undefined);
}
