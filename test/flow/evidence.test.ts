import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { readTimeline } from '../../functions/platform/sealed-words.ts';
import { verifyExport, writeExport } from '../../functions/ticket/export-file.ts';
import { createErasure } from '../../tools/erase/erasure.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let target: Target;
beforeAll(async () => {
  night = await startNight();
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Evidence {
  readonly evidenceId: string;
  readonly state: string;
  readonly name: string;
  readonly reason?: string;
  readonly sha256: string;
}
interface Asked {
  readonly evidence: Evidence;
  readonly upload: { readonly url: string; readonly headers: Record<string, string>; readonly until: string };
  readonly ticket: { readonly version: number };
}
interface Fetched {
  readonly url: string;
}

const PDF = Buffer.from('%PDF-1.7\na receipt of somewhere else, at the very same minute\n%%EOF');
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('a screenshot'),
]);
/** The harmless file that every scanner takes for a virus (eicar.org), in a PDF's coat; put together here, lest one finds it in this file. */
const INFECTED = Buffer.from(
  `%PDF-1.7\n${['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('')}`,
);

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
let presses = 0;
const press = () => {
  presses += 1;
  return `press-${presses}-evidence`;
};

/** A ticket with a person, that waits for the customer's papers. */
async function ticketOf(person: 'zhang' | 'grace', cardToken: string): Promise<string> {
  await night.customer(person, cardToken);
  await night.spree(cardToken, person);
  await night.reply(person, '2');
  return (await night.onlyTicket(person)).ticket.number;
}

const announce = (bytes: Buffer, over: object = {}) => ({
  ...{ name: '截图 4111 1111 1111 1111.pdf', mediaType: 'application/pdf' },
  ...{ bytes: bytes.length, sha256: sha256Of(bytes) },
  ...over,
});
const ask = (number: string, body: object, who: 'zhang' | 'grace' = 'zhang') =>
  night.post<Asked>(who, `/tickets/${number}/evidence`, press(), body);

/** As a browser would send it. */
async function put({ upload }: Asked, bytes: Buffer, headers: Record<string, string> = upload.headers) {
  const response = await fetch(upload.url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  await night.stack.settle();
  return { status: response.status, text: await response.text() };
}

async function sent(number: string, bytes: Buffer, over: object = {}): Promise<Evidence> {
  const asked = await ask(number, announce(bytes, over));
  expect(asked.status).toBe(200);
  expect(await put(asked.body, bytes)).toMatchObject({ status: 200 });
  return one(number, asked.body.evidence.evidenceId);
}

async function one(number: string, evidenceId: string): Promise<Evidence> {
  const { body } = await night.get<{ evidence: Evidence[] }>('zhang', `/tickets/${number}/evidence`);
  const found = body.evidence.find((evidence) => evidence.evidenceId === evidenceId);
  if (found === undefined) throw new Error('no such evidence');
  return found;
}
const fetchOf = (number: string, { evidenceId }: Pick<Evidence, 'evidenceId'>) =>
  `/tickets/${number}/evidence/${evidenceId}`;
const typesOf = async (number: string) => (await night.ticket(number)).timeline.map(({ type }) => type);
const shelved = () => night.stack.front.objects.list(target.evidenceBucket, '');

test('D9 D11 papers the desk asked for: sent, checked, into the chain by their hash, work goes on, read by both', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const email = 'zhang.wei@mail.example';
  await night.bank.contact(people.zhang, { email, sourceVersion: 5, occurredAt: night.now(-60) });
  await night.stack.settle();
  await night.post('agent', `/agent/tickets/${number}/claim`, press());
  const wait = { whom: 'customer', text: '请补充收据', evidence: true };
  await night.post('agent', `/agent/tickets/${number}/wait`, press(), wait);
  const waiting = await night.get<{ status: string; version: number; evidenceWantedAt?: string }>(
    'zhang',
    `/tickets/${number}`,
  );
  expect(waiting.body).toMatchObject({ status: 'awaiting_customer', evidenceWantedAt: night.now() });
  expect(night.stack.mailbox.mails(email).at(-1)?.text).toContain(number);

  const asked = await ask(number, announce(PDF));
  expect(asked.body.evidence).toMatchObject({ state: 'requested', sha256: sha256Of(PDF) });
  // Nothing of the customer's is in the address, and the card number is in nothing at all.
  expect(decodeURIComponent(asked.body.upload.url)).not.toMatch(/截图|4111/);
  expect(asked.body.evidence.name).toMatch(/^截图 ••••1111\.pdf$/);
  expect((await night.get('zhang', fetchOf(number, asked.body.evidence))).status).toBe(409);
  expect(await put(asked.body, PDF)).toMatchObject({ status: 200 });

  const evidence = await one(number, asked.body.evidence.evidenceId);
  expect(evidence.state).toBe('clean');
  const after = await night.ticket(number);
  expect(after.ticket.status).toBe('in_progress');
  expect(after.ticket.version).toBeGreaterThan(waiting.body.version);
  expect(after.timelineIntact).toBe(true);
  expect(after.timeline.find(({ type }) => type === 'evidence_received')?.data).toMatchObject({
    ...{ evidenceId: evidence.evidenceId, sha256: sha256Of(PDF), bytes: PDF.length },
  });
  expect(await typesOf(number)).toEqual(expect.arrayContaining(['evidence_announced', 'evidence_accepted']));

  const link = await night.get<Fetched>('zhang', fetchOf(number, evidence));
  const file = await fetch(link.body.url);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(PDF);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''/);
  expect(file.headers.get('content-type')).toBe('application/pdf');
  const atDesk = await night.get<Fetched>('agent', `/agent${fetchOf(number, evidence)}`);
  expect((await fetch(atDesk.body.url)).status).toBe(200);
  const logged = night.stack.logs('agent-api').filter(({ line }) => line.includes('evidence_fetched'));
  expect(logged).toHaveLength(1);
  expect(logged[0]?.line).toContain(people.zhang.customerId);

  // A minute later the link is nobody's any more.
  await night.stack.advance(61_000);
  expect((await fetch(link.body.url)).status).toBe(403);
});

