import type { ExaminedFile } from './evidence.ts';
import type { EvidenceKey } from './evidence-keys.ts';
import type { MediaType } from './evidence-media.ts';

/** Where the files lie, as those see it who look after them. */
export interface EvidenceShelf {
  /** Undefined: it is not there (any more). `versionId`: that version and no later one. */
  examine(key: EvidenceKey, versionId?: string): Promise<ExaminedFile | undefined>;
  /** For good, every version of it; one that is gone already is fine. */
  remove(key: EvidenceKey): Promise<void>;
}

/** A request that anybody may make until it runs out, exactly as it is said here. */
export interface SignedRequest {
  readonly url: string;
  readonly method: 'PUT' | 'GET';
  /** To be sent as they are; without them, or with others, the request is refused. So is a body of another length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly until: string;
}

/** Signs requests to the shelf; no call is made for it. */
export interface EvidenceLinks {
  upload(
    file: EvidenceKey & { readonly mediaType: MediaType; readonly bytes: number; readonly sha256: string },
  ): Promise<SignedRequest>;
  download(
    file: EvidenceKey & { readonly mediaType: MediaType; readonly name: string },
  ): Promise<SignedRequest>;
}
