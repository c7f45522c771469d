import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { requestOf, templateSource } from './render-invoice.ts';
import { sampleInvoice } from './sample-invoice.ts';
import { TemplateProcess, templateLimits } from './template-process.ts';

const request = { name: 'mine.typ', ...requestOf(sampleInvoice({ lines: 2 }), true) };

async function refusal(templates: TemplateProcess, source: string): Promise<string> {
  try {
    await templates.render({ ...request, source });
    return 'rendered';
  } catch (error) {
    assert.ok(error instanceof RefusedError, String(error));
    const [first] = error.refusals;
    return `${first?.code} ${first?.at?.file}:${first?.at?.line ?? ''}`;
  }
}

test('a template of one’s own prints what the shipped ones print, with parts of them', async () => {
  const templates = new TemplateProcess();
  const { pdf, pages } = await templates.render({ ...request, source: templateSource('classic') });
  assert.equal(pages, 1);
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.equal((await templates.render({ ...request, source: '#import "parts.typ": *\n= #data.total.last()' })).pages, 1);
  templates.close();
});

test('a broken or hostile template is refused with its line and reason, and the next one works', async () => {
  // What ends by its memory has time for that on a busy machine.
  const limits = { ...templateLimits, timeMs: 60_000, memoryBytes: 400 * 1024 ** 2, pages: 50 };
  const templates = new TemplateProcess(limits);
  const hurried = new TemplateProcess({ ...limits, timeMs: 2_000 });
  const rows: [string, string][] = [
    ['= fine\n#let f( = 2', 'template.broken mine.typ:2'],
    ['\n\n#panic("x")', 'template.broken mine.typ:3'],
    ['#nothing', 'template.broken mine.typ:1'],
    ['#import "parts.typ": *\n#data.nothing', 'template.broken mine.typ:2'],
    ['#let f(n) = f(n + 1)\n#f(0)', 'template.broken mine.typ:1'],
    ['#read("/etc/passwd")', 'template.reaches-out mine.typ:1'],
    ['#read("../../../../package.json")', 'template.reaches-out mine.typ:1'],
    ['\n#include "/etc/hostname"', 'template.reaches-out mine.typ:2'],
    ['#import "@preview/cetz:0.3.0"', 'template.reaches-out mine.typ:1'],
    ['#let name = "@pre" + "view/cetz:0.3.0"\n#import name', 'template.reaches-out mine.typ:2'],
    ['#import "@local/mine:1.0.0"', 'template.reaches-out mine.typ:1'],
    ['#image("http://127.0.0.1:8080/x.png")', 'template.reaches-out mine.typ:1'],
    ['#plugin("x.wasm")', 'template.reaches-out mine.typ:1'],
    ['#let n = 0\n#while true { n += 1; if n > 9000 { n = 0 } }', 'template.broken mine.typ:2'],
    ['#for i in range(100000000) { [x] }', 'template.too-large mine.typ:'],
    ['#for a in range(9000) { for b in range(9000) { for c in range(9000) {} } }', 'template.too-slow mine.typ:'],
    ['#for i in range(60) { pagebreak() }', 'template.too-large mine.typ:'],
    ['= fine again', 'rendered'],
  ];
  for (const [source, expected] of rows) {
    assert.equal(await refusal(expected.startsWith('template.too-slow') ? hurried : templates, source), expected, source);
  }
  templates.close();
  hurried.close();
});
