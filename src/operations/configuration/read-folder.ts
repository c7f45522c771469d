import type { Agreement } from '#core/agreements/agreements.ts';
import type { Trunk } from '#core/parties/parties.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { Tariff } from '#core/tariffs/tariff.ts';
import { formatsAmong } from '../usage/formats/own-formats.ts';
import { buildBinSet, buildEnrichment } from './build-enriching.ts';
import { buildCodeDeck, buildOriginSet } from './build-numbers.ts';
import { buildTariff } from './build-tariff.ts';
import { buildCalendar, buildTimeBands } from './build-times.ts';
import { checkBook, type PlaceOf } from './check-book.ts';
import { checkEnriching } from './check-enriching.ts';
import { checkNotices } from './check-notices.ts';
import { checkPlans } from './check-plans.ts';
import { checkWatching } from './check-watching.ts';
import { agreement } from './kinds/agreements.ts';
import { format, rateTemplate, source } from './kinds/declared.ts';
import { binSet, enrichmentProfile, numberTable } from './kinds/enriching.ts';
import { notice } from './kinds/notices.ts';
import { codeDeck, originSet } from './kinds/numbers.ts';
import { account, legalEntity, party, trunk } from './kinds/parties.ts';
import { addOn, allowance, plan } from './kinds/plans.ts';
import { tariff } from './kinds/tariffs.ts';
import { taxRate, taxRule, withholdingRule } from './kinds/tax.ts';
import { calendar, timeBandSet } from './kinds/times.ts';
import { correlation, screeningRule } from './kinds/watching.ts';
import { readYaml } from './read-yaml.ts';
import { Reading } from './reading.ts';
import type { ReferenceData } from './reference-data.ts';
import { type CalendarOrigin, type CodeDeckOrigin, type Kind, kinds, type Setup, type TariffOrigin } from './setup.ts';
import type { Shape } from './shapes.ts';
import { isEmpty, type SourceTree } from './source-tree.ts';
import { suggestion } from './suggestion.ts';
import { contentOf, decodeText, type FolderFiles } from './tables.ts';

/** YAML beyond this is not read: the parser needs some fifty times the size of a file. */
export const LARGEST_YAML_BYTES = 16_000_000;
export const LARGEST_TABLE_BYTES = 256_000_000;

/**
 * Reads a folder of configuration files into one setup. `files` holds paths relative to the folder,
 * with `/`: every .yaml and .yml is read, a .csv when a key names it. Either everything is right, or
 * all faults found are returned, with file, line and field, in the order of the files.
 */
export function readFolder(files: FolderFiles, reference: ReferenceData): Result<Setup> {
  const read = readFolderWithPlaces(files, reference);
  return read.ok ? { ok: true, value: read.value.setup } : read;
}

/** The same, with where each object was written: for those who check further. */
export function readFolderWithPlaces(
  files: FolderFiles,
  reference: ReferenceData,
): Result<{ readonly setup: Setup; readonly placeOf: PlaceOf }> {
  const reading = new Reading(reference);
  const setup = new FolderReader(files, reading).setup();
  const faults = reading.faults;
  if (faults.length > 0) return { ok: false, refusals: inOrder(faults) };
  return { ok: true, value: { setup, placeOf: (object, field) => reading.placeOf(object, field) } };
}

