import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Item } from '../platform/database.ts';
import { CHAIN_START, canonical, entryHash, type JournalEntry, parseEntry } from '../platform/journal.ts';
import { conversationEntries } from './conversation.ts';
import { EVIDENCE_ERASED } from './evidence.ts';
import type { Ticket } from './ticket.ts';

/**
 * The whole of a ticket as one file that needs nothing else to be checked: the journal with the hash of each entry, what
 * was written and said beside it, and a seal over everything that is not in the journal (D11).
 */
const entrySchema = z.strictObject({
  seq: z.int(),
  type: z.string(),
  at: z.string(),
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string(),
  /** What was written, and the salt of its seal in `data`; absent where it was erased or is for the bank's eyes only. */
  words: z.optional(z.string()),
  salt: z.optional(z.string()),
});
const evidenceSchema = z.strictObject({
  evidenceId: z.string(),
  state: z.enum(['uploaded', 'clean', 'refused', 'erased']),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  transactionId: z.optional(z.string()),
  receivedAt: z.string(),
});
export type ExportedEvidence = z.output<typeof evidenceSchema>;

const fileSchema = z.strictObject({
  format: z.literal('cardguard ticket export'),
  formatVersion: z.literal(1),
  exportedAt: z.string(),
  check: z.string(),
  ticket: z.record(z.string(), z.unknown()),
  timeline: z.array(entrySchema),
  /** What the timeline says of papers and screenshots, gathered; absent where there are none. */
  evidence: z.optional(z.array(evidenceSchema)),
  head: z.strictObject({ seq: z.int(), chain: z.string() }),
  seals: z.strictObject({ about: z.string(), ticket: z.string() }),
});
export type ExportFile = z.output<typeof fileSchema>;

const CHECK = 'npm run verify-export -- FILE';
const bodySchema = z.object({ seq: z.int(), words: z.string(), salt: z.string() });
const sealSchema = z.object({ wordsSeal: z.optional(z.string()) });

/** Words of the customer, and those to the customer; notes among staff stay with the bank, sealed in the chain. */
const isForCustomer = ({ type, by }: { type: string; by: string }): boolean =>
  by.startsWith('customer') || conversationEntries[type] !== undefined;

/** The file's text: two spaces deep, one line feed at its end; a byte more or less is a change. */
export function writeExport(of: {
  readonly ticket: Ticket;
  readonly entries: readonly Item[];
  readonly bodies: readonly Item[];
  readonly at: string;
}): string {
  const bodies = new Map(of.bodies.map((item) => bodySchema.parse(item)).map((body) => [body.seq, body]));
  const timeline = of.entries.map(parseEntry).map(({ seq, type, at, by, data, previous, hash: own }) => {
    const body = isForCustomer({ type, by }) ? bodies.get(seq) : undefined;
    const said = body === undefined ? {} : { words: body.words, salt: body.salt };
    return { seq, type, at, by, data, previous, hash: own, ...said };
  });
  const evidence = evidenceOf(timeline);
  const last = timeline.at(-1);
  const { number, category, lastFour, status, version, asOf, openedAt, cycle } = of.ticket;
  const { disputes = [], mergedInto, joined } = of.ticket;
  const file: Omit<ExportFile, 'seals'> = {
    ...{ format: 'cardguard ticket export', formatVersion: 1, exportedAt: of.at, check: CHECK },
    ticket: {
      ...{ number, category, lastFour, status, version, asOf, openedAt, cycle, mergedInto },
      joined: joined?.map((one) => one.number),
      // Each with its history (D9).
      disputes,
    },
    timeline,
    ...(evidence.length === 0 ? {} : { evidence }),
    head: { seq: last?.seq ?? 0, chain: last?.hash ?? CHAIN_START },
  };
  return render({ ...file, seals: sealsOf(file) });
}

const receivedSchema = z.object({
  evidenceId: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  mediaType: z.string(),
  transactionId: z.optional(z.string()),
});
const erasedSchema = z.object({ evidenceIds: z.array(z.string()) });
const namedSchema = z.object({ evidenceId: z.string() });

