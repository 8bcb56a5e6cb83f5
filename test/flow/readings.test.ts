import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
  await night.oddity('card-1', 'zhang');
});

/** As what the line for texts read the last one. */
const lastReading = (): unknown =>
  night.stack
    .logs()
    .filter(({ line }) => line.includes('"reply_received"'))
    .map(({ line }): unknown => JSON.parse(line))
    .map((entry) =>
      typeof entry === 'object' && entry !== null && 'reading' in entry ? entry.reading : entry,
    )
    .at(-1);

test.each([
  ['H6 typos', 'nto me, didnt mkae this', 'not_mine'],
  ['H6 homophones', '不时我', 'not_mine'],
  ['H6 full-width digits', '１', 'mine'],
  ['H6 keycaps', '2️⃣', 'not_mine'],
  ['H6 a part only', 'yes but not the second', 'unclear'],
  ['H6 the family', '我老婆刷的', 'unclear'],
  ['H8 wrong number', '你打错电话了', 'wrong_number'],
  ['H10 a keyword', 'TD', 'stop'],
  ['H10 a sentence', 'CANCEL my card', 'freeze'],
  ['H11 help', '怎么办', 'help'],
  ['H11 status', "what's happening with my case", 'status'],
  ['H11 freeze', '请冻结尾号4417的卡', 'freeze'],
] as const)('%s arrive by text as read', async (_what, text, reading) => {
  await night.reply('zhang', text);
  expect(lastReading()).toBe(reading);
});

test('H6 a YES that could be read otherwise settles nothing, a NO inside a sentence does', async () => {
  await night.reply('zhang', '是我吗？');
  await night.reply('zhang', 'no problem it was me');
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('open');
  await night.reply('zhang', '你好我刚收到短信说我刷了一千多但是我没有刷过啊');
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
});
