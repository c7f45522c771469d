import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectFiles, readProjectFile } from '../support/project-files.ts';
import { blank, commentLines } from '../support/source-text.ts';

const sources = projectFiles().filter((file) => /\.(ts|tsx|mjs)$/.test(file));

/** Lines of the files in which the pattern is found, as `file:line text`. */
function linesWith(files: readonly string[], find: (file: string, text: string) => readonly number[]): readonly string[] {
  return files.flatMap((file) => {
    const text = readProjectFile(file);
    const lines = text.split('\n');
    return find(file, text).map((line) => `${file}:${line} ${lines[line - 1]?.trim().slice(0, 160)}`);
  });
}

/** 1-based numbers of the lines that match. */
function matching(text: string, pattern: RegExp): readonly number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}

test('an any or a cast through unknown has its reason in a comment beside it', () => {
  const found = linesWith(sources, (_, text) => {
    const commented = new Set(commentLines(text).flatMap(({ line }) => [line, line + 1]));
    const unsafe = /(?::|\bas|<|,|\||&)\s*any\b(?!\s*:)|\bany\[\]|\bas unknown as\b/;
    return matching(blank(text, { strings: true }), unsafe).filter((line) => !commented.has(line));
  });
  assert.deepEqual(found, []);
});

test('a suppressed check says why', () => {
  const found = linesWith(sources, (_, text) =>
    commentLines(text)
      .filter(({ text: comment }) => /@ts-(ignore|nocheck)|@ts-expect-error\s*$|biome-ignore(?!.*:\s*\S+\s+\S)/.test(comment))
      .map(({ line }) => line),
  );
  assert.deepEqual(found, [], '@ts-ignore and @ts-nocheck are not used; @ts-expect-error and biome-ignore give a reason');
});

test('no test is skipped or alone, and nothing is left for later', () => {
  const tests = sources.filter((file) => /\.test\.tsx?$/.test(file));
  const lonely = linesWith(tests, (_, text) =>
    matching(blank(text, { strings: true }), /\b(?:it|test|describe|suite)\.(?:skip|todo|only)\b|\{[^}]*\b(?:skip|todo|only):/),
  );
  const unfinished = linesWith(sources, (_, text) =>
    commentLines(text)
      .filter(({ text: comment }) => /\b(?:TODO|FIXME|XXX)\b/.test(comment))
      .map(({ line }) => line),
  );
  assert.deepEqual([...lonely, ...unfinished], []);
});

test('no packed file or program is tracked: packages come from npm', () => {
  const packed = projectFiles().filter((file) => /\.(deb|rpm|apk|tgz|tar|zip|7z|jar|whl|exe|so|dll|dylib|node|wasm)$/.test(file));
  assert.deepEqual(packed, []);
});

test('no tracked file names a path of one machine or the host of a package registry', () => {
  const texts = projectFiles().filter((file) => !/\.(png|pdf|ttf|otf|woff2?|xlsx|gz|zip|br|bin)$/.test(file));
  const machine = new RegExp(`(?:^|[^\\w.-])/(?:${['work', 'root', 'farm', 'Users'].join('|')})/\\w`);
  const home = /(?:^|[^\w.-])\/home\/\w/;
  const hosts = ['registry', 'npmjs\\.org', 'artifactory', 'nexus', 'verdaccio'].join('|');
  const registry = new RegExp(`https?://[^\\s"')]*\\b(?:${hosts})\\b|_auth${'Token'}|^\\s*"resolved":`);
  const found = linesWith(texts, (_, text) => matching(text, machine).concat(matching(text, home), matching(text, registry)));
  assert.deepEqual(found, []);
});
