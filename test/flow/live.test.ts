import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Live {
  readonly mark: string;
  readonly bank?: { readonly calling: boolean };
  readonly cards?: readonly { readonly state: string; readonly role: string }[];
  readonly alerts?: readonly { readonly status: string }[];
  readonly tickets?: readonly { readonly number: string }[];
  readonly ticket?: { readonly number: string; readonly status: string; readonly version: number };
  readonly messages?: readonly { readonly seq: number; readonly words?: string }[];
}
const live = async (query: string, who: 'zhang' | 'grace' = 'zhang') => night.get<Live>(who, `/live${query}`);

/** A ticket at P1. */
async function reported(): Promise<string> {
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  return (await night.onlyTicket('zhang')).ticket.number;
}

describe('one reading for a whole page', () => {
  test('says what its parts say one by one, and nothing that was not asked for', async () => {
    const number = await reported();
    await night.post('zhang', `/tickets/${number}/messages`, 'message-1', { text: '我在家' });
    const { body } = await live(`?lists=cards,alerts,tickets&ticket=${number}&after=0`);
    const parts = {
      bank: (await night.get<{ asOf: string }>('zhang', '/bank-check')).body,
      cards: (await night.get<Live>('zhang', '/cards')).body.cards,
      alerts: (await night.get<Live>('zhang', '/alerts')).body.alerts,
      tickets: (await night.get<Live>('zhang', '/tickets')).body.tickets,
      ticket: (await night.get('zhang', `/tickets/${number}`)).body,
      messages: (await night.get<Live>('zhang', `/tickets/${number}/messages`)).body.messages,
    };
    expect(body).toMatchObject({ ...parts, bank: { calling: false } });
    expect(body.messages?.map(({ words }) => words)).toEqual(['我在家']);
    expect(Object.keys((await live('')).body).sort()).toEqual(['asOf', 'bank', 'mark']);
  });

  test('D3 brings nothing where nothing is new, and everything once something is', async () => {
    const number = await reported();
    const query = `?lists=tickets&ticket=${number}`;
    const { mark } = (await live(query)).body;
    expect(Object.keys((await live(`${query}&since=${mark}`)).body).sort()).toEqual(['asOf', 'mark']);
    await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-0001');
    const after = (await live(`${query}&since=${mark}`)).body;
    expect(after.ticket).toMatchObject({ number, status: 'in_progress' });
    expect(after.mark).not.toBe(mark);
    // A call announced changes the page of whoever looks at nothing else.
    const quiet = (await live('')).body.mark;
    await night.post('agent', `/agent/tickets/${number}/call`, 'call-0001');
    expect((await live(`?since=${quiet}`)).body.bank).toMatchObject({ calling: true });
  });

  test('only messages after the one a client has come along', async () => {
    const number = await reported();
    for (const [index, text] of ['一', '二', '三'].entries())
      await night.post('zhang', `/tickets/${number}/messages`, `message-${index}`, { text });
    const all = (await live(`?ticket=${number}&after=0`)).body.messages ?? [];
    expect(all).toHaveLength(3);
    const later = (await live(`?ticket=${number}&after=${all[1]?.seq}`)).body.messages;
    expect(later?.map(({ words }) => words)).toEqual(['三']);
    expect((await live(`?ticket=${number}`)).body.messages).toBeUndefined();
  });

  test('I11 somebody else’s ticket is like none at all', async () => {
    const number = await reported();
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    const [theirs, nothing] = [
      await live(`?ticket=${number}&after=0`, 'grace'),
      await live('?ticket=FR-00000000&after=0', 'grace'),
    ];
    expect(theirs).toEqual(nothing);
    expect(theirs.status).toBe(404);
    expect((await live('?lists=cards,alerts,tickets', 'grace')).body).toMatchObject({
      ...{ alerts: [], tickets: [] },
      cards: [{ cardToken: 'card-2' }],
    });
  });

  test.each(['?lists=cards,holds', '?lists=', '?ticket=17', '?since=x', '?of=cards'])(
    '%s is refused',
    async (query) => {
      expect((await live(query)).status).toBe(400);
    },
  );
});
