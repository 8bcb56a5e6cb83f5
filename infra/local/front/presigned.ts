import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from './aws-error.ts';

/** A request whose signature is in its address (SigV4, "Authenticating requests: using query parameters"). */
export interface PresignedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const queryOf = (url: string): readonly (readonly [string, string])[] =>
  (url.split('?')[1] ?? '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? [decodeURIComponent(part), '']
        : [decodeURIComponent(part.slice(0, at)), decodeURIComponent(part.slice(at + 1))];
    });

/** Key and service an address is signed for; undefined: it is not signed. */
export function presignedOf(url: string | undefined): { accessKeyId: string; service: string } | undefined {
  if (url === undefined || !url.includes('X-Amz-Signature=')) return undefined;
  const credential = queryOf(url).find(([name]) => name === 'X-Amz-Credential')?.[1];
  const [accessKeyId, , , service] = credential?.split('/') ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

/** The token of the session that signed the address. */
export const presignedToken = (url: string): string | undefined =>
  queryOf(url).find(([name]) => name === 'X-Amz-Security-Token')?.[1];

/** Computes the signature anew from what really came: another header, length or time is refused as S3 refuses it. */
export function checkPresigned(request: PresignedRequest, secret: string, now: number): void {
  const query = queryOf(request.url);
  const one = (name: string): string => query.find(([known]) => known === name)?.[1] ?? '';
  const date = one('X-Amz-Date');
  const signedAt = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const seconds = Number(one('X-Amz-Expires'));
  if (!(now < signedAt + seconds * 1000)) throw denied('AccessDenied', 'Request has expired');
  const [, day = '', region = '', service = ''] = one('X-Amz-Credential').split('/');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const hashed = createHash('sha256').update(canonicalOf(request, query)).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', date, scope, hashed].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (derived, part) => createHmac('sha256', derived).update(part).digest(),
    `AWS4${secret}`,
  );
  const wanted = createHmac('sha256', key).update(toSign).digest();
  const given = Buffer.from(one('X-Amz-Signature'), 'hex');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw denied(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
}

function canonicalOf(
  { method, url, headers }: PresignedRequest,
  query: readonly (readonly [string, string])[],
): string {
  const names = (query.find(([name]) => name === 'X-Amz-SignedHeaders')?.[1] ?? '').split(';');
  const sorted = query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  return [
    method,
    url.split('?')[0],
    sorted.join('&'),
    ...names.map((name) => `${name}:${[headers[name] ?? ''].flat().join(',').trim().replace(/\s+/g, ' ')}`),
    '',
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const denied = (code: string, message: string) => new AwsError({ code, status: 403, message });
