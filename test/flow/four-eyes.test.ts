import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Approval {
  readonly kind: string;
  readonly subjectId: string;
  readonly proposedBy: string;
  readonly approvedBy?: string;
  readonly reason: string;
}
interface Answer {
  readonly outcome?: string;
  readonly approval?: Approval;
  readonly lifted?: boolean;
  readonly type?: string;
}
let requests = 0;
/** A new request each time, unless a key is given. */
const post = (who: 'agent' | 'agent2' | 'zhang', path: string, body?: object, key?: string) => {
  requests += 1;
  return night.post<Answer>(who, path, key ?? `request-${requests}`, body);
};
const problem = (name: string) => `urn:cardguard:problem:${name}`;
const reason = { reason: 'Called the customer: it was the family, card 4111111111111111' };

/** A "not mine" by text, its ticket in the hands of the first agent. */
async function notMine(): Promise<{ undo: string; number: string; alertId: string }> {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  const { ticket } = await night.onlyTicket('zhang');
  const { alertId } = ticket as typeof ticket & { alertId: string };
  await post('agent', `/agent/tickets/${ticket.number}/claim`);
  return { undo: `/agent/alerts/${alertId}/undo-not-mine`, number: ticket.number, alertId };
}
const approvals = async () =>
  (await night.get<{ approvals: Approval[] }>('agent2', '/agent/approvals')).body.approvals;

test('D5 a "not mine" is undone by two people: genuine, our hold lifted, both named in the journal', async () => {
  const { undo, number } = await notMine();
  expect(await post('agent', undo, reason)).toMatchObject({ status: 200, body: { outcome: 'proposed' } });
  expect(await approvals()).toMatchObject([
    { kind: 'undo_not_mine', proposedBy: 'Li Na', reason: expect.stringContaining('••••1111') },
  ]);
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
  const granted = await post('agent2', `${undo}/approve`);
  expect(granted).toMatchObject({
    status: 200,
    body: { lifted: true, approval: { approvedBy: 'Wang Fang' } },
  });
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'active', holds: [] });
  const page = await night.ticket(number);
  expect(page.alert?.status).toBe('settled_genuine');
  expect(page.timelineIntact).toBe(true);
  const entry = page.timeline.find(({ type }) => type === 'not_mine_undone');
  expect(entry?.data).toMatchObject({ proposedBy: 'agent-li', approvedBy: 'agent-wang', lifted: true });
  expect(await approvals()).toEqual([]);
  const { cases, cards } = await readTables(night.stack);
  const lifted = cases.find(({ type }) => type === 'fraud_hold_lifted');
  expect(lifted?.by).toBe('agent:agent-li+agent:agent-wang');
  const state = cards.find(({ pk, sk }) => pk === 'CARD#card-1' && sk === 'STATE');
  expect(state?.passes, 'H18 leave to pay again').toMatchObject([{ merchantId: 'M-999', usesLeft: 2 }]);
  expect(JSON.stringify(cases)).not.toContain('4111111111111111');
});

