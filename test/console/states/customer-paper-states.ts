import type { Page } from 'playwright-core';
import { number, ticketOf } from './customer-ticket-states.ts';
import {
  ago,
  announcedPaper,
  arrivedPaper,
  asOf,
  disputes,
  live,
  noPapers,
  note,
  papers,
  pdf,
  SHELF,
  ticket,
  upload,
} from './made-up.ts';
import type { Answers, Given, State } from './scene.ts';

const list = `GET /tickets/${number}/evidence`;
const ask = `POST /tickets/${number}/evidence`;
const ofTicket = ticket('in_progress', { agent: 'Lin Yue', disputes: disputes.slice(0, 2) });
const waiting = ticket('awaiting_customer', { agent: 'Lin Yue', evidenceWantedAt: ago(2) });
const asked = { evidence: announcedPaper, upload, ticket: ofTicket };
const shelf = `PUT ${SHELF.replace('/api', '')}`;

const papersOf = (name: string, answers: Answers, shows: RegExp, steps?: State['steps']): State => {
  const state = ticketOf(`papers-${name}`, { ticket: ofTicket }, shows, steps);
  return { ...state, answers: { ...state.answers, ...answers } };
};
const choose = (file: typeof pdf) => async (page: Page) => {
  await page.locator('input[type="file"]').setInputFiles(file);
};
const sending = (name: string, onShelf: Given, shows: RegExp): State =>
  papersOf(name, { [ask]: asked, [shelf]: onShelf }, shows, choose(pdf));

/** Papers and screenshots of a customer's ticket, and one on its way. */
export const customerPapers: readonly State[] = [
  papersOf('listed', { [list]: papers }, /did not pass|安全检查未通过/),
  papersOf('empty', { [list]: noPapers }, /Nothing has been added|还没有材料/),
  papersOf(
    'wanted',
    { 'GET /live': live({ ticket: waiting, messages: [] }) },
    /We need papers|需要您补充材料/,
  ),
  papersOf('loading', { [list]: 'pending' }, /Loading|正在读取/),
  papersOf('error', { [list]: { problem: 'internal' } }, /Try again|重试/),
  papersOf('offline', { [list]: 'offline' }, /no connection|连不上/),
  sending('sending', 'pending', /Sending|正在上传/),
  papersOf(
    'sent',
    { [ask]: asked, [shelf]: { asOf }, [list]: { asOf, evidence: [arrivedPaper] } },
    /is here and is being checked|已收到，正在检查/,
    choose(pdf),
  ),
  sending('not-arrived', 'offline', /did not arrive|没有传成功/),
  papersOf('unfit', {}, /not taken|不能上传/, choose(note)),
  papersOf('too-many', { [ask]: { problem: 'too-much-evidence' } }, /as many files|文件已满/, choose(pdf)),
  papersOf(
    'not-ready',
    { [list]: papers, [`GET /tickets/${number}/evidence/paper-clean`]: { problem: 'evidence-not-ready' } },
    /or was not taken|或没有被接受/,
    (page) => page.getByRole('button', { name: /^(Download|下载) 收据/ }).click(),
  ),
  papersOf('about', {}, /GADGET HUB/, (page) => page.getByLabel(/About which|与哪笔交易/).click()),
];
