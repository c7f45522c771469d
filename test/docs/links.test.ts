/** Every relative link of the documents leads to a file, and to a heading when it names one. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const SKIPPED = new Set(['node_modules', '.git', '.carillon', '.build']);

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The targets of `[text](target)` and `![text](target)`, outside fenced code and code spans. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target = '']) => target);
}

/** How GitHub names the anchors of headings. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*_]/g, (mark) => (mark === '_' ? '_' : ''));
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

function brokenLinks(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return linksOf(text).flatMap((target) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
    const [path = '', anchor] = target.split('#', 2);
    const resolved = path === '' ? file : join(dirname(file), decodeURIComponent(path));
    if (!existsSync(resolved)) return [`${relative(root, file)}: ${target} leads nowhere`];
    if (anchor === undefined || !statSync(resolved).isFile() || !resolved.endsWith('.md')) return [];
    return anchorsOf(readFileSync(resolved, 'utf8')).has(anchor) ? [] : [`${relative(root, file)}: ${target} names no heading`];
  });
}

test('every relative link in the documents resolves', () => {
  const files = markdownFiles(root);
  assert.ok(files.length > 5);
  assert.deepEqual(files.flatMap(brokenLinks), []);
});

test('a link that leads nowhere is seen', () => {
  assert.deepEqual(linksOf('see [a](x.md), ![b](y.png "title") and `[c](z.md)`'), ['x.md', 'y.png']);
  assert.deepEqual(
    [...anchorsOf('# How an event is priced\n\n## 3. Voice\n\n## 3. Voice\n')],
    ['how-an-event-is-priced', '3-voice', '3-voice-1'],
  );
});