test('only the very file that was announced is taken', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const { body } = await ask(number, announce(PDF));
  const other = Buffer.from(PDF.toString().replace('receipt', 'RECEIPT'));
  expect(await put(body, other)).toMatchObject({ status: 400, text: expect.stringContaining('BadDigest') });
  const own = {
    ...body.upload.headers,
    'x-amz-checksum-sha256': createHash('sha256').update(other).digest('base64'),
  };
  expect(await put(body, other, own)).toMatchObject({
    status: 403,
    text: expect.stringContaining('SignatureDoesNotMatch'),
  });
  expect((await put(body, Buffer.concat([PDF, PDF]))).status).toBe(403);
  expect((await put(body, PDF, { ...body.upload.headers, 'content-type': 'text/html' })).status).toBe(403);
  expect((await put(body, PDF, {})).status).toBe(403);
  const elsewhere = { ...body, upload: { ...body.upload, url: body.upload.url.replace(/.\?/, 'A?') } };
  expect((await put(elsewhere, PDF)).status).toBe(403);
  expect((await fetch(body.upload.url)).status).toBe(403);
  expect((await fetch(body.upload.url.split('?')[0] ?? '')).status).toBe(403);
  expect(shelved()).toEqual([]);
  expect(await put(body, PDF)).toMatchObject({ status: 200 });
  // Sent again by a page that heard no answer: nothing happens twice.
  expect(await put(body, PDF)).toMatchObject({ status: 200 });
  expect((await typesOf(number)).filter((type) => type === 'evidence_accepted')).toHaveLength(1);
});

test('what is too large, of another type, or about a transaction nobody disputes is refused at the door', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const problem = async (over: object) => (await ask(number, announce(PDF, over))).body;
  const type = (name: string) => ({ type: `urn:cardguard:problem:${name}` });
  expect(await problem({ bytes: 10 * 1024 * 1024 + 1 })).toMatchObject(type('file-too-large'));
  expect(await problem({ mediaType: 'image/svg+xml' })).toMatchObject(type('file-type-not-taken'));
  expect(await problem({ transactionId: 'T-of-nobody' })).toMatchObject(type('not-disputed'));
  expect(await problem({ sha256: 'abc' })).toMatchObject(type('invalid-request'));
  expect(await typesOf(number)).not.toContain('evidence_announced');
});

test('a file that is not what its type says is refused and taken off the shelf', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const evidence = await sent(number, PNG);
  expect(evidence).toMatchObject({ state: 'refused', reason: 'wrong_type' });
  expect(shelved()).toEqual([]);
  expect(await night.get('zhang', fetchOf(number, evidence))).toMatchObject({ status: 409 });
  expect(await sent(number, PNG, { mediaType: 'image/png' })).toMatchObject({ state: 'clean' });
});

test('a virus is refused, its file is gone, and the ticket still waits for the customer', async () => {
  const number = await ticketOf('zhang', 'card-1');
  await night.post('agent', `/agent/tickets/${number}/claim`, press());
  const wait = { whom: 'customer', text: '请补充收据', evidence: true };
  await night.post('agent', `/agent/tickets/${number}/wait`, press(), wait);
  const evidence = await sent(number, INFECTED);
  expect(evidence).toMatchObject({ state: 'refused', reason: 'infected' });
  expect(shelved()).toEqual([]);
  expect((await night.ticket(number)).ticket.status).toBe('awaiting_customer');
  expect(await typesOf(number)).toEqual(expect.arrayContaining(['evidence_received', 'evidence_refused']));
  expect((await night.get('agent', `/agent${fetchOf(number, evidence)}`)).status).toBe(409);
});

