import { beforeEach, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { verifyExport, writeExport } from '../../functions/ticket/export-file.ts';
import { newTicket } from '../../functions/ticket/ticket.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const AT = '2026-03-10T15:40:00.000Z';
let file: string;

beforeEach(async () => {
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
  const now = () => new Date(AT);
  const rooms = roomsOn({ db, now, cardsTable: 'cards', casesTable: 'cases', newSalt: newId });
  const opened = newTicket({
    ...{ ticketId: 'T', number: 'FR-7K3M9QXZ', category: 'suspected_fraud', priority: 'P1' },
    ...{ customerId: 'C', cardToken: 'card', lastFour: '4417', at: AT },
  });
  await db.commit(
    rooms.tickets.save(undefined, opened, {
      now: now(),
      entries: [
        { type: 'alert_opened', by: 'system', data: { severity: 'freeze', amounts: [1, 2] } },
        { type: 'customer_message', by: 'customer:C', data: { channel: 'app' }, words: '不是我，not me' },
        { type: 'ticket_concluded', by: 'agent:A', data: {}, words: 'a new card in three days' },
        { type: 'internal_note', by: 'agent:A', data: {}, words: 'sounded coached' },
      ],
    }),
  );
  const ticket = await rooms.tickets.get('T');
  if (ticket === undefined) throw new Error('no ticket');
  file = writeExport({ ticket: ticket.body, ...(await rooms.exports.read('T')), at: AT });
});

test('D11 a file as it was exported is intact, with the customer’s words and without those among staff', () => {
  expect(verifyExport(file)).toMatchObject({ intact: true, ticketNumber: 'FR-7K3M9QXZ', entries: 4 });
  expect(file).toContain('不是我，not me');
  expect(file).toContain('a new card in three days');
  expect(file).not.toContain('coached');
});

test('D11 every single changed byte is found and its place named', () => {
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const checked = verifyExport(changed.toString('utf8'));
    expect(checked.intact, `byte ${at}: ${bytes.subarray(at - 20, at + 5)}`).toBe(false);
    if (!checked.intact) expect(checked.where).not.toBe('');
  }
});

test.each([
  ['what an entry says', '"freeze"', '"alert!"', /^timeline entry 1 \(alert_opened\)/],
  ['words', 'not me', 'was me', /^timeline entry 2 \(customer_message\)/],
  ['the card', '"lastFour": "4417"', '"lastFour": "4418"', /^ticket$/],
  ['when it was exported', `"exportedAt": "${AT}"`, '"exportedAt": "2027"', /^exportedAt/],
  ['a space', '\n}', '\n }', /^line \d+$/],
  ['a field put in', '"check":', '"extra": 1, "check":', /^the file$/],
])('a change of %s is named', (_, from, to, where) => {
  expect(file).toContain(from);
  const checked = verifyExport(file.replace(from, to));
  expect(checked).toMatchObject({ intact: false, where: expect.stringMatching(where) });
});

test('an entry taken out is named, also where the next one is numbered anew', () => {
  const parsed: { timeline: { seq: number }[] } = JSON.parse(file);
  parsed.timeline.splice(1, 1);
  const [, second] = parsed.timeline;
  if (second !== undefined) second.seq = 2;
  const checked = verifyExport(`${JSON.stringify(parsed, undefined, 2)}\n`);
  expect(checked).toMatchObject({ intact: false, where: 'timeline entry 2 (ticket_concluded)' });
});
