/**
 * Typst in this process: a template and JSON data in, a PDF out. Templates read no file but those in
 * their own folder and use only the fonts given here, so a document is the same on every machine.
 * Templates that users wrote do not run here, but in a process of their own: see invoice/template-process.ts.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export interface TypstRequest {
  /** Absolute path of the folder that the template may read. */
  readonly folder: string;
  readonly source: string;
  /** What messages call it. */
  readonly name: string;
  /** Files that the template finds beside itself, by name, besides those of the folder. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Reaches the template as `sys.inputs.data`, as JSON text: never as markup or code. */
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

/** Throws TemplateFault when the template does not compile. `onFault` may look at the result, which prints where the faults are. */
export function renderTypst(request: TypstRequest, onFault?: (result: { printErrors(): void }) => void): RenderedPdf {
  const { folder, source, name, files = {}, data, createdSeconds } = request;
  const compiler = compilerFor(folder);
  for (const [file, bytes] of Object.entries(files)) compiler.mapShadow(`${folder}/${file}`, Buffer.from(bytes));
  try {
    const compiled = compiler.compile({ mainFileContent: source, inputs: { data: JSON.stringify(data) } });
    const document = compiled.result;
    if (document === null || compiled.hasError()) {
      onFault?.(compiled);
      const reasons = compiled.takeError()?.shortDiagnostics.map((diagnostic: { readonly message?: string }) => diagnostic.message);
      throw new TemplateFault(`template ${name}: ${reasons?.join('; ') ?? 'unknown fault'}`);
    }
    const pdf = compiler.pdf(document, { creationTimestamp: createdSeconds, pdfTags: false });
    return { pdf, pages: document.numOfPages };
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
