import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { createAskEvidenceUpload } from '../../functions/ticket/ask-evidence-upload.ts';
import { createChangeTicket } from '../../functions/ticket/change-ticket.ts';
import { type ExaminedFile, MOST_EVIDENCE, type ScanVerdict } from '../../functions/ticket/evidence.ts';
import { parseEvidenceEvent } from '../../functions/ticket/evidence-event.ts';
import { keyOfObject, objectKeyOf } from '../../functions/ticket/evidence-keys.ts';
import { cleanFileName, isOfType, mediaTypes } from '../../functions/ticket/evidence-media.ts';
import { evidenceStates, evidenceTransitions, mayFollow } from '../../functions/ticket/evidence-states.ts';
import { createEvidenceStore } from '../../functions/ticket/evidence-store.ts';
import { createRecordEvidence } from '../../functions/ticket/record-evidence.ts';
import { newTicket } from '../../functions/ticket/ticket.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const AT = '2026-03-10T15:40:00.000Z';
const now = () => new Date(AT);
const ticketId = 'T'.repeat(22);
const evidenceId = 'E'.repeat(22);
const HEAD = Buffer.from('%PDF-1.7\n1 0 obj');
const SHA = 'ab'.repeat(32);

describe('the life of evidence', () => {
  test('every state is reached, and refused and expired are ends', () => {
    const reached = new Set(Object.values(evidenceTransitions).flat());
    expect(evidenceStates.filter((state) => state !== 'requested' && !reached.has(state))).toEqual([]);
    expect(evidenceTransitions.refused).toEqual([]);
    expect(evidenceTransitions.expired).toEqual([]);
  });

  test('nothing is clean that was not uploaded, and nothing refused or expired comes back', () => {
    for (const from of evidenceStates)
      expect([from, mayFollow(from, 'clean')]).toEqual([from, from === 'uploaded']);
    for (const to of evidenceStates) {
      expect(mayFollow('refused', to)).toBe(false);
      expect(mayFollow('expired', to)).toBe(false);
    }
  });
});

describe('what a file is', () => {
  const heads: Readonly<Record<(typeof mediaTypes)[number], Buffer>> = {
    'application/pdf': HEAD,
    'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46]),
    'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
    'image/heic': Buffer.from([0, 0, 0, 0x18, ...Buffer.from('ftypheic'), 0, 0, 0, 0]),
  };
  test.each(mediaTypes)('%s is told from every other', (mediaType) => {
    for (const other of mediaTypes)
      expect([other, isOfType(mediaType, heads[other])]).toEqual([other, other === mediaType]);
    expect(isOfType(mediaType, Buffer.from('<script>alert(1)'))).toBe(false);
    expect(isOfType(mediaType, new Uint8Array())).toBe(false);
  });

  test('a name is one line without path, control or bidi characters, and ends as its type does', () => {
    expect(cleanFileName('../../etc/Quittung Straße.JPEG', 'image/jpeg')).toBe('Quittung Straße.jpg');
    expect(cleanFileName('C:\\secret\\收据.pdf', 'application/pdf')).toBe('收据.pdf');
    expect(cleanFileName('photo\u202egpj.exe', 'image/png')).toBe('photogpj.png');
    expect(cleanFileName('\u0000\r\n', 'image/png')).toBe('file.png');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const clean = cleanFileName(name, 'image/heic');
        expect(clean).toMatch(/^[^/\\\p{C}"]{1,80}\.heic$/su);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });

  test('keys of objects are read back, and nothing else is one', () => {
    const key = { ticketId, evidenceId };
    expect(keyOfObject(objectKeyOf(key))).toEqual(key);
    for (const other of [
      'malware-protection-resource-validation-object',
      'tickets/a/b',
      `${objectKeyOf(key)}/x`,
    ])
      expect(keyOfObject(other)).toBeUndefined();
  });
});

test('events of S3 and GuardDuty are read; a result nobody knows is no clean one', () => {
  const scanned = (result: string | null) =>
    JSON.stringify({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Malware Protection Object Scan Result',
      detail: {
        ...{ schemaVersion: '1.0', scanStatus: 'COMPLETED', resourceType: 'S3_OBJECT' },
        s3ObjectDetails: { bucketName: 'b', objectKey: 'k', eTag: 'e', versionId: 'v', s3Throttled: false },
        scanResultDetails: { scanResultStatus: result, threats: null },
      },
    });
  const verdictOf = (result: string | null) => {
    const parsed = parseEvidenceEvent(scanned(result));
    return parsed.kind === 'event' ? parsed.event.verdict : parsed.reason;
  };
  expect(
    ['NO_THREATS_FOUND', 'THREATS_FOUND', 'UNSUPPORTED', 'FAILED', 'A_NEW_ONE', null].map(verdictOf),
  ).toEqual(['clean', 'infected', 'not_scannable', 'failed', 'failed', 'failed']);
  expect(parseEvidenceEvent('{')).toMatchObject({ kind: 'refused', reason: 'not_json' });
  expect(parseEvidenceEvent('{"source":"aws.s3"}')).toMatchObject({ kind: 'refused', reason: 'malformed' });
});

function world() {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: [], stream: false },
      cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: true },
    },
    newId,
  });
  const rooms = roomsOn({ db, now, cardsTable: 'cards', casesTable: 'cases', newSalt: newId });
  const evidence = createEvidenceStore(rooms);
  const shelf = {
    file: { bytes: 16, sha256: SHA, head: HEAD } as ExaminedFile | undefined,
    removed: 0,
    examine: async () => shelf.file,
    remove: async () => {
      shelf.removed += 1;
      shelf.file = undefined;
    },
  };
  const links = {
    upload: async () => ({ url: 'u', method: 'PUT' as const, headers: {}, until: AT }),
    download: async () => ({ url: 'd', method: 'GET' as const, headers: {}, until: AT }),
  };
  const askUpload = createAskEvidenceUpload({
    evidence,
    links,
    changeTicket: createChangeTicket(rooms),
    now,
  });
  const ask = (id: string) =>
    askUpload(
      {
        ...{ number: 'FR-7K3M9QXZ', mayChange: () => true, together: () => [] },
        wanted: {
          ...{ evidenceId: id, mediaType: 'application/pdf', bytes: 16, sha256: SHA },
          ...{ name: 'a.pdf', by: 'customer:C' },
        },
      },
      ticketId,
    );
  const open = async () => {
    const opened = newTicket({
      ...{ ticketId, number: 'FR-7K3M9QXZ', category: 'suspected_fraud', priority: 'P1' },
      ...{ customerId: 'C', cardToken: 'card', at: AT },
    });
    const entries = [{ type: 'alert_opened' as const, by: 'system', data: {} }];
    await db.commit<unknown>(rooms.tickets.save(undefined, opened, { now: now(), entries }));
  };
  const record = createRecordEvidence({ ...rooms, evidence, shelf, scan: 'required' });
  const seen = (verdict?: ScanVerdict) => record({ ticketId, evidenceId, verdict });
  const journal = async () => {
    const { entries } = await rooms.exports.read(ticketId);
    return entries.map(({ type }) => String(type)).filter((type) => type.startsWith('evidence_'));
  };
  const state = async () => (await evidence.get({ ticketId, evidenceId }))?.body.state;
  return { ask, open, seen, shelf, journal, state, record };
}

