import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { DOWNLOAD_SECONDS, UPLOAD_SECONDS } from './evidence.ts';
import { objectKeyOf } from './evidence-keys.ts';
import type { EvidenceLinks, SignedRequest } from './evidence-shelf.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface EvidenceLinksOptions {
  /** Where the bucket answers, e.g. `https://bucket.s3.eu-west-1.amazonaws.com`. */
  readonly origin: string;
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
  readonly now: () => Date;
}

/** The hash the signer asks for: keyed, it is an HMAC. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error('a hash is used once');
  }
}

function bytesOf(secret: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof secret === 'string') return Buffer.from(secret);
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}

/**
 * Requests to S3, signed with the function's own role: they may do what the role may, on one object, for a while. The
 * SDK's signer alone: its S3 client would weigh 250 KB on functions that freeze cards, to do the same.
 */
export function createEvidenceLinks(options: EvidenceLinksOptions): EvidenceLinks {
  const { origin, region, credentials, now } = options;
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    // S3 takes the path of an object as it is.
    uriEscapePath: false,
    applyChecksum: false,
  });
  const base = new URL(origin);
  const root = base.pathname.replace(/\/$/, '');

  async function sign(request: {
    readonly method: 'PUT' | 'GET';
    readonly objectKey: string;
    readonly seconds: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
  }): Promise<SignedRequest> {
    const { method, objectKey, seconds, headers = {}, query = {} } = request;
    const signingDate = now();
    const path = `${root}/${objectKey}`;
    const signed = await signer.presign(
      {
        method,
        protocol: base.protocol,
        hostname: base.hostname,
        port: base.port === '' ? undefined : Number(base.port),
        path,
        query: { ...query },
        headers: { ...headers, host: base.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      },
      {
        signingDate,
        expiresIn: seconds,
        // As headers of the request, so that nothing but what they say is taken.
        unhoistableHeaders: new Set(Object.keys(headers)),
      },
    );
    const search = Object.entries(signed.query ?? {}).map(
      ([name, value]) => `${encoded(name)}=${encoded(String(value))}`,
    );
    return {
      ...{ method, headers, url: `${base.origin}${path}?${search.join('&')}` },
      until: new Date(signingDate.getTime() + seconds * 1000).toISOString(),
    };
  }

  return {
    upload: async ({ mediaType, bytes, sha256, ...key }) => {
      const headers = {
        'content-type': mediaType,
        'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
      };
      const signed = await sign({
        method: 'PUT',
        objectKey: objectKeyOf(key),
        seconds: UPLOAD_SECONDS,
        headers: { ...headers, 'content-length': String(bytes) },
      });
      // Whoever sends a body says how long it is by themselves; a page may not even set it.
      return { ...signed, headers };
    },
    download: ({ mediaType, name, ...key }) =>
      sign({
        method: 'GET',
        objectKey: objectKeyOf(key),
        seconds: DOWNLOAD_SECONDS,
        query: {
          'response-cache-control': 'no-store',
          // RFC 6266: saved under its name, never shown in the page.
          'response-content-disposition': `attachment; filename*=UTF-8''${encoded(name)}`,
          'response-content-type': mediaType,
        },
      }),
  };
}

/** RFC 3986: everything but unreserved characters. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
