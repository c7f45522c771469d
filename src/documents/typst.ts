/**
 * Typst in this process: a template and JSON data in, a PDF out. Templates read no file but those in
 * their own folder and use only the fonts given here, so a document is the same on every machine.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export interface PdfRequest {
  /** Absolute path of the folder that the template may read. */
  readonly folder: string;
  /** File name of the template in it. */
  readonly template: string;
  /** Reaches the template as `sys.inputs.data`, as JSON text: never as markup or code. */
  readonly data: object;
  /** Creation time written into the PDF, whole seconds since 1970. Not the clock: the same request gives the same bytes. */
  readonly createdSeconds: number;
}

const FONT_PACKAGE = '@expo-google-fonts/source-sans-3';
const FONT_WEIGHTS = ['400Regular', '600SemiBold', '700Bold'];

const compilers = new Map<string, NodeCompiler>();

/** Throws when the template is at fault; whatever the data holds, it is laid out as text. */
export function renderPdf(request: PdfRequest): Buffer {
  const compiler = compilerFor(request.folder);
  const mainFileContent = readFileSync(`${request.folder}/${request.template}`, 'utf8');
  const compiled = compiler.compile({ mainFileContent, inputs: { data: JSON.stringify(request.data) } });
  const document = compiled.result;
  if (document === null || compiled.hasError()) {
    const reasons = compiled.takeError()?.shortDiagnostics.map((diagnostic: { readonly message?: string }) => diagnostic.message);
    throw new Error(`template ${request.template}: ${reasons?.join('; ') ?? 'unknown fault'}`);
  }
  const pdf = compiler.pdf(document, { creationTimestamp: request.createdSeconds, pdfTags: false });
  compiler.evictCache(2);
  return pdf;
}

/** Reading the fonts takes 30 ms, so a compiler is kept for each template folder. */
function compilerFor(folder: string): NodeCompiler {
  const known = compilers.get(folder);
  if (known !== undefined) return known;
  const resolve = createRequire(import.meta.url).resolve;
  const fontBlobs = FONT_WEIGHTS.map((weight) => readFileSync(resolve(`${FONT_PACKAGE}/${weight}/SourceSans3_${weight}.ttf`)));
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs }] });
  compilers.set(folder, compiler);
  return compiler;
}
