import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, paletteOf } from './brand-colours.ts';

const shade = (text: string) =>
  [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) as unknown as readonly [number, number, number]; // three of them

test('whatever colour an operator has, it can be read on white and on dark; one that can be already is left as it is', () => {
  for (const accent of ['#ffffff', '#000000', '#ffe600', '#0f4c6b', '#ff0000', '#00ff66', '#123456', '#808080']) {
    const palette = paletteOf(accent);
    assert.ok(palette.every((each) => /^#[0-9a-f]{6}$/.test(each)));
    assert.ok(contrast(shade(palette[8]), [255, 255, 255]) >= 4.5, `${accent} on white`);
    assert.ok(contrast(shade(palette[4]), [46, 46, 46]) >= 4.5, `${accent} on dark`);
  }
  assert.equal(paletteOf('#0f4c6b')[8], '#0f4c6b');
});