/** The files a timeline tells of, by their hash: whoever has one can tell that it is this one (D11). */
function evidenceOf(timeline: ExportFile['timeline']): ExportedEvidence[] {
  const files = new Map<string, ExportedEvidence>();
  const turn = (evidenceId: string, state: ExportedEvidence['state']) => {
    const file = files.get(evidenceId);
    if (file !== undefined) files.set(evidenceId, { ...file, state });
  };
  for (const { type, at, data } of timeline) {
    if (type === 'evidence_received') {
      const file = receivedSchema.parse(data);
      const { evidenceId, mediaType, bytes, sha256, transactionId } = file;
      const about = { evidenceId, state: 'uploaded' as const, mediaType, bytes, sha256 };
      const which = transactionId === undefined ? {} : { transactionId };
      files.set(evidenceId, { ...about, ...which, receivedAt: at });
    } else if (type === 'evidence_accepted') turn(namedSchema.parse(data).evidenceId, 'clean');
    else if (type === 'evidence_refused') turn(namedSchema.parse(data).evidenceId, 'refused');
    else if (type === EVIDENCE_ERASED)
      for (const evidenceId of erasedSchema.parse(data).evidenceIds) turn(evidenceId, 'erased');
  }
  return [...files.values()];
}

const render = (file: object): string => `${JSON.stringify(file, undefined, 2)}\n`;
const digest = (value: unknown): string => hash('sha256', canonical(value), 'hex');

const sealsOf = ({ format, formatVersion, exportedAt, check, ticket, head }: Omit<ExportFile, 'seals'>) => ({
  about: digest({ format, formatVersion, exportedAt, check, head }),
  ticket: digest(ticket),
});

export type ExportChecked =
  | {
      readonly intact: true;
      readonly ticketNumber: string;
      readonly entries: number;
      readonly evidence: readonly ExportedEvidence[];
      /** To be compared with what the bank says: a file made anew from end to end fits in itself. */
      readonly head: string;
    }
  | { readonly intact: false; readonly where: string; readonly why: string };

const broken = (where: string, why: string): ExportChecked => ({ intact: false, where, why });

/** Checks every byte of an exported ticket; of what was changed, names the first place. */
export function verifyExport(text: string): ExportChecked {
  const json = parseJson(text);
  if (json === undefined) return broken('the file', 'it is no JSON any more');
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return broken(issue?.path.join('.') || 'the file', 'it does not have the form of an export');
  }
  const file = parsed.data;
  const wrong = wrongEntry(file) ?? wrongEvidence(file) ?? wrongSeal(file);
  if (wrong !== undefined) return wrong;
  const written = render(file);
  if (written !== text) {
    return broken(`line ${firstDifferentLine(written, text)}`, 'the file is not written as it was exported');
  }
  const { number } = file.ticket;
  return {
    ...{ intact: true, ticketNumber: String(number), entries: file.timeline.length },
    evidence: file.evidence ?? [],
    head: file.head.chain,
  };
}

function wrongEntry({ timeline, head }: ExportFile): ExportChecked | undefined {
  let before = { seq: 0, chain: CHAIN_START };
  for (const entry of timeline) {
    const { seq, type, at, by, data, previous, words, salt } = entry;
    const where = `timeline entry ${before.seq + 1} (${type})`;
    if (seq !== before.seq + 1) return broken(where, 'an entry before it is missing, or was put in');
    if (previous !== before.chain) return broken(where, 'it does not follow the entry before it');
    const computed = entryHash(before.chain, seq, { type, at, by, data: data as JournalEntry['data'] });
    if (computed !== entry.hash) return broken(where, 'its hash does not fit what it says');
    const { wordsSeal } = sealSchema.parse(data);
    const isSealed = words === undefined ? salt === undefined : sealOf(salt ?? '', words) === wordsSeal;
    if (!isSealed) return broken(where, 'its words are not those that were sealed');
    before = { seq, chain: entry.hash };
  }
  const ends = head.seq === before.seq && head.chain === before.chain;
  return ends ? undefined : broken('head', 'the timeline does not end where the file says');
}

/** Told a second time for people; it must be what the sealed timeline says. */
function wrongEvidence({ timeline, evidence }: ExportFile): ExportChecked | undefined {
  const same = canonical(evidence ?? []) === canonical(evidenceOf(timeline));
  return same ? undefined : broken('evidence', 'it is not what the timeline says');
}

const sealOf = (salt: string, words: string): string => hash('sha256', `${salt}\n${words}`, 'hex');

function wrongSeal(file: ExportFile): ExportChecked | undefined {
  const seals = sealsOf(file);
  if (seals.ticket !== file.seals.ticket) return broken('ticket', 'it is not what was exported');
  if (seals.about !== file.seals.about)
    return broken('exportedAt, check or head', 'it is not what was exported');
  return undefined;
}

function firstDifferentLine(a: string, b: string): number {
  const others = b.split('\n');
  return a.split('\n').findIndex((line, index) => line !== others[index]) + 1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
