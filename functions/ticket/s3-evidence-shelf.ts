import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ExaminedFile } from './evidence.ts';
import { objectKeyOf } from './evidence-keys.ts';
import { HEAD_BYTES } from './evidence-media.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';

/** The bucket, through S3's own client. */
export function createEvidenceShelf({ client, bucket }: { client: S3Client; bucket: string }): EvidenceShelf {
  const present = async <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    examine: async (key, versionId): Promise<ExaminedFile | undefined> => {
      const object = { Bucket: bucket, Key: objectKeyOf(key), VersionId: versionId };
      const about = await present(client.send(new HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' })));
      if (about === undefined) return undefined;
      const { ContentLength: bytes = 0, ChecksumSHA256: checksum } = about;
      const start =
        bytes === 0
          ? undefined
          : await present(
              client.send(new GetObjectCommand({ ...object, Range: `bytes=0-${HEAD_BYTES - 1}` })),
            );
      if (bytes > 0 && start === undefined) return undefined;
      return {
        bytes,
        sha256: checksum === undefined ? undefined : Buffer.from(checksum, 'base64').toString('hex'),
        head: (await start?.Body?.transformToByteArray()) ?? new Uint8Array(),
      };
    },
    remove: async (key) => {
      const Key = objectKeyOf(key);
      let after: { KeyMarker?: string; VersionIdMarker?: string } = {};
      for (;;) {
        const page = await client.send(
          new ListObjectVersionsCommand({ Bucket: bucket, Prefix: Key, ...after }),
        );
        for (const { VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
          await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
        if (page.IsTruncated !== true) return;
        after = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
    },
  };
}

/** A HEAD has no body: S3's client knows such a refusal by its status only. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  ['NoSuchKey', 'NotFound', 'NoSuchVersion', 'MethodNotAllowed'].includes(error.name);