describe('two events of one file, at once and in any order', () => {
  let it: ReturnType<typeof world>;
  beforeEach(async () => {
    it = world();
    await it.open();
    await it.ask(evidenceId);
  });

  test('the scan may be told before the arrival, and together with it', async () => {
    await Promise.all([it.seen('clean'), it.seen(), it.seen('clean'), it.seen()]);
    expect(await it.state()).toBe('clean');
    expect(await it.journal()).toEqual(['evidence_announced', 'evidence_received', 'evidence_accepted']);
    expect(it.shelf.removed).toBe(0);
  });

  test('whatever comes, and however often: each step once, nothing infected is ever clean', async () => {
    const verdicts = fc.constantFrom<ScanVerdict | undefined>(
      undefined,
      'clean',
      'infected',
      'not_scannable',
      'failed',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(verdicts, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (waves) => {
          const one = world();
          await one.open();
          await one.ask(evidenceId);
          for (const wave of waves) await Promise.all(wave.map((verdict) => one.seen(verdict)));
          const steps = await one.journal();
          expect(new Set(steps).size).toBe(steps.length);
          const state = await one.state();
          if (waves.flat().includes('infected')) expect(state).toBe('refused');
          if (state === 'refused') expect(one.shelf.file).toBeUndefined();
          if (state === 'clean') expect(one.shelf.file).toBeDefined();
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([
    ['wrong_size', { bytes: 17, sha256: SHA, head: HEAD }],
    ['wrong_checksum', { bytes: 16, sha256: 'cd'.repeat(32), head: HEAD }],
    ['wrong_checksum', { bytes: 16, sha256: undefined, head: HEAD }],
    ['wrong_type', { bytes: 16, sha256: SHA, head: Buffer.from('MZ') }],
  ])('%s is refused and removed, whatever the scanner says', async (_reason, file) => {
    it.shelf.file = file;
    expect(await it.seen('clean')).toMatchObject({ outcome: 'refused' });
    expect(await it.state()).toBe('refused');
    expect(it.shelf.removed).toBe(1);
    // A crash between the two: the event comes again.
    it.shelf.file = file;
    expect(await it.seen()).toMatchObject({ outcome: 'removed' });
    expect(it.shelf.file).toBeUndefined();
  });

  test('a file nobody asked for is taken off the shelf', async () => {
    const recorded = await it.record({ ticketId, evidenceId: 'X'.repeat(22) });
    expect(recorded).toEqual({ outcome: 'removed' });
    expect(it.shelf.removed).toBe(1);
  });
});

test('a ticket takes so many files and no more, also when they are asked for at once', async () => {
  const it = world();
  await it.open();
  const ids = Array.from({ length: MOST_EVIDENCE + 5 }, (_, index) => `${index}`.padStart(22, '0'));
  const answers = [];
  for (let from = 0; from < ids.length; from += 3)
    answers.push(...(await Promise.all(ids.slice(from, from + 3).map((id) => it.ask(id)))));
  expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(MOST_EVIDENCE);
  expect(answers.filter(({ outcome }) => outcome === 'refused')).toHaveLength(5);
});
