import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_LOGO_CHARACTERS, readLogo } from './brand.ts';

const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${inside}</svg>`;

test('a logo is an SVG without anything that runs or is loaded, or a PNG or JPEG as data', () => {
  assert.equal(readLogo(svg('<path d="M0 0h8v8z" fill="#123456"/>'))?.type, 'image/svg+xml');
  assert.equal(readLogo(`<?xml version="1.0"?>\n${svg('<use href="#a"/>')}\n`)?.type, 'image/svg+xml');
  assert.deepEqual(readLogo('data:image/png;base64,iVBORw0KGgoAAAAN'), { type: 'image/png', text: 'iVBORw0KGgoAAAAN' });
  assert.equal(readLogo('data:image/jpeg;base64,/9j/4AAQSkZJ')?.type, 'image/jpeg');
  for (const wrong of [
    ...['', 'logo.svg', 'data:image/png;base64,AAAAAAAAAAAA', 'data:text/html;base64,iVBORw0KGgoAAAAN', '<svg>'],
    ...[svg('<script>alert(1)</script>'), svg('<path onload="x()"/>'), svg('<image href="https://evil.example/x.png"/>')],
    ...[svg('<style>@import "x"</style>'), svg('<a href="javascript:x()"/>'), svg('<path fill="url(https://evil.example)"/>')],
    ...[svg('<foreignObject/>'), `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`, svg('a'.repeat(MOST_LOGO_CHARACTERS))],
  ])
    assert.equal(readLogo(wrong), undefined, wrong.slice(0, 60));
});