test('until a scanner has spoken nobody reads it; one that never speaks, or cannot, leaves it refused', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const { scanner } = night.stack.front;
  scanner.answer('silent');
  const evidence = await sent(number, PDF);
  expect(evidence.state).toBe('uploaded');
  expect((await night.get('zhang', fetchOf(number, evidence))).status).toBe(409);
  expect((await night.get('agent', `/agent${fetchOf(number, evidence)}`)).status).toBe(409);
  await night.stack.advance(61 * 60_000);
  expect(await one(number, evidence.evidenceId)).toMatchObject({ state: 'refused', reason: 'not_scanned' });
  expect(shelved()).toEqual([]);
  scanner.answer('UNSUPPORTED');
  expect(await sent(number, PDF)).toMatchObject({ state: 'refused', reason: 'not_scannable' });
  scanner.answer('FAILED');
  expect(await sent(number, PDF)).toMatchObject({ state: 'refused', reason: 'not_scanned' });
  scanner.answer(undefined);
  const clean = await sent(number, PDF);
  const [object] = shelved();
  if (object === undefined) throw new Error('nothing on the shelf');
  // What was clean may be known as malware later.
  scanner.answer('THREATS_FOUND');
  await scanner.scan(object);
  await night.stack.settle();
  expect(await one(number, clean.evidenceId)).toMatchObject({ state: 'refused', reason: 'infected' });
  expect(shelved()).toEqual([]);
});

test('an address runs out, and what never came is let go of', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const { body } = await ask(number, announce(PDF));
  await night.stack.advance(15 * 60_000);
  expect(await put(body, PDF)).toMatchObject({ status: 403, text: expect.stringContaining('expired') });
  await night.stack.advance(16 * 60_000);
  expect((await one(number, body.evidence.evidenceId)).state).toBe('expired');
  expect(await typesOf(number)).toContain('evidence_expired');
});

test('I11 nobody sees or adds to the papers of somebody else', async () => {
  const number = await ticketOf('zhang', 'card-1');
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  const evidence = await sent(number, PDF);
  expect((await ask(number, announce(PDF), 'grace')).status).toBe(404);
  expect((await night.get('grace', `/tickets/${number}/evidence`)).status).toBe(404);
  expect((await night.get('grace', fetchOf(number, evidence))).status).toBe(404);
  // An agent who does not have the ticket in hand reads, and adds nothing.
  const added = await night.post('agent', `/agent/tickets/${number}/evidence`, press(), announce(PDF));
  expect(added).toMatchObject({ status: 409, body: { type: 'urn:cardguard:problem:not-your-ticket' } });
  await night.post('agent', `/agent/tickets/${number}/claim`, press());
  const asked = await night.post<Asked>('agent', `/agent/tickets/${number}/evidence`, press(), announce(PDF));
  expect(await put(asked.body, PDF)).toMatchObject({ status: 200 });
  expect(await one(number, asked.body.evidence.evidenceId)).toMatchObject({ state: 'clean', by: 'agent' });
});

test('D2 papers of a merged ticket, by their purchase, are listed and read at the one it goes on in', async () => {
  const target = await ticketOf('zhang', 'card-1');
  await sent(target, PDF, { name: 'first.pdf' });
  await night.customer('zhang', 'card-2', { lastFour: '2222' });
  const transactionId = await night.spree('card-2', 'zhang');
  const report = { cardToken: 'card-2', transactionIds: [transactionId] };
  const reported = await night.post<{ ticket: { number: string } }>('zhang', '/reports', press(), report);
  const source = reported.body.ticket.number;
  expect(source).not.toBe(target);
  await night.stack.advance(1_000);
  const second = await sent(source, PDF, { name: 'second.pdf', transactionId });
  await night.stack.advance(1_000);
  const later = await ask(source, announce(PNG, { name: 'third.png', mediaType: 'image/png' }));
  const into = { into: target, reason: 'one thief, two cards' };
  expect((await night.post('supervisor', `/agent/tickets/${source}/merge`, press(), into)).status).toBe(200);
  // What was announced before and comes after is part of it, too.
  expect(await put(later.body, PNG)).toMatchObject({ status: 200 });
  for (const [who, path] of [
    ['zhang', '/tickets'],
    ['agent', '/agent/tickets'],
  ] as const) {
    const listed = await night.get<{ evidence: Evidence[] }>(who, `${path}/${target}/evidence`);
    expect(listed.body.evidence).toMatchObject([
      { name: 'first.pdf', state: 'clean' },
      { name: 'second.pdf', state: 'clean', transactionId },
      { name: 'third.png', state: 'clean' },
    ]);
    const link = await night.get<Fetched>(who, `${path}/${target}/evidence/${second.evidenceId}`);
    expect(Buffer.from(await (await fetch(link.body.url)).arrayBuffer())).toEqual(PDF);
    // The old number keeps what was sent under it.
    const old = await night.get<{ evidence: Evidence[] }>(who, `${path}/${source}/evidence`);
    expect(old.body.evidence.map(({ name }) => name)).toEqual(['second.pdf', 'third.png']);
  }
  expect((await night.ticket(target)).timelineIntact).toBe(true);
  await night.customer('grace', 'card-3', { lastFour: '3333' });
  expect((await night.get('grace', fetchOf(target, second))).status).toBe(404);
});

