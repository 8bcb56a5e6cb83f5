import type { ProblemName } from '../api/problems.ts';
import { defaultProvider } from '../platform/function-credentials.ts';
import { newId } from '../platform/ids.ts';
import { maskForStorage } from '../platform/mask.ts';
import { createAskEvidenceUpload, type UploadRefusal } from '../ticket/ask-evidence-upload.ts';
import { createChangeTicket } from '../ticket/change-ticket.ts';
import { evidenceView, MOST_BYTES, type WantedEvidence } from '../ticket/evidence.ts';
import { cleanFileName, mediaTypes } from '../ticket/evidence-media.ts';
import type { EvidenceLinks } from '../ticket/evidence-shelf.ts';
import { createEvidenceStore } from '../ticket/evidence-store.ts';
import { createEvidenceLinks } from '../ticket/s3-evidence-links.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Rooms } from './rooms.ts';

/** What customers and agents share: the store, the signer and what is refused at the door. */
export interface EvidenceParts {
  readonly rooms: Rooms;
  readonly links: EvidenceLinks;
}

/** Links signed with the function's own role. */
export const linksOf = (
  environment: { readonly EVIDENCE_ORIGIN: string; readonly EVIDENCE_REGION: string },
  now: () => Date,
): EvidenceLinks =>
  createEvidenceLinks({
    origin: environment.EVIDENCE_ORIGIN,
    region: environment.EVIDENCE_REGION,
    credentials: defaultProvider(),
    now,
  });

interface Announced {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly transactionId?: string;
}

/** The file as it is announced, or why it is not taken whatever the ticket. */
export function wantedOf(body: Announced, by: string): WantedEvidence | ProblemName {
  const mediaType = mediaTypes.find((known) => known === body.mediaType);
  if (mediaType === undefined) return 'file-type-not-taken';
  if (body.bytes > MOST_BYTES) return 'file-too-large';
  const { bytes, sha256, transactionId } = body;
  const name = cleanFileName(maskForStorage(body.name), mediaType);
  return { evidenceId: newId(), mediaType, bytes, sha256, name, transactionId, by };
}

export const problemOfUpload: Readonly<Record<UploadRefusal, ProblemName>> = {
  not_yours: 'not-your-ticket',
  closed: 'ticket-closed',
  too_many: 'too-much-evidence',
  not_disputed: 'not-disputed',
};

/** Everything about the files of tickets that a handler needs. */
export function evidenceUses({ rooms, links }: EvidenceParts) {
  const evidence = createEvidenceStore(rooms);
  const changeTicket = createChangeTicket(rooms);
  return {
    askUpload: createAskEvidenceUpload({ evidence, links, changeTicket, now: rooms.now }),
    list: async (ticket: Ticket) =>
      (await evidence.ofTickets(await withJoined(rooms, ticket))).map(evidenceView),
    /** Of a file that may be read; `not_ready` of one that may not, undefined where there is none. */
    fetch: async (ticket: Ticket, evidenceId: string) => {
      const ids = await withJoined(rooms, ticket);
      const each = await Promise.all(ids.map((ticketId) => evidence.get({ ticketId, evidenceId })));
      const found = each.find((one) => one !== undefined)?.body;
      if (found === undefined) return undefined;
      if (found.state !== 'clean') return 'not_ready' as const;
      const { url, until } = await links.download(found);
      return { evidence: evidenceView(found), url, until };
    },
  };
}

/** Ids of the ticket and of those merged into it: their papers are about one incident, and stay where they are (D2). */
async function withJoined({ tickets }: Pick<Rooms, 'tickets'>, ticket: Ticket): Promise<readonly string[]> {
  const joined = await Promise.all((ticket.joined ?? []).map(({ number }) => tickets.byNumber(number)));
  return [ticket.ticketId, ...joined.flatMap((one) => (one === undefined ? [] : [one.body.ticketId]))];
}
