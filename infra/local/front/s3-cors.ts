import type { IncomingHttpHeaders } from 'node:http';
import type { LocalBucket, LocalModel } from '../model.ts';
import { bucketOf } from './s3-wire.ts';
import { wildcard } from './wildcard.ts';

type Rule = LocalBucket['cors'][number];

/** What browsers may do with buckets (S3 user guide, "Using cross-origin resource sharing"). */
export interface BucketCors {
  /** Whether an address without a signature is one of a bucket: S3 refuses it, nobody else may answer it. */
  isBucket(url: string): boolean;
  /** Headers of the answer to a request of a page. */
  headersFor(url: string, method: string, headers: IncomingHttpHeaders): Readonly<Record<string, string>>;
  /** The answer to a page that asks whether it may; undefined: it may not. */
  preflight(url: string, headers: IncomingHttpHeaders): Readonly<Record<string, string>> | undefined;
}

export function createBucketCors(model: LocalModel): BucketCors {
  const buckets = new Map((model.buckets ?? []).map((bucket) => [bucket.name, bucket]));
  const ruleFor = (url: string, method: string, origin: string | undefined): Rule | undefined =>
    origin === undefined
      ? undefined
      : buckets
          .get(bucketOf(url))
          ?.cors.find(
            ({ methods, origins }) =>
              methods.includes(method) && origins.some((pattern) => wildcard(pattern)(origin)),
          );
  const allowed = (rule: Rule, origin: string) => ({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': rule.methods.join(', '),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    ...(rule.exposed.length === 0 ? {} : { 'access-control-expose-headers': rule.exposed.join(', ') }),
  });
  return {
    isBucket: (url) => buckets.has(bucketOf(url)),
    headersFor(url, method, { origin }) {
      const rule = ruleFor(url, method, origin);
      return rule === undefined || origin === undefined ? {} : allowed(rule, origin);
    },
    preflight(url, headers) {
      const { origin } = headers;
      const rule = ruleFor(url, String(headers['access-control-request-method'] ?? ''), origin);
      const wanted = String(headers['access-control-request-headers'] ?? '')
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter((name) => name !== '');
      if (rule === undefined || origin === undefined) return undefined;
      if (!wanted.every((name) => rule.headers.some((pattern) => wildcard(pattern)(name)))) return undefined;
      return {
        ...allowed(rule, origin),
        'access-control-allow-headers': wanted.join(', '),
        ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': `${rule.maxAgeSeconds}` }),
      };
    },
  };
}
