import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import type { LocalBucket, LocalModel } from '../model.ts';
import type { AwsCall, KeyUse, Need, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import type { BusDelivery } from './bus.ts';
import type { MalwareScanner } from './malware-scanner.ts';
import { NULL_VERSION, type ObjectShelf, type StoredObject } from './s3-objects.ts';
import { type S3Answer, type S3Request, xml } from './s3-wire.ts';

interface Deps {
  readonly model: LocalModel;
  readonly objects: ObjectShelf;
  readonly scanner: MalwareScanner;
  readonly bus: BusDelivery;
  readonly clock: LocalClock;
}

/** S3 as far as evidence needs it: objects with versions and checksums, and its events on the default bus. */
export function createS3(deps: Deps): Service {
  const bucketOf = ({ bucket }: S3Request): LocalBucket => {
    const found = deps.model.buckets?.find(({ name }) => name === bucket);
    if (found !== undefined) return found;
    throw new AwsError({
      code: 'NoSuchBucket',
      status: 404,
      message: `The specified bucket does not exist: ${bucket}`,
    });
  };
  return {
    plan(call) {
      const request = requestOf(call);
      const bucket = bucketOf(request);
      return { needs: needsOf(deps.objects, bucket, request), resources: [bucket.name] } satisfies Plan;
    },
    async handle(call) {
      const request = requestOf(call);
      const bucket = bucketOf(request);
      const answer = await answers[request.action]?.(deps, bucket, request);
      if (answer === undefined) throw unknownAction('s3', request.action);
      return { output: {}, s3: answer };
    },
  };
}

function requestOf({ s3 }: AwsCall): S3Request {
  if (s3 === undefined) throw new Error('a call of S3 without its request');
  return s3;
}

/** Permissions of the S3 API reference, per action; reading what is not there asks for the right to list instead. */
function needsOf(objects: ObjectShelf, bucket: LocalBucket, request: S3Request): readonly Need[] {
  const { action, key, query } = request;
  const object = `${bucket.arn}/${key}`;
  const ofVersion = query.versionId === undefined ? '' : 'Version';
  const withKey = (actions: readonly string[]): { key?: KeyUse } =>
    bucket.kmsKeyArn === undefined
      ? {}
      : {
          key: {
            ...{ keyArn: bucket.kmsKeyArn, actions, via: 's3' },
            encryptionContext: { 'aws:s3:arn': bucket.arn },
          },
        };
  switch (action) {
    case 'PutObject':
      return [{ action: 's3:PutObject', resource: object, ...withKey(['kms:GenerateDataKey']) }];
    case 'GetObject':
    case 'HeadObject': {
      const read: Need = { action: `s3:GetObject${ofVersion}`, resource: object };
      const isThere = objects.get({ bucket: bucket.name, key }, query.versionId) !== undefined;
      return isThere
        ? [{ ...read, ...withKey(['kms:Decrypt']) }]
        : [read, { action: 's3:ListBucket', resource: bucket.arn }];
    }
    case 'DeleteObject':
      return [{ action: `s3:DeleteObject${ofVersion}`, resource: object }];
    case 'ListObjectVersions':
      return [
        {
          action: 's3:ListBucketVersions',
          resource: bucket.arn,
          context: { 's3:prefix': query.prefix ?? '' },
        },
      ];
    default:
      throw unknownAction('s3', action);
  }
}

type Answering = (deps: Deps, bucket: LocalBucket, request: S3Request) => S3Answer | Promise<S3Answer>;

const answers: Readonly<Record<string, Answering>> = {
  PutObject: putObject,
  GetObject: (deps, bucket, request) => readObject(deps, bucket, request),
  HeadObject: (deps, bucket, request) => ({ ...readObject(deps, bucket, request), body: '' }),
  DeleteObject: deleteObject,
  ListObjectVersions: listObjectVersions,
};

const one = (headers: S3Request['headers'], name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

async function putObject(deps: Deps, bucket: LocalBucket, request: S3Request): Promise<S3Answer> {
  const { key, headers, body } = request;
  const sha256 = one(headers, 'x-amz-checksum-sha256');
  const computed = createHash('sha256').update(body).digest('base64');
  if (sha256 !== undefined && sha256 !== computed) {
    throw new AwsError({
      code: 'BadDigest',
      message: 'The SHA256 you specified did not match the calculated checksum.',
    });
  }
  const stored = deps.objects.put(
    { bucket: bucket.name, key },
    {
      ...{ body, sha256, at: deps.clock.now(), versioned: bucket.versioned },
      contentType: one(headers, 'content-type') ?? 'binary/octet-stream',
    },
  );
  if (bucket.tellsDefaultBus) await deps.bus.accept('default', createdEvent(deps, bucket, stored));
  await deps.scanner.scan(stored);
  return {
    status: 200,
    headers: {
      etag: `"${stored.etag}"`,
      ...versionHeader(stored),
      ...(sha256 === undefined
        ? {}
        : { 'x-amz-checksum-sha256': sha256, 'x-amz-checksum-type': 'FULL_OBJECT' }),
    },
    body: '',
  };
}

const versionHeader = ({ versionId }: StoredObject): Record<string, string> =>
  versionId === NULL_VERSION ? {} : { 'x-amz-version-id': versionId };

/** S3 user guide, "EventBridge event message structure". */
function createdEvent({ model, clock }: Deps, bucket: LocalBucket, stored: StoredObject) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: model.account,
    time: new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: model.region,
    resources: [bucket.arn],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: stored.key,
        size: stored.body.length,
        etag: stored.etag,
        ...(stored.versionId === NULL_VERSION ? {} : { 'version-id': stored.versionId }),
        sequencer: stored.order.toString(16).toUpperCase().padStart(16, '0'),
      },
      'request-id': randomBytes(8).toString('hex').toUpperCase(),
      requester: model.account,
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  };
}

