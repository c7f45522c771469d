/** The XML of an S3 server: ListObjectsV2 and errors. */
import { SaxesParser } from 'saxes';

export interface ListedObject {
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  readonly sizeBytes: number;
  readonly modifiedMicros: number;
}

export interface ListAnswer {
  readonly objects: readonly ListedObject[];
  /** Where the next page begins; undefined behind the last. */
  readonly next: string | undefined;
}

/** Throws an Error when it is no such answer. Keys are expected URL-encoded (`encoding-type=url`). */
export function readList(xml: string): ListAnswer {
  const objects: ListedObject[] = [];
  let current: Record<string, string> = {};
  const whole: Record<string, string> = {};
  walk(xml, (path, text) => {
    if (path.startsWith('ListBucketResult/Contents/')) current[path.slice('ListBucketResult/Contents/'.length)] = text;
    else if (path === 'ListBucketResult/Contents') {
      objects.push(objectOf(current));
      current = {};
    } else whole[path] = text;
  });
  if (whole['ListBucketResult/IsTruncated'] === undefined) throw new Error('the answer is no list of objects');
  const next = whole['ListBucketResult/NextContinuationToken'];
  if (whole['ListBucketResult/IsTruncated'] !== 'true') return { objects, next: undefined };
  if (next === undefined || next === '') throw new Error('the list of objects breaks off without saying where it goes on');
  return { objects, next };
}

function objectOf({ Key, ETag = '', Size = '', LastModified = '' }: Record<string, string>): ListedObject {
  const modifiedMicros = Date.parse(LastModified) * 1000;
  if (Key === undefined || !/^\d{1,15}$/.test(Size) || Number.isNaN(modifiedMicros)) throw new Error('an object of the list is incomplete');
  const key = decodeURIComponent(Key.replaceAll('+', ' '));
  return { key, etag: ETag.replaceAll('"', ''), sizeBytes: Number(Size), modifiedMicros };
}

/** `Code: Message` of an error, or the beginning of what is none. */
export function readError(xml: string): string {
  const found: Record<string, string> = {};
  try {
    walk(xml, (path, text) => {
      found[path] = text;
    });
    if (found['Error/Code'] !== undefined) return `${found['Error/Code']}: ${found['Error/Message'] ?? ''}`.slice(0, 300);
  } catch {
    // Not XML: shown as it is.
  }
  return xml.replace(/\s+/g, ' ').slice(0, 200);
}

/** Tells each element at its end, with its path and its own text. */
function walk(xml: string, onElement: (path: string, text: string) => void): void {
  const parser = new SaxesParser();
  const path: string[] = [];
  const texts: string[] = [];
  parser.on('opentag', ({ name }) => {
    path.push(name);
    texts.push('');
  });
  parser.on('text', (text) => {
    if (texts.length > 0) texts[texts.length - 1] += text;
  });
  parser.on('closetag', () => {
    onElement(path.join('/'), texts.pop() ?? '');
    path.pop();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}
