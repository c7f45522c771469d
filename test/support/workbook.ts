/** Writes small workbooks for tests: a ZIP archive of SpreadsheetML, with whatever is wrong with it on purpose. */
import { crc32, deflateRawSync } from 'node:zlib';

export type TestCell =
  | string
  | number
  | undefined
  | { readonly serial: number }
  | { readonly formula: string; readonly value?: string }
  | { readonly error: string }
  | { readonly inline: string }
  | { readonly stored: string };

export interface TestSheet {
  readonly name: string;
  readonly rows: readonly (readonly TestCell[])[];
  /** `A2:A5` */
  readonly merges?: readonly string[];
  /** Row numbers, from 1. */
  readonly hiddenRows?: readonly number[];
  readonly hidden?: boolean;
}

export interface TestWorkbook {
  readonly sheets: readonly TestSheet[];
  readonly from1904?: boolean;
  /** More parts of the archive, by path. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** Style 1 of the cells shows dates. Texts are shared; `{inline}` stands in its cell. */
export function writeWorkbook({ sheets, from1904, parts }: TestWorkbook): Buffer {
  const strings = new Map<string, number>();
  const xml = sheets.map((sheet) => sheetXml(sheet, strings));
  const files: Record<string, string | Buffer> = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${from1904 === true ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, hidden }, index) =>
          `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationsXml(
      sheets.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`]),
    ),
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
  };
  xml.forEach((text, index) => {
    files[`xl/worksheets/sheet${index + 1}.xml`] = text;
  });
  files['xl/sharedStrings.xml'] =
    `<sst xmlns="${MAIN}">${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`;
  return writeZip({ ...files, ...parts });
}

function relationsXml(relations: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = relations.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`);
  return `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function sheetXml({ rows, merges, hiddenRows }: TestSheet, strings: Map<string, number>): string {
  const body = rows.map((cells, index) => {
    const inner = cells.map((cell, column) => cellXml(cell, `${letters(column)}${index + 1}`, strings)).join('');
    return `<row r="${index + 1}"${hiddenRows?.includes(index + 1) === true ? ' hidden="1"' : ''}>${inner}</row>`;
  });
  const merged =
    merges === undefined
      ? ''
      : `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetData>${body.join('')}</sheetData>${merged}</worksheet>`;
}

function cellXml(cell: TestCell, at: string, strings: Map<string, number>): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') {
    const index = strings.get(cell) ?? strings.size;
    strings.set(cell, index);
    return `<c r="${at}" t="s"><v>${index}</v></c>`;
  }
  if ('serial' in cell) return `<c r="${at}" s="1"><v>${cell.serial}</v></c>`;
  if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
  if ('inline' in cell) return `<c r="${at}" t="inlineStr"><is><t>${escapeXml(cell.inline)}</t></is></c>`;
  if ('stored' in cell) return `<c r="${at}"><v>${cell.stored}</v></c>`;
  return `<c r="${at}"><f>${escapeXml(cell.formula)}</f>${cell.value === undefined ? '' : `<v>${cell.value}</v>`}</c>`;
}

function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : `${String.fromCharCode(64 + Math.floor(column / 26))}${String.fromCharCode(65 + (column % 26))}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A ZIP archive, every part deflated. `flags` of 1 marks them as encrypted. */
export function writeZip(files: Readonly<Record<string, string | Buffer>>, flags = 0): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, entry, Buffer.from(name)]));
    local.push(header);
    offset += header.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, central, end]);
}
