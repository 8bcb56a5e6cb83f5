import type { Page } from 'playwright-core';
import { dialog, inHand, listPapers, menu, mine, number, press, whole, work } from './desk-made-up.ts';
import {
  ago,
  announcedPaper,
  asOf,
  disputes,
  note,
  papers,
  pdf,
  SHELF,
  ticketLine,
  transactions,
  upload,
} from './made-up.ts';
import type { Answers, Given, State } from './scene.ts';

const failing = { problem: 'internal' } as const;
const dispute = inHand({ disputes });
const disputed = whole(dispute);
const card = (lastFour: string, over: object = {}) => ({
  ...mine.card,
  ...{ cardToken: `card-of-${lastFour}`, lastFour },
  ...over,
});
/** Opens the first of them: a purchase that was only reported. */
const step = press(/^Next step$|^推进$/);
const into = (status: RegExp) => async (page: Page) => {
  await step(page);
  await page
    .getByRole('dialog')
    .getByLabel(/^It becomes|^改为/)
    .click();
  await page.getByRole('option', { name: status }).click();
};

const disputesAndSteps: readonly State[] = [
  work('disputes', disputed, /GADGET HUB/),
  work('disputes-open', disputed, /CB-2026-1/, {
    steps: async (page) => {
      const histories = page.getByRole('button', { name: /^History$|^进展$/ });
      await histories.first().waitFor();
      for (const history of await histories.all()) await history.click();
    },
  }),
  work('disputes-unclaimed', whole({ ...dispute, agent: 'Wang Fang', agentId: 'agent-wang' }), /GADGET HUB/),
  work('dispute-step', disputed, dialog, { steps: step }),
  work('dispute-lost', disputed, /recognises it|认出了/, {
    steps: into(/^Decided against the customer$|^争议不成立$/),
  }),
  work('dispute-credit', disputed, /Reference|编号/, { steps: into(/^Provisionally|^已暂时入账$/) }),
  work('dispute-refused', disputed, /More than was charged|超过原交易/, {
    answers: { [`POST /agent/tickets/${number}/disputes`]: { problem: 'dispute-amount' } },
    steps: async (page) => {
      await into(/^Provisionally|^已暂时入账$/)(page);
      await page.getByRole('dialog').getByRole('textbox').nth(1).fill('PC-8');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Save this step$|^保存这一步$/ })
        .click();
    },
  }),
  work('resolve-despite', disputed, /Disputes are undecided. See|还有未决的争议/, {
    answers: { [`POST /agent/tickets/${number}/resolve`]: { problem: 'disputes-open' } },
    steps: async (page) => {
      await press(/^Resolve|^解决/)(page);
      await page.getByRole('dialog').getByRole('textbox').last().fill('已与您核对。');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Resolve$|^解决$/ })
        .click();
    },
  }),
];

const reportFor = press(/^Report transactions|^代客户报告/);
const reporting = (name: string, given: Given, shows: RegExp, steps: State['steps'] = reportFor): State =>
  work(`report-for-${name}`, mine, shows, {
    answers: { 'GET /agent/cards/card-1/transactions': given },
    steps,
  });
const reports: readonly State[] = [
  reporting('chosen', { asOf, transactions, more: true }, /Only the latest 500|最近500笔/, async (page) => {
    await reportFor(page);
    await page.getByRole('dialog').getByText('WAGAS').first().click();
  }),
  reporting('empty', { asOf, transactions: [], more: false }, /No transactions|没有交易/),
  reporting('error', failing, /Try again|重试/),
];

const mergePress = menu(/^Merge into|^并入另一/);
const links: readonly State[] = [
  work('merge', mine, dialog, { steps: mergePress }),
  work('merge-refused', mine, /another open ticket|另一个未结束/, {
    answers: { [`POST /agent/tickets/${number}/merge`]: { problem: 'cannot-merge' } },
    steps: async (page) => {
      await mergePress(page);
      const fields = page.getByRole('dialog').getByRole('textbox');
      await fields.nth(0).fill('FR-ABCDEFGH');
      await fields.nth(1).fill('同一个骗局，两张卡');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Merge into|^并入另一/ })
        .click();
    },
  }),
  work(
    'merged',
    whole(
      inHand({
        ...ticketLine('merged'),
        ...{ clocks: [], leaseUntil: undefined, disputes },
        links: { mergedInto: ticketLine('in_progress', { number: 'FR-GOESON00' }) },
      }),
    ),
    /FR-GOESON00/,
  ),
  work(
    'closed-followed',
    whole(inHand({ ...ticketLine('closed'), clocks: [], links: { followedBy: 'FR-FOLLOWS0' } })),
    /FR-FOLLOWS0/,
  ),
  work(
    'joined',
    whole(inHand({ links: { follows: 'FR-BEFORE00', mergedFrom: ['FR-MERGED01', 'FR-MERGED02'] } }), {
      otherCards: [
        card('8810'),
        card('1111', { state: 'active', holds: [] }),
        card('2222', { state: 'closed' }),
      ],
    }),
    /8810/,
  ),
];

const ask = `POST /agent/tickets/${number}/evidence`;
const asked = { evidence: announcedPaper, upload, ticket: dispute };
const papersOf = (name: string, answers: Answers, shows: RegExp, steps?: State['steps']): State =>
  work(`papers-${name}`, disputed, shows, { answers, steps });
const choose = (file: typeof pdf) => async (page: Page) => {
  await page.locator('input[type="file"]').setInputFiles(file);
};
const shelf = `PUT ${SHELF.replace('/api', '')}`;
const evidence: readonly State[] = [
  papersOf('listed', { [listPapers]: papers }, /did not pass|安全检查未通过/),
  work(
    'papers-wanted',
    whole(inHand({ ...ticketLine('awaiting_customer'), evidenceWantedAt: ago(3) })),
    /FR-JCX/,
  ),
  papersOf('loading', { [listPapers]: 'pending' }, /Loading|正在读取/),
  papersOf('error', { [listPapers]: failing }, /Try again|重试/),
  papersOf('offline', { [listPapers]: 'offline' }, /no connection|连不上/),
  papersOf('sending', { [ask]: asked, [shelf]: 'pending' }, /Sending|正在上传/, choose(pdf)),
  papersOf('not-arrived', { [ask]: asked, [shelf]: 'offline' }, /did not arrive|没有传成功/, choose(pdf)),
  papersOf('unfit', {}, /not taken|不能上传/, choose(note)),
  papersOf('ask', {}, /Tell the customer|告诉客户/, press(/^Ask for papers|^请客户补材料/)),
];

/** Disputes, reports for a customer, merged tickets and papers at the desk. */
export const deskPanels: readonly State[] = [...disputesAndSteps, ...reports, ...links, ...evidence];
