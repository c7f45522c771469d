import type { Place, RefusalCode } from '../../refusals.ts';
import type { CodeProblem } from './codes.ts';
import { MAX_CODE_DIGITS, parseCodes } from './codes.ts';
import type { ColumnsView } from './columns-view.ts';
import type { SheetField } from './fields.ts';
import type { Findings } from './findings.ts';
import type { SheetRow } from './sheet.ts';
import type { SheetContext } from './sheet-rate.ts';

/** Whether the sheet has any column for codes. */
export function hasCodes(view: ColumnsView): boolean {
  return view.has('code') || view.has('areaCode') || view.has('codeFrom');
}

/** The text of a row's codes, '' when it has none. */
export function codeText(row: SheetRow, view: ColumnsView): string {
  return view.text(row, 'code') || view.text(row, 'areaCode') || view.text(row, 'codeFrom') || view.text(row, 'countryCode');
}

/** Reads the codes of rows in all the forms that columns give them. */
export class CodeReader {
  readonly #view: ColumnsView;
  readonly #context: SheetContext;
  readonly #codesInFull: boolean;
  readonly #findings: Findings;
  readonly #isCountryCode: (digits: string) => boolean;

  constructor(view: ColumnsView, context: SheetContext, codesInFull: boolean, findings: Findings) {
    this.#view = view;
    this.#context = context;
    this.#codesInFull = codesInFull;
    this.#findings = findings;
    this.#isCountryCode = (digits) => context.countryCodeOf(digits) === digits;
  }

  /** The prefixes of a row, `countryText` in its country code column. Undefined when they are at fault, which is then reported. */
  codes(row: SheetRow, countryText: string): readonly string[] | undefined {
    const { field, text } = this.#cell(row);
    const place = this.#view.placeOf(row, field, text);
    const country = this.#country(row, countryText);
    if (country === undefined) return undefined;
    const base = country === '' || (field === 'code' && this.#codesInFull) ? undefined : country;
    if (text === '') return base === undefined ? [] : this.#known([base], place);
    const read = parseCodes(text, { isCountryCode: this.#isCountryCode, ...(base === undefined ? {} : { base }) });
    if (read.problem !== undefined) {
      this.#findings.fault(refusalOf(read.problem), sayProblem(read.problem, read.part), place);
      return undefined;
    }
    return this.#known(read.codes, place);
  }

  #cell(row: SheetRow): { readonly field: SheetField; readonly text: string } {
    for (const field of ['code', 'areaCode'] as const) {
      const text = this.#view.text(row, field);
      if (text !== '') return { field, text };
    }
    const from = this.#view.text(row, 'codeFrom');
    const to = this.#view.text(row, 'codeTo');
    if (from !== '') return { field: 'codeFrom', text: to === '' || to === from ? from : `${from}-${to}` };
    return { field: this.#view.has('code') ? 'code' : this.#view.has('areaCode') ? 'areaCode' : 'codeFrom', text: '' };
  }

  /** Digits of the country code column, '' when it is empty. */
  #country(row: SheetRow, text: string): string | undefined {
    if (text === '') return '';
    const digits = text.replace(/^(\+|00)/, '').replace(/[\s-]/g, '');
    if (!/^\d{1,7}$/.test(digits)) {
      this.#findings.fault('rate-sheet.code-impossible', 'a country code is digits', this.#view.placeOf(row, 'countryCode', text));
      return undefined;
    }
    return digits;
  }

  /** Codes of countries that are not assigned price nothing, so they are only a warning; the beginning of several would price them all. */
  #known(codes: readonly string[], place: Place): readonly string[] | undefined {
    let unassigned: string | undefined;
    for (const code of codes) {
      if (this.#context.countryCodeOf(code) !== undefined) continue;
      if (code.length < 3 && this.#beginsSeveral(code)) {
        this.#findings.fault('rate-sheet.code-impossible', `${code}: no country code, but the beginning of several`, place);
        return undefined;
      }
      unassigned ??= code;
    }
    if (unassigned !== undefined)
      this.#findings.warn('rate-sheet.code-unknown', `${unassigned}: begins with no country calling code`, place);
    return codes;
  }

  #beginsSeveral(code: string): boolean {
    for (let digit = 0; digit <= 9; digit += 1) {
      const longer = `${code}${digit}`;
      if (this.#context.countryCodeOf(longer) !== undefined || (longer.length < 3 && this.#beginsSeveral(longer))) return true;
    }
    return false;
  }
}

function refusalOf(problem: CodeProblem): RefusalCode {
  if (problem === 'range') return 'rate-sheet.code-range';
  return problem === 'ambiguous' ? 'rate-sheet.code-ambiguous' : 'rate-sheet.code-impossible';
}

function sayProblem(problem: CodeProblem, part: string): string {
  const named = part.length > 40 ? `${part.slice(0, 39)}…` : part;
  switch (problem) {
    case 'not-digits':
      return `${named}: a code is digits`;
    case 'scientific':
      return `${named}: a spreadsheet program has turned the code into scientific notation, and digits are lost`;
    case 'too-long':
      return `${named}: a code has at most ${MAX_CODE_DIGITS} digits`;
    case 'range':
      return `${named}: not a range: both ends in full and of one length, the lower first`;
    case 'ambiguous':
      return `${named}: it is not clear which code is meant; write it without spaces or hyphens`;
    case 'too-many':
      return `${named}: more codes than one row can have`;
  }
}