describe('four eyes', () => {
  test('who asked cannot grant', async () => {
    const { undo } = await notMine();
    await post('agent', undo, reason);
    const own = await post('agent', `${undo}/approve`);
    expect(own).toMatchObject({ status: 403, body: { type: problem('same-person') } });
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
  });

  test('one declines and says why: nothing is lifted, nobody else can grant it, and it may be asked for anew', async () => {
    const { undo, number, alertId } = await notMine();
    const decline = `/agent/approvals/undo_not_mine/${alertId}/decline`;
    const why = { reason: 'He is on the phone: it was not him, card 4111111111111111' };
    expect(await post('agent2', decline, why)).toMatchObject({ status: 404 });
    await post('agent', undo, reason);
    expect(await post('agent2', decline, why)).toMatchObject({
      status: 200,
      body: { approval: { proposedBy: 'Li Na', declinedBy: 'Wang Fang' } },
    });
    expect(await approvals()).toEqual([]);
    const nothing = { status: 409, body: { type: problem('nothing-to-approve') } };
    expect(await post('agent2', `${undo}/approve`)).toMatchObject(nothing);
    expect(await post('agent2', decline, why)).toMatchObject(nothing);
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    const told = (await night.ticket(number)).timeline.find(({ type }) => type === 'undo_not_mine_declined');
    expect(told).toMatchObject({
      data: { proposedBy: 'agent-li', declinedBy: 'agent-wang', declinedByName: 'Wang Fang' },
      words: expect.stringContaining('••••1111'),
    });
    expect(await post('agent', undo, reason)).toMatchObject({ body: { outcome: 'proposed' } });
    // Who asked may take it back.
    const back = await post('agent', decline, why, 'take-it-back');
    expect(back).toMatchObject({ body: { approval: { declinedBy: 'Li Na' } } });
    expect(await post('agent', decline, why, 'take-it-back')).toEqual(back);
    expect(await approvals()).toEqual([]);
    const types = (await night.ticket(number)).timeline.map(({ type }) => type);
    expect(types.filter((type) => type === 'undo_not_mine_withdrawn')).toHaveLength(1);
  });

  test('of a yes and a no at once one counts, and the other is told', async () => {
    const { undo, number, alertId } = await notMine();
    await post('agent', undo, reason);
    const decline = `/agent/approvals/undo_not_mine/${alertId}/decline`;
    const [yes, no] = await Promise.all([
      post('agent2', `${undo}/approve`),
      post('agent2', decline, { reason: 'It was not him' }),
    ]);
    expect([yes.status, no.status].sort()).toEqual([200, 409]);
    const { holds } = await night.card('zhang', 'card-1');
    expect(holds).toEqual(yes.status === 200 ? [] : ['fraud']);
    const types = (await night.ticket(number)).timeline.map(({ type }) => type);
    expect(types.filter((type) => /^(not_mine_undone|undo_not_mine_declined)$/.test(type))).toEqual([
      yes.status === 200 ? 'not_mine_undone' : 'undo_not_mine_declined',
    ]);
  });

  test('without a request, or after 30 minutes, there is nothing to grant', async () => {
    const { undo, number } = await notMine();
    const nothing = { status: 409, body: { type: problem('nothing-to-approve') } };
    expect(await post('agent2', `${undo}/approve`)).toMatchObject(nothing);
    await post('agent', undo, reason);
    await night.clock.advance(31 * 60_000);
    expect(await post('agent2', `${undo}/approve`)).toMatchObject(nothing);
    expect(await approvals()).toEqual([]);
    expect(await night.card('zhang', 'card-1')).toMatchObject({ holds: ['fraud'] });
    // Taken in hand and asked for anew, it can be granted: nobody showed for twenty minutes that they were there.
    await post('agent', `/agent/tickets/${number}/claim`);
    await post('agent', undo, reason);
    expect(await post('agent2', `${undo}/approve`)).toMatchObject({ status: 200 });
  });

  test('only who has the ticket in hand asks, and only of what is settled as fraud', async () => {
    const { undo } = await notMine();
    const other = await post('agent2', undo, reason);
    expect(other).toMatchObject({ status: 409, body: { type: problem('not-your-ticket') } });
    expect(await post('agent', '/agent/alerts/none/undo-not-mine', reason)).toMatchObject({ status: 404 });
    await post('agent', undo, reason);
    await post('agent2', `${undo}/approve`);
    const again = await post('agent', undo, reason);
    expect(again).toMatchObject({ status: 409, body: { type: problem('nothing-to-undo') } });
  });

  test('two who grant at once: one does, and the card is released once', async () => {
    const { undo, number } = await notMine();
    await post('agent', undo, reason);
    const token = await night.stack.tokens.issue({
      pool: 'agents',
      subject: 'agent-zhao',
      name: 'Zhao Min',
      scopes: ['cardguard/agent'],
    });
    const [mine, theirs] = await Promise.all([
      post('agent2', `${undo}/approve`),
      fetch(`${night.stack.url}${undo}/approve`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'request-of-zhao' },
      }),
    ]);
    expect([mine.status, theirs.status].sort()).toEqual([200, 409]);
    await night.stack.settle();
    const undone = (await night.ticket(number)).timeline.filter(({ type }) => type === 'not_mine_undone');
    expect(undone).toHaveLength(1);
  });

  test('the same request again has the same answer, and a second one of the same person changes nothing', async () => {
    const { undo, number } = await notMine();
    const first = await post('agent', undo, reason, 'same-key-1');
    expect(await post('agent', undo, reason, 'same-key-1')).toEqual(first);
    expect(await post('agent', undo, reason)).toMatchObject({ body: { outcome: 'waits_already' } });
    const granted = await post('agent2', `${undo}/approve`, undefined, 'same-key-2');
    expect(await post('agent2', `${undo}/approve`, undefined, 'same-key-2')).toEqual(granted);
    const types = (await night.ticket(number)).timeline.map(({ type }) => type);
    expect(types.filter((type) => type === 'undo_not_mine_proposed')).toHaveLength(1);
    expect(types.filter((type) => type === 'not_mine_undone')).toHaveLength(1);
  });

  test('H16 a hold of another kind stays', async () => {
    const { undo } = await notMine();
    await post('zhang', '/cards/card-1/freeze');
    await post('agent', undo, reason);
    expect(await post('agent2', `${undo}/approve`)).toMatchObject({ body: { lifted: true } });
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['customer'] });
  });

  test('H16 a later alert that relied on the hold keeps the card held', async () => {
    const { undo } = await notMine();
    await night.spree('card-1', 'zhang', { transactionId: 'T-later', minor: 488_800 });
    expect((await night.onlyTicket('zhang')).alert).toMatchObject({ status: 'open' });
    await post('agent', undo, reason);
    expect(await post('agent2', `${undo}/approve`)).toMatchObject({ status: 200, body: { lifted: false } });
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    const { cards } = await readTables(night.stack);
    const state = cards.find(({ pk, sk }) => pk === 'CARD#card-1' && sk === 'STATE');
    const { ticket } = await night.onlyTicket('zhang');
    expect(state?.holds).toMatchObject({
      fraud: { alertId: (ticket as unknown as { alertId: string }).alertId },
    });
  });
});
