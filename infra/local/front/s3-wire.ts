import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';

/** A REST request to a bucket, addressed by path: `/<bucket>/<key>`. */
export interface S3Request {
  readonly action: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What goes out: S3 speaks in headers and bytes. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Actions that are answered, by method and what of a bucket is named (S3 API reference). */
function actionOf(method: string, key: string, query: Readonly<Record<string, string>>): string {
  if (key === '' && method === 'GET' && 'versions' in query) return 'ListObjectVersions';
  const ofObject: Readonly<Record<string, string>> = {
    PUT: 'PutObject',
    GET: 'GetObject',
    HEAD: 'HeadObject',
    DELETE: 'DeleteObject',
  };
  return (key === '' ? undefined : ofObject[method]) ?? `${method} ${key === '' ? 'of a bucket' : 'object'}`;
}

export const bucketOf = (url: string): string => decodeURIComponent(pathOf(url).split('/')[1] ?? '');
const pathOf = (url: string): string => url.split('?')[0] ?? '';

export function readS3(incoming: {
  readonly method: string;
  readonly url: string;
  readonly headers: S3Request['headers'];
  readonly bytes: Buffer;
}): S3Request {
  const { method, url, headers, bytes } = incoming;
  const query = Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? ''));
  const key = pathOf(url).split('/').slice(2).map(decodeURIComponent).join('/');
  if (String(headers['content-encoding'] ?? '').includes('aws-chunked'))
    throw new AwsError({
      code: 'NotImplemented',
      status: 501,
      message: 'The local S3 takes no chunked body',
    });
  return { action: actionOf(method, key, query), bucket: bucketOf(url), key, query, headers, body: bytes };
}

/** S3's own error body; one of a HEAD has none, which whoever sends the answer sees to. */
export function writeS3Error(error: AwsError): S3Answer {
  const id = randomUUID();
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${xml(error.code)}</Code><Message>${xml(error.message)}</Message><RequestId>${id}</RequestId></Error>`;
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': id },
    body,
  };
}

export const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
