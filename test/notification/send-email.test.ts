import { beforeEach, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { type EmailMessage, EmailNotSent, type EmailOutcome } from '../../functions/notification/email.ts';
import { createSendEmail } from '../../functions/notification/send-email.ts';
import { createSesEmail } from '../../functions/notification/ses-email.ts';
import { effectKey } from '../../functions/platform/outbox.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const AT = new Date('2026-03-10T15:40:00.000Z');
const PK = 'TICKET#T-1';
let sent: EmailMessage[];
let answers: (EmailOutcome | Error)[];
let rooms: ReturnType<typeof roomsOn>;
let send: ReturnType<typeof createSendEmail>;

beforeEach(async () => {
  sent = [];
  answers = [];
  let ids = 0;
  const db = createMemoryDatabase({
    tables: { cards: { indexes: [], stream: false }, cases: { indexes: ['gsi1'], stream: true } },
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
  rooms = roomsOn({ db, now: () => AT, cardsTable: 'cards', casesTable: 'cases' });
  send = createSendEmail({
    ...rooms,
    contactOf: rooms.contacts.get,
    cipher: { decrypt: async ({ ciphertext }) => ciphertext },
    email: {
      send: async (message) => {
        const answer = answers.shift() ?? { outcome: 'accepted', messageId: 'M' };
        if (answer instanceof Error) throw answer;
        sent.push(message);
        return answer;
      },
    },
    sender: {
      from: 'alerts@bank.example',
      bank: { zh: '示例银行', en: 'Example Bank' },
      zone: 'Asia/Shanghai',
    },
  });
  await rooms.db.commit([
    rooms.contacts.save(undefined, {
      customerId: 'C',
      sourceVersion: 1,
      name: 'Grace',
      language: 'en',
      email: 'grace@mail.example',
      changedAt: AT.toISOString(),
    }),
  ]);
});

/** Puts out the e-mail of one version of the ticket; its key. */
async function putOut(version: number, over: object = {}) {
  const facts = {
    event: 'taken_in_hand',
    ticketNumber: 'FR-7K3M9QXZ',
    status: 'in_progress',
    version,
    asOf: AT.toISOString(),
  };
  const order = { pk: PK, seq: version, effect: 'email', now: AT, dueAfterSeconds: 60 };
  const payload = { mail: { kind: 'ticket', facts }, customerId: 'C', version, ...over };
  await rooms.db.commit([rooms.outbox.put({ ...order, payload })]);
  return effectKey(PK, version, 'email');
}
const outcomeOf = async (key: Awaited<ReturnType<typeof putOut>>) => (await rooms.outbox.get(key))?.outcome;

test('I8 an e-mail of an older version is not sent after one of a newer, whatever comes first', async () => {
  const [third, fourth] = [await putOut(3), await putOut(4)];
  expect(await send(fourth)).toEqual({ outcome: 'accepted' });
  expect(await send(third)).toEqual({ outcome: 'skipped' });
  expect(sent.map(({ text }) => /Version: (\d)/.exec(text)?.[1])).toEqual(['4']);
  expect([await outcomeOf(third), await outcomeOf(fourth)]).toEqual(['outdated', 'accepted']);
});

test('H5 the same message ten times at once sends one', async () => {
  const key = await putOut(3);
  await Promise.all(Array.from({ length: 10 }, () => send(key)));
  await send(key);
  expect(sent).toHaveLength(1);
});

test('what certainly sent nothing is given back and sent with the next delivery', async () => {
  const key = await putOut(3);
  answers.push(new EmailNotSent('TooManyRequests'));
  await expect(send(key)).rejects.toThrow(EmailNotSent);
  expect(await send(key)).toEqual({ outcome: 'accepted' });
  expect(sent).toHaveLength(1);
});

test('what may have gone out is never sent again', async () => {
  const key = await putOut(3);
  answers.push({ outcome: 'unknown', code: 'TimeoutError' });
  expect(await send(key)).toEqual({ outcome: 'unknown' });
  expect(await send(key)).toEqual({ outcome: 'skipped' });
  expect(sent).toHaveLength(1);
});

test('a former address is opened for its owner; nobody to write to is the end of it', async () => {
  const former = await putOut(3, { to: { cipher: 'old@mail.example', owner: 'C' } });
  await send(former);
  expect(sent[0]?.to).toBe('old@mail.example');
  const nobody = await putOut(4, { customerId: 'X' });
  expect(await send(nobody)).toEqual({ outcome: 'none', reason: 'no_address' });
  expect(await outcomeOf(nobody)).toBe('no_address');
});

test.each([
  ['MessageRejected', 400, { outcome: 'refused', reason: 'rejected', code: 'MessageRejected' }],
  ['SendingPausedException', 400, { outcome: 'refused', reason: 'paused', code: 'SendingPaused' }],
  ['InternalServiceErrorException', 500, { outcome: 'unknown', code: 'InternalServiceError' }],
  ['TimeoutError', 0, { outcome: 'unknown', code: 'TimeoutError' }],
] as const)('SES says %s: never a second try', async (name, httpStatusCode, expected) => {
  const error = Object.assign(new Error('to grace@mail.example'), { name, $metadata: { httpStatusCode } });
  const email = createSesEmail({ send: () => Promise.reject(error) });
  const message = { to: 'a@b.example', from: 'c@d.example', fromName: 'Bank', subject: 'S', text: 'T' };
  expect(await email.send(message)).toEqual(expected);
});

test.each(['TooManyRequestsException', 'LimitExceededException', 'ECONNREFUSED'])(
  'SES says %s: certainly not sent, and no address in the error',
  async (name) => {
    const error = Object.assign(new Error('to grace@mail.example'), {
      name,
      $metadata: { httpStatusCode: 429 },
    });
    const email = createSesEmail({ send: () => Promise.reject(error) });
    const message = { to: 'a@b.example', from: 'c@d.example', fromName: 'Bank', subject: 'S', text: 'T' };
    await expect(email.send(message)).rejects.toThrow(/^e-mail not sent: (?!.*@)/);
  },
);
