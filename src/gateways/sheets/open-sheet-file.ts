import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { openCsv } from './csv-sheet.ts';
import { type SheetFile, type SheetLimits, stop, usualLimits } from './sheet-file.ts';
import { openXlsx } from './xlsx/workbook.ts';

const ZIP = Buffer.from([0x50, 0x4b]);
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const OLE_LOOKED_AT = 16 * 1024 ** 2;

export interface OpenOptions {
  /** Separator of delimited text; found from the file unless given. */
  readonly separator?: string;
  readonly limits?: SheetLimits;
}

/**
 * Opens a rate sheet by what it holds, not by its name. Throws RefusedError: a file that is missing, too large, an old .xls,
 * protected with a password, damaged, or no sheet at all.
 */
export async function openSheetFile(path: string, options: OpenOptions = {}): Promise<SheetFile> {
  const limits = options.limits ?? usualLimits;
  const name = basename(path);
  const beginning = await readBeginning(path, name, limits);
  if (beginning.length === 0) stop('rate-sheet.empty', 'the file is empty', { file: name });
  if (beginning.subarray(0, OLE.length).equals(OLE)) return refuseOle(beginning, name);
  if (beginning.subarray(0, ZIP.length).equals(ZIP)) return openXlsx(path, limits);
  if (beginning.subarray(0, 5).toString('latin1') === '%PDF-') stop('rate-sheet.not-a-sheet', 'the file is a PDF', { file: name });
  if (/^\s*(<!doctype html|<html)/i.test(beginning.subarray(0, 200).toString('latin1'))) {
    stop('rate-sheet.not-a-sheet', 'the file is a web page', { file: name });
  }
  return openCsv(path, options.separator);
}

async function readBeginning(path: string, name: string, limits: SheetLimits): Promise<Buffer> {
  try {
    // Before it is opened: a pipe that nobody writes to would wait for ever.
    if (!(await stat(path)).isFile()) return stop('rate-sheet.file-missing', 'this is no file', { file: name });
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > limits.fileBytes)
      return stop('rate-sheet.file-too-large', `the file has ${size} bytes; it may have ${limits.fileBytes}`, { file: name });
    const head = Buffer.alloc(Math.min(size, OLE.length));
    await file.read(head, 0, head.length, 0);
    const wanted = head.equals(OLE) ? Math.min(size, OLE_LOOKED_AT) : Math.min(size, 512);
    const bytes = Buffer.alloc(wanted);
    const { bytesRead } = await file.read(bytes, 0, wanted, 0);
    return bytes.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      const said = error.code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${error.code})`;
      return stop('rate-sheet.file-missing', said, { file: path });
    }
    throw error;
  }
}

/** Old workbooks and protected new ones come in the same container: the streams in it tell. */
function refuseOle(bytes: Buffer, name: string): never {
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return stop('rate-sheet.encrypted', 'the workbook is protected with a password', { file: name });
  }
  return stop('rate-sheet.old-excel', 'the file is a workbook of Excel 97 to 2003 (.xls)', { file: name });
}
