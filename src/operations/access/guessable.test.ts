import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGuessable } from './guessable.ts';

const ABOUT = ['Ann Lindqvist', 'ann.lindqvist@halyard-transit.example'];

test('what repeats, runs along the keys, stands on every list or is the person’s own is guessed, however long', () => {
  const guessed = [
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'xk7xk7xk7xk7xk7',
    '123456789012',
    'qwertyuiop12',
    'poiuytrewq98',
    'abcdefghijklmnop',
    '1q2w3e4r5t6y',
  ];
  guessed.push(
    'Password1234',
    'P@ssw0rd2026!',
    'carillon2026!!',
    'CarillonBilling1',
    'Summer2026!!!!',
    'LindqvistAnn99',
    'halyard-transit-1',
    'passwordpassword',
  );
  guessed.push('welcome-welcome-welcome', 'ＡＡＡＡＡＡＡＡＡＡＡＡ', '            ', 'ann ann ann ann ann', '2020202020202020');
  for (const each of guessed) assert.equal(isGuessable(each, ABOUT), true, each);
});

test('words that have nothing to do with each other, and what chance made, are not', () => {
  const fine = [
    'four words make one',
    'carillon rings at noon',
    'correct horse battery',
    'vT9-qz4Lm!xW',
    'kq7fhw2mzp5x',
    'Vier Wörter ergeben eins',
    'أربع كلمات معاً هنا',
  ];
  fine.push('balloon coffee moose', '8301746295518', '🦊🍋🎻🚲🌵🧭🪁🥨🦉🎈🧲🪐');
  for (const each of fine) assert.equal(isGuessable(each, ABOUT), false, each);
  assert.equal(isGuessable('marmalade-tuba', []), false);
  assert.equal(isGuessable('marmalade-tuba', ['Marmalade Tuba']), true);
});
