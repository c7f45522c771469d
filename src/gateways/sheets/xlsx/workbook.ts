/** Opens a workbook: its sheets, shared strings and date formats (ECMA-376, SpreadsheetML). Macros, charts and links are not looked at. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type SheetFile, type SheetLimits, type SheetName, stop } from '../sheet-file.ts';
import { isDateFormat } from './cell-values.ts';
import { WorkbookPackage } from './package.ts';
import { worksheetRows } from './worksheet.ts';
import { attribute, isTrue, readSmallXml } from './xml.ts';

interface WorkbookSheet extends SheetName {
  readonly part: string;
}

/** What cells refer to. */
export interface CellTables {
  readonly strings: readonly string[];
  /** By style index: whether it shows numbers as dates. */
  readonly dateStyles: readonly boolean[];
  readonly from1904: boolean;
}

export async function openXlsx(path: string, limits: SheetLimits): Promise<SheetFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const workbook = await WorkbookPackage.open(path, limits);
  try {
    const { sheets, from1904, folder } = await readWorkbook(workbook);
    let tables: CellTables | undefined;
    const load = async (): Promise<CellTables> => {
      tables ??= {
        strings: await readSharedStrings(workbook, posix.join(folder, 'sharedStrings.xml'), limits),
        dateStyles: await readDateStyles(workbook, posix.join(folder, 'styles.xml')),
        from1904,
      };
      return tables;
    };
    return {
      name: workbook.name,
      sha256: hash.digest(),
      format: 'XLSX',
      sheets,
      rows: async function* (wanted) {
        const sheet = sheets.find(({ name }) => name === wanted.name);
        if (sheet === undefined)
          return stop('rate-sheet.sheet-missing', `no sheet is called ${JSON.stringify(wanted.name)}`, { file: workbook.name });
        yield* worksheetRows(workbook, sheet.part, await load(), limits);
      },
      close: async () => workbook.close(),
    };
  } catch (error) {
    workbook.close();
    throw error;
  }
}

async function readWorkbook(workbook: WorkbookPackage): Promise<{ sheets: readonly WorkbookSheet[]; from1904: boolean; folder: string }> {
  const main = await mainPart(workbook);
  const folder = posix.dirname(main);
  const targets = await readRelations(workbook, posix.join(folder, '_rels', `${posix.basename(main)}.rels`), folder);
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  await readSmallXml(workbook, main, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      const target = targets.get(attribute(attributes, 'id') ?? '');
      const title = attribute(attributes, 'name') ?? '';
      // Chart sheets have no rows and no worksheet part.
      if (target?.type.endsWith('/worksheet') !== true) return;
      sheets.push({ name: title, hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', part: target.part });
    },
  });
  if (sheets.length === 0) stop('rate-sheet.damaged', 'the workbook names no sheet', { file: workbook.name });
  return { sheets, from1904, folder };
}

async function mainPart(workbook: WorkbookPackage): Promise<string> {
  if (!workbook.has('[Content_Types].xml')) {
    const document = workbook.has('mimetype') || workbook.has('content.xml') ? 'an OpenDocument file' : 'a ZIP archive that is no workbook';
    stop('rate-sheet.not-a-sheet', `the file is ${document}; save it as XLSX or CSV`, { file: workbook.name });
  }
  const relations = await readRelations(workbook, '_rels/.rels', '');
  const main = [...relations.values()].find(({ type }) => type.endsWith('/officeDocument'))?.part;
  if (main === undefined) return stop('rate-sheet.damaged', 'the workbook does not name its main part', { file: workbook.name });
  if (main.endsWith('.bin'))
    return stop('rate-sheet.not-a-sheet', 'the file is a binary workbook (.xlsb); save it as XLSX', { file: workbook.name });
  if (!/workbook/i.test(main))
    return stop('rate-sheet.not-a-sheet', `the file is no workbook (its main part is ${main})`, { file: workbook.name });
  return main;
}

async function readRelations(
  workbook: WorkbookPackage,
  part: string,
  folder: string,
): Promise<ReadonlyMap<string, { readonly type: string; readonly part: string }>> {
  const relations = new Map<string, { type: string; part: string }>();
  await readSmallXml(workbook, part, {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return;
      const target = attributes.Target ?? '';
      relations.set(attributes.Id ?? '', {
        type: attributes.Type ?? '',
        part: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
  });
  return relations;
}

/** Texts that many cells share: the plain text of each, without formats and without readings of East Asian characters. */
async function readSharedStrings(workbook: WorkbookPackage, part: string, limits: SheetLimits): Promise<readonly string[]> {
  const strings: string[] = [];
  if (!workbook.has(part)) return strings;
  let text = '';
  let inText = false;
  let inReading = 0;
  await readSmallXml(workbook, part, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') inReading += 1;
    },
    close(name) {
      if (name === 'si') strings.push(text);
      else if (name === 't') inText = false;
      else if (name === 'rPh') inReading -= 1;
      if (strings.length > limits.sharedStrings)
        stop('rate-sheet.file-too-large', `the workbook has more than ${limits.sharedStrings} texts`, { file: workbook.name });
    },
    text(piece) {
      if (inText && inReading === 0) text += piece;
    },
  });
  return strings;
}

async function readDateStyles(workbook: WorkbookPackage, part: string): Promise<readonly boolean[]> {
  const dateStyles: boolean[] = [];
  if (!workbook.has(part)) return dateStyles;
  const formats = new Map<number, string>();
  let inCellFormats = false;
  await readSmallXml(workbook, part, {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        dateStyles.push(isDateFormat(id, formats.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return dateStyles;
}