function inOrder(faults: readonly Refusal[]): readonly Refusal[] {
  const key = ({ at }: Refusal): string => `${at?.file ?? ''}\u0000${String(at?.line ?? 0).padStart(9, '0')}`;
  return [...faults].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

class FolderReader {
  readonly #files: FolderFiles;
  readonly #reading: Reading;
  readonly #items = new Map<Kind, SourceTree[]>(kinds.map((kind) => [kind, []]));
  readonly #ids = new Map<Kind, Map<string, SourceTree>>(kinds.map((kind) => [kind, new Map()]));

  constructor(files: FolderFiles, reading: Reading) {
    this.#files = files;
    this.#reading = reading;
  }

  setup(): Setup {
    this.#readFiles();
    const unread = this.#reading.faults.length > 0;
    const all = this.#all.bind(this);
    const calendars = all('calendars', calendar).flatMap((said) => buildCalendar(said, this.#reading) ?? []);
    const timeBands = all('timeBands', timeBandSet).flatMap((said) => {
      const built = buildTimeBands(said, this.#reading);
      return built === undefined ? [] : [this.#reading.inherit(built, said)];
    });
    const decks = all('codeDecks', codeDeck).flatMap((said) => buildCodeDeck(said, this.#files, this.#reading) ?? []);
    const saidTariffs = all('tariffs', tariff);
    const tariffs: Tariff[] = [];
    let rateCount = 0;
    for (const said of saidTariffs) {
      const deck = decks.find(({ deck: { id } }) => id === said.codeDeck)?.deck;
      const built = buildTariff(said, deck, rateCount + 1, this.#files, this.#reading);
      rateCount += built.rates.length;
      tariffs.push(this.#reading.inherit(built, said));
    }
    const book = {
      legalEntities: all('legalEntities', legalEntity),
      parties: all('parties', party),
      accounts: all('accounts', account),
      trunks: all('trunks', trunk).map((said): Trunk => this.#reading.inherit({ ...said, names: said.names ?? [said.id] }, said)),
      agreements: all('agreements', agreement).map((said): Agreement => this.#reading.inherit({ ...said, versionId: 0 }, said)),
      calendars: calendars.map((built) => built.calendar),
      timeBands,
      originSets: all('originSets', originSet).map((said) => buildOriginSet(said, this.#files, this.#reading)),
      codeDecks: decks.map(({ deck }) => deck),
      tariffs,
    };
    const formats = all('formats', format);
    const sources = all('sources', source(formatsAmong(formats)));
    const rateTemplates = all('rateTemplates', rateTemplate);
    const enriching = {
      numberTables: all('numberTables', numberTable),
      bins: all('bins', binSet).map((said) => this.#reading.inherit(buildBinSet(said, this.#files, this.#reading), said)),
      enrichments: all('enrichments', enrichmentProfile).map((said) =>
        this.#reading.inherit(buildEnrichment(said, this.#files, this.#reading), said),
      ),
    };
    const watching = { correlations: all('correlations', correlation), screening: all('screening', screeningRule) };
    const tax = {
      taxRules: all('taxRules', taxRule),
      taxRates: all('taxRates', taxRate),
      withholdingRules: all('withholdingRules', withholdingRule),
    };
    const catalog = {
      allowances: all('allowances', allowance),
      addOns: all('addOns', addOn),
      plans: all('plans', plan).map((said) => this.#reading.inherit({ ...said, versionId: 0 }, said)),
    };
    const notices = all('notices', notice);
    const known = (kind: Kind): ReadonlySet<string> => this.#known(kind);
    const placeOf: PlaceOf = (object, field) => this.#reading.placeOf(object, field);
    const hangingTogether = [
      ...checkBook(book, known, placeOf),
      ...checkEnriching(book, { ...enriching, sources }, known, placeOf),
      ...checkWatching(watching, known, placeOf),
      ...(unread ? [] : [...checkPlans(catalog, book, known, placeOf), ...checkNotices(notices, catalog, placeOf)]),
    ];
    // What a file would have had that could not be read, nobody can name wrongly.
    this.#reading.add(unread ? hangingTogether.filter(({ code }) => code !== 'configuration.reference-unknown') : hangingTogether);
    return {
      book,
      formats,
      sources,
      rateTemplates,
      ...enriching,
      ...watching,
      ...tax,
      ...catalog,
      notices,
      origins: {
        calendars: new Map(
          calendars.flatMap(({ calendar: { id }, origin }): [string, CalendarOrigin][] => (origin === undefined ? [] : [[id, origin]])),
        ),
        codeDecks: new Map(
          decks.flatMap(({ deck: { id }, origin }): [string, CodeDeckOrigin][] => (origin === undefined ? [] : [[id, origin]])),
        ),
        tariffs: new Map(saidTariffs.map(({ id, zone }): [string, TariffOrigin] => [id, { zone }])),
      },
    };
  }

  #readFiles(): void {
    const names = [...this.#files.keys()].filter((name) => /\.ya?ml$/i.test(name)).sort();
    let objects = 0;
    for (const name of names) {
      const bytes = contentOf(this.#files, name, this.#reading);
      if (bytes === undefined) continue;
      if (bytes.length > LARGEST_YAML_BYTES) {
        this.#reading.fault(
          'configuration.file-too-large',
          `the file has ${bytes.length} bytes; a YAML file may have ${LARGEST_YAML_BYTES}`,
          { file: name, line: 1 },
        );
        continue;
      }
      const text = decodeText(name, bytes, this.#reading);
      if (text === undefined) continue;
      for (const tree of readYaml(name, text, this.#reading)) objects += this.#sort(tree);
    }
    if (objects === 0 && this.#reading.faults.length === 0) {
      const what = names.length === 0 ? 'the folder has no .yaml or .yml file' : 'the YAML files of the folder hold nothing';
      this.#reading.add([refuse('configuration.folder-empty', what)]);
    }
  }

  /** Takes the objects of one document by kind; returns how many there were. */
  #sort(tree: SourceTree): number {
    if (isEmpty(tree)) return 0;
    if (tree.kind !== 'map') {
      this.#reading.fault('configuration.type-wrong', `a file begins with keys such as "parties:", not with a ${tree.kind}`, tree);
      return 0;
    }
    let objects = 0;
    for (const [key, value] of tree.entries) {
      const line = tree.keyLines?.get(key) ?? value.line;
      const kind = kinds.find((name) => name === key);
      if (kind === undefined) {
        this.#reading.fault(
          'configuration.key-unknown',
          `there is no kind "${key}"${suggestion(key, kinds)}; the kinds are ${kinds.join(', ')}`,
          { file: tree.file, line },
          key,
        );
      } else if (value.kind === 'list') {
        this.#items.get(kind)?.push(...value.items);
        for (const item of value.items) this.#note(kind, item);
        objects += value.items.length;
      } else if (!isEmpty(value)) {
        this.#reading.fault('configuration.type-wrong', `${kind} must be a list ("- id: …")`, value, key);
      }
    }
    return objects;
  }

  /** Notes the id of an object, so that others may name it even if it is refused itself; ids are unique in a kind. */
  #note(kind: Kind, item: SourceTree): void {
    const id = item.kind === 'map' ? item.entries.get('id') : undefined;
    if (item.kind !== 'map' || id?.kind !== 'text') return;
    const version = isVersioned(kind) ? item.entries.get('validFrom') : undefined;
    const key = version?.kind === 'text' ? `${id.text}@${version.text}` : id.text;
    const ids = this.#ids.get(kind);
    const earlier = ids?.get(key);
    if (earlier !== undefined) {
      const what =
        version?.kind === 'text'
          ? `${kind === 'plans' ? 'plan' : 'agreement'} ${id.text} has two versions from ${version.text}`
          : `there are two ${kind} with the id ${id.text}`;
      this.#reading.fault('configuration.id-repeated', `${what}, the first at ${earlier.file}:${earlier.line}`, id, 'id', id.text);
      return;
    }
    ids?.set(key, id);
  }

  #known(kind: Kind): ReadonlySet<string> {
    const keys = [...(this.#ids.get(kind)?.keys() ?? [])];
    return new Set(isVersioned(kind) ? keys.map((key) => key.split('@')[0] ?? key) : keys);
  }

  #all<T>(kind: Kind, shape: Shape<T>): readonly T[] {
    const items = this.#items.get(kind) ?? [];
    return items.flatMap((item) => shape.read(item, nameOf(kind, item), this.#reading) ?? []);
  }
}

/** How messages call an object: `agreements northwind-2026`. */
function nameOf(kind: Kind, item: SourceTree): string {
  const id = item.kind === 'map' ? item.entries.get('id') : undefined;
  return id?.kind === 'text' ? `${kind} ${id.text}` : kind;
}

/** Of which there may be several versions of one id, told apart by when they begin. */
function isVersioned(kind: Kind): boolean {
  return kind === 'agreements' || kind === 'plans';
}
