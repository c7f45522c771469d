import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../test/support/seeded.ts';
import { Shelf } from './shelf.ts';

test('each text is what it was last, whatever came and went beside it', () => {
  const shelf = new Shelf();
  const random = seeded(7);
  const next = (below: number): number => Math.floor(random() * below);
  const texts = Array.from({ length: 3_000 }, () => ({ text: '', place: shelf.put('', undefined) }));
  for (let step = 0; step < 60_000; step += 1) {
    const each = texts[next(texts.length)] as { text: string; place: number | undefined };
    each.text = String.fromCharCode(next(256)).repeat(next(10) === 0 ? next(4_095) : next(700));
    if (next(8) === 0 && each.place !== undefined) {
      shelf.free(each.place);
      each.place = undefined;
    }
    each.place = shelf.put(each.text, each.place);
    assert.ok(each.place !== undefined);
  }
  for (const { text, place } of texts) {
    assert.equal(shelf.text(place ?? -1), text);
    const { octets, from, to } = shelf.octets(place ?? -1);
    assert.equal(octets.toString('latin1', from, to), text);
  }
});

test('a text of the same size stays in its place, and a place that is free is used again', () => {
  const shelf = new Shelf();
  const place = shelf.put('a'.repeat(100), undefined);
  assert.equal(shelf.put('b'.repeat(110), place), place);
  const larger = shelf.put('c'.repeat(500), place);
  assert.notEqual(larger, place);
  assert.equal(shelf.put('d'.repeat(90), undefined), place);
  assert.equal(shelf.text(larger ?? -1), 'c'.repeat(500));
});

test('what is too long, or wider than an octet, is not taken, and its place is free', () => {
  const shelf = new Shelf();
  const place = shelf.put('short', undefined);
  assert.equal(shelf.put('ключ', place), undefined);
  assert.equal(shelf.put('other', undefined), place);
  assert.equal(shelf.put('x'.repeat(4_095), undefined), undefined);
  assert.equal(shelf.text(shelf.put('\xff\0'.repeat(2_047), undefined) ?? -1), '\xff\0'.repeat(2_047));
  assert.equal(shelf.text(place ?? -1), 'other');
});
