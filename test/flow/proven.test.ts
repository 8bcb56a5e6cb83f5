import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyExport } from '../../functions/ticket/export-file.ts';
import { type Night, startNight } from './night.ts';
import { createProof, type Proof } from './proof.ts';

let night: Night;
let proof: Proof;
beforeAll(async () => {
  night = await startNight();
  proof = createProof(night);
});
afterAll(async () => {
  proof.stop();
  await night.stop();
});
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const problem = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });

/** Grace said "not mine"; her ticket is before people. */
async function reported(): Promise<string> {
  await night.customer('grace', 'card-1');
  await proof.enrolTotp('grace');
  await night.spree('card-1', 'grace');
  await night.reply('grace', '2');
  return (await night.onlyTicket('grace')).ticket.number;
}

/** Proves herself by two kinds of factor for this action. */
async function proven(action: string): Promise<string> {
  // A one-time password is good once.
  await night.stack.advance(31_000);
  const { verificationId } = (await proof.open('grace', 'card-1', { action })).body;
  await proof.order('grace', verificationId);
  await proof.check('grace', verificationId, proof.code('grace'));
  await night.post('grace', `/verifications/${verificationId}/totp`, `totp-of-${verificationId}`, {
    code: proof.totp(),
  });
  expect((await proof.read('grace', verificationId)).status).toBe('passed');
  return verificationId;
}

describe('D11 export', () => {
  test('one file after two factors; a changed byte is found and named', async () => {
    const number = await reported();
    await night.post('grace', `/tickets/${number}/messages`, 'message-press', { text: 'I was asleep' });
    const verificationId = await proven('export_ticket');
    const granted = await night.post<{ exportId: string }>(
      ...(['grace', `/tickets/${number}/export`, 'export-press-1', { verificationId }] as const),
    );
    expect(granted.status).toBe(200);
    const path = `/exports/${granted.body.exportId}`;
    const { body } = await night.get<{ fileName: string; file: string }>('grace', path);
    expect(body.fileName).toBe(`${number}.json`);
    expect(verifyExport(body.file)).toMatchObject({ intact: true, ticketNumber: number });
    expect(body.file).toContain('I was asleep');
    const seq = JSON.parse(body.file).timeline.find(
      ({ type }: { type: string }) => type === 'customer_message',
    ).seq;
    expect(verifyExport(body.file.replace('asleep', 'awake!'))).toMatchObject({
      ...{ intact: false, where: `timeline entry ${seq} (customer_message)` },
    });
    expect((await night.ticket(number)).timeline.at(-1)).toMatchObject({ type: 'ticket_exported' });
    // The proof is used up, and the file is gone after a quarter of an hour.
    const again = await night.post(
      ...(['grace', `/tickets/${number}/export`, 'export-press-2', { verificationId }] as const),
    );
    expect(again).toMatchObject({ status: 409, ...problem('verification-over') });
    await night.stack.advance(16 * 60_000);
    expect((await night.get('grace', path)).status).toBe(404);
  });

  test('not without a proof, not with one for something else, and nobody else fetches it (I11)', async () => {
    const number = await reported();
    await night.customer('zhang', 'card-2', { lastFour: '2222' });
    const { verificationId } = (await proof.open('grace', 'card-1', { action: 'export_ticket' })).body;
    const path = `/tickets/${number}/export`;
    expect(await night.post('grace', path, 'press-0001', { verificationId })).toMatchObject({
      ...{ status: 409, ...problem('not-verified') },
    });
    const other = await proven('close_replace');
    expect((await night.post('grace', path, 'press-0002', { verificationId: other })).status).toBe(404);
    expect((await night.post('zhang', path, 'press-0003', { verificationId: other })).status).toBe(404);
    const right = await proven('export_ticket');
    const granted = await night.post<{ exportId: string }>('grace', path, 'press-0004', {
      verificationId: right,
    });
    expect((await night.get('zhang', `/exports/${granted.body.exportId}`)).status).toBe(404);
  });
});

describe('D14 close and replace', () => {
  test('after "not mine", proven: the bank is asked once, and the ticket shows it', async () => {
    const number = await reported();
    const told: { detail?: { ticketNumber?: string } }[] = [];
    const stop = night.stack.front.bus.subscribe({ 'detail-type': ['CardReplacementRequested'] }, (event) =>
      told.push(event),
    );
    const verificationId = await proven('close_replace');
    const path = '/cards/card-1/replace';
    const first = await night.post('grace', path, 'replace-press-1', { verificationId });
    expect(first).toMatchObject({ status: 200, body: { outcome: 'requested', ticket: { number } } });
    expect(await night.post('grace', path, 'replace-press-1', { verificationId })).toEqual(first);
    const secondProof = await proven('close_replace');
    expect(await night.post('grace', path, 'replace-press-2', { verificationId: secondProof })).toMatchObject(
      { status: 200, body: { outcome: 'requested_already' } },
    );
    stop();
    expect(told).toMatchObject([{ detail: { cardToken: 'card-1', ticketNumber: number } }]);
    const { body } = await night.get<{ replacementRequestedAt: string }>('grace', `/tickets/${number}`);
    expect(body.replacementRequestedAt).toMatch(/^2026-03-1/);
  });

  test('a card nothing was reported about is not replaced this way', async () => {
    await night.customer('grace', 'card-1');
    await proof.enrolTotp('grace');
    const verificationId = await proven('close_replace');
    const answered = await night.post('grace', '/cards/card-1/replace', 'replace-press', { verificationId });
    expect(answered).toMatchObject({ status: 409, ...problem('nothing-to-replace') });
  });
});