function readObject({ objects }: Deps, bucket: LocalBucket, request: S3Request): S3Answer {
  const { key, query, headers } = request;
  const stored = objects.get({ bucket: bucket.name, key }, query.versionId);
  if (stored === undefined) {
    throw query.versionId === undefined
      ? new AwsError({ code: 'NoSuchKey', status: 404, message: 'The specified key does not exist.' })
      : new AwsError({
          code: 'NoSuchVersion',
          status: 404,
          message: 'The specified version does not exist.',
        });
  }
  const { body, range } = cutOf(stored.body, one(headers, 'range'));
  const checksum = one(headers, 'x-amz-checksum-mode') === 'ENABLED' && range === undefined;
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'content-type': query['response-content-type'] ?? stored.contentType,
      etag: `"${stored.etag}"`,
      'last-modified': new Date(stored.at).toUTCString(),
      'accept-ranges': 'bytes',
      'content-length': String(body.length),
      ...versionHeader(stored),
      ...(range === undefined ? {} : { 'content-range': range }),
      ...(query['response-content-disposition'] === undefined
        ? {}
        : { 'content-disposition': query['response-content-disposition'] }),
      ...(query['response-cache-control'] === undefined
        ? {}
        : { 'cache-control': query['response-cache-control'] }),
      ...(checksum && stored.sha256 !== undefined
        ? { 'x-amz-checksum-sha256': stored.sha256, 'x-amz-checksum-type': 'FULL_OBJECT' }
        : {}),
    },
    body,
  };
}

/** `bytes=0-15`; whatever else a range may be is not asked for here. */
function cutOf(body: Buffer, range: string | undefined): { body: Buffer; range?: string } {
  if (range === undefined) return { body };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || last === undefined || Number(first) >= body.length) {
    throw new AwsError({
      code: 'InvalidRange',
      status: 416,
      message: 'The requested range is not satisfiable',
    });
  }
  const end = Math.min(Number(last), body.length - 1);
  return { body: body.subarray(Number(first), end + 1), range: `bytes ${first}-${end}/${body.length}` };
}

function deleteObject({ objects }: Deps, bucket: LocalBucket, { key, query }: S3Request): S3Answer {
  if (query.versionId === undefined && bucket.versioned)
    throw new AwsError({
      code: 'NotImplemented',
      status: 501,
      message: 'The local S3 writes no delete markers: name a version.',
    });
  objects.remove({ bucket: bucket.name, key }, query.versionId ?? NULL_VERSION);
  return { status: 204, headers: {}, body: '' };
}

function listObjectVersions({ objects }: Deps, bucket: LocalBucket, { query }: S3Request): S3Answer {
  const prefix = query.prefix ?? '';
  const versions = objects
    .list(bucket.name, prefix)
    .map(
      (stored, index, all) =>
        `<Version><Key>${xml(stored.key)}</Key><VersionId>${stored.versionId}</VersionId><IsLatest>${all[index - 1]?.key !== stored.key}</IsLatest><LastModified>${new Date(stored.at).toISOString()}</LastModified><ETag>&quot;${stored.etag}&quot;</ETag><Size>${stored.body.length}</Size><StorageClass>STANDARD</StorageClass></Version>`,
    );
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xml(bucket.name)}</Name><Prefix>${xml(prefix)}</Prefix><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${versions.join('')}</ListVersionsResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}
