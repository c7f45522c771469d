/** The process in which templates of users run: takes requests, sends PDFs; says on standard error where a fault is. */
import { renderTypst, TemplateFault, type TypstRequest } from '../typst.ts';

export type ChildAnswer =
  | { readonly kind: 'pdf'; readonly pdf: Uint8Array; readonly pages: number }
  | { readonly kind: 'fault'; readonly message: string };

process.on('message', (request: TypstRequest) => {
  const answer = render(request);
  process.send?.(answer);
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit(0));

function render(request: TypstRequest): ChildAnswer {
  try {
    const { pdf, pages } = renderTypst(request, (result) => result.printErrors());
    return { kind: 'pdf', pdf, pages };
  } catch (error) {
    if (!(error instanceof TemplateFault)) process.stderr.write(`${String(error)}\n`);
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}