test('a ticket that was over comes back for papers nobody would read else', async () => {
  const number = await ticketOf('zhang', 'card-1');
  await night.post('agent', `/agent/tickets/${number}/claim`, press());
  const end = { resolution: 'explained', text: 'all is well' };
  await night.post('agent', `/agent/tickets/${number}/resolve`, press(), end);
  expect((await night.ticket(number)).ticket.status).toBe('resolved');
  await sent(number, PDF);
  expect((await night.ticket(number)).ticket).toMatchObject({
    status: 'queued',
    queuedReason: 'evidence_received',
  });
});

test('a page of another origin may send to the shelf only what it was told to, and only where pages may be', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const { body } = await ask(number, announce(PDF));
  const preflight = (origin: string, headers: string) =>
    fetch(body.upload.url, {
      method: 'OPTIONS',
      headers: {
        ...{ origin, 'access-control-request-method': 'PUT' },
        'access-control-request-headers': headers,
      },
    });
  const own = await preflight('http://localhost:5173', 'content-type,x-amz-checksum-sha256');
  expect(own.status).toBe(200);
  expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect((await preflight('https://evil.example', 'content-type')).status).toBe(403);
  expect((await preflight('http://localhost:5173', 'x-amz-acl')).status).toBe(403);
});

test('D11 the export lists papers by their hash and checks itself', async () => {
  const number = await ticketOf('zhang', 'card-1');
  await sent(number, PDF);
  await sent(number, PNG);
  const rooms = roomsOn({ ...target, now: () => new Date(night.clock.now()) });
  const ticket = await rooms.tickets.byNumber(number);
  if (ticket === undefined) throw new Error('no ticket');
  const items = await rooms.exports.read(ticket.body.ticketId);
  const file = writeExport({ ticket: ticket.body, ...items, at: night.now() });
  expect(verifyExport(file)).toMatchObject({
    intact: true,
    // What was refused before it was received is told in the timeline alone.
    evidence: [{ sha256: sha256Of(PDF), state: 'clean', bytes: PDF.length }],
  });
  const forged = file.replaceAll(sha256Of(PDF), sha256Of(PNG));
  expect(verifyExport(forged)).toMatchObject({ intact: false });
  const listed = file.lastIndexOf(sha256Of(PDF));
  const inList = `${file.slice(0, listed)}${sha256Of(PNG)}${file.slice(listed + 64)}`;
  expect(verifyExport(inList)).toMatchObject({ intact: false, where: 'evidence' });
});

test('an erasure takes the files, every version of them, and what was known of them; the chain still verifies', async () => {
  const number = await ticketOf('zhang', 'card-1');
  const { body } = await ask(number, announce(PDF));
  await put(body, PDF);
  await put(body, PDF);
  expect(shelved()).toHaveLength(2);
  await night.post('agent', `/agent/tickets/${number}/claim`, press());
  const end = { resolution: 'explained', text: 'all is well' };
  await night.post('agent', `/agent/tickets/${number}/resolve`, press(), end);
  const erasure = createErasure(target, () => new Date(night.clock.now()));
  const plan = await erasure.plan(people.zhang.customerId);
  expect(plan.evidence).toHaveLength(1);
  // The card is held by its NO: what is in the way is not what this is about.
  await erasure.apply({ ...plan, obstacles: [] });
  expect(shelved()).toEqual([]);
  const { cases } = await readTables(night.stack);
  expect(cases.filter(({ sk }) => sk.startsWith('DOC#'))).toEqual([]);
  const pk = cases.find(({ pk, sk }) => sk === 'META' && pk.startsWith('TICKET#'))?.pk;
  const ofTicket = (prefix: string) =>
    cases
      .filter((item) => item.pk === pk && item.sk.startsWith(prefix))
      .sort((a, b) => (a.sk < b.sk ? -1 : 1));
  expect(readTimeline(ofTicket('EVT#'), ofTicket('MSG#'))).toMatchObject({ intact: true });
  expect(ofTicket('EVT#').some(({ type }) => type === 'evidence_erased')).toBe(true);
  // An event that comes late finds nobody who waits for it.
  expect(await put(body, PDF)).toMatchObject({ status: 200 });
  expect(shelved()).toEqual([]);
});
