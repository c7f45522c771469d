/**
 * Typst in this process: a template and JSON data in, a PDF out. Templates read no file but those in
 * their own folder and use only the fonts given here, so a document is the same on every machine.
 * Templates that users wrote do not run here, but in a process of their own: see invoice/template-process.ts.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler, type NodeTypstCompileResult, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';

export interface TypstRequest {
  /** Absolute path of the folder that the template may read. */
  readonly folder: string;
  readonly source: string;
  /** What messages call it. */
  readonly name: string;
  /** Files that the template finds beside itself, by name, besides those of the folder. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** The template reads it as the file `data.json`, or as `sys.inputs.data`: never as markup or code. */
  readonly data: object;
  /** Creation time written into the PDF, whole seconds since 1970. Not the clock: the same request gives the same bytes. */
  readonly createdSeconds: number;
}

export interface PdfRequest {
  readonly folder: string;
  /** File name of the template in it. */
  readonly template: string;
  readonly data: object;
  readonly createdSeconds: number;
}

export interface RenderedPdf {
  readonly pdf: Buffer;
  readonly pages: number;
}

const FONTS: Readonly<Record<string, { readonly file: string; readonly weights: readonly string[] }>> = {
  '@expo-google-fonts/source-sans-3': { file: 'SourceSans3', weights: ['400Regular', '600SemiBold', '700Bold'] },
  '@expo-google-fonts/noto-sans-arabic': { file: 'NotoSansArabic', weights: ['400Regular', '600SemiBold', '700Bold'] },
};

const compilers = new Map<string, NodeCompiler>();

/** Throws when the template is at fault; whatever the data holds, it is laid out as text. */
export function renderPdf({ folder, template, ...rest }: PdfRequest): Buffer {
  return renderTypst({ folder, source: readFileSync(`${folder}/${template}`, 'utf8'), name: template, ...rest }).pdf;
}

/**
 * Throws TemplateFault when the template does not compile. `onFault` may look at the result, which prints where the faults are.
 * The compiler's memory of a document is released when the event loop next turns: whoever renders many lets it turn between them.
 */
export function renderTypst(request: TypstRequest, onFault?: (result: { printErrors(): void }) => void): RenderedPdf {
  return compiled(request, onFault, (document, compiler) => ({
    pdf: compiler.pdf(document, { creationTimestamp: request.createdSeconds, pdfTags: false }),
    pages: document.numOfPages,
  }));
}

/** What a template says of its data by `metadata(…)` with the label `<said>`. */
export function askTypst(request: Omit<TypstRequest, 'createdSeconds'>): unknown {
  const [said] = compiled({ ...request, createdSeconds: 0 }, undefined, (document, compiler) =>
    compiler.query(document, { selector: '<said>', field: 'value' }),
  ) as readonly unknown[]; // one for each element with the label
  return said;
}

function compiled<T>(
  { folder, source, name, files = {}, data }: TypstRequest,
  onFault: ((result: NodeTypstCompileResult) => void) | undefined,
  then: (document: NodeTypstDocument, compiler: NodeCompiler) => T,
): T {
  const compiler = compilerFor(folder);
  const text = JSON.stringify(data);
  // Inputs are part of the standard library for the compiler, which it would build anew for each document: half a millisecond.
  const inputs = source.includes('sys.inputs') ? { inputs: { data: text } } : {};
  const shadows = { ...files, 'data.json': Buffer.from(text) };
  for (const [file, bytes] of Object.entries(shadows)) compiler.mapShadow(`${folder}/${file}`, Buffer.from(bytes));
  try {
    const result = compiler.compile({ mainFileContent: source, ...inputs });
    const document = result.result;
    if (document === null || result.hasError()) {
      onFault?.(result);
      const reasons = result.takeError()?.shortDiagnostics.map((diagnostic: { readonly message?: string }) => diagnostic.message);
      throw new TemplateFault(`template ${name}: ${reasons?.join('; ') ?? 'unknown fault'}`);
    }
    return then(document, compiler);
  } finally {
    for (const file of Object.keys(files)) compiler.unmapShadow(`${folder}/${file}`);
    forget(compiler);
  }
}

/** What the compiler remembers of texts grows with each document, by 1 MB or so; to go through it takes a fifth of a page's time. */
const DOCUMENTS_REMEMBERED = 32;
let rendered = 0;

function forget(compiler: NodeCompiler): void {
  rendered += 1;
  if (rendered % DOCUMENTS_REMEMBERED === 0) compiler.evictCache(0);
}

export class TemplateFault extends Error {}

/** Reading the fonts takes 30 ms, so a compiler is kept for each template folder. */
function compilerFor(folder: string): NodeCompiler {
  const known = compilers.get(folder);
  if (known !== undefined) return known;
  const resolve = createRequire(import.meta.url).resolve;
  const fontBlobs = Object.entries(FONTS).flatMap(([fontPackage, { file, weights }]) =>
    weights.map((weight) => readFileSync(resolve(`${fontPackage}/${weight}/${file}_${weight}.ttf`))),
  );
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs }] });
  compilers.set(folder, compiler);
  return compiler;
}
