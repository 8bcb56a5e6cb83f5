import {
  deskTicket,
  dialog,
  failing,
  inHand,
  menu,
  mine,
  number,
  pending,
  press,
  whole,
  work,
} from './desk-made-up.ts';
import { ago, ahead, asOf, ticketLine } from './made-up.ts';
import type { State } from './scene.ts';

const dialled = {
  ...{ agent: 'Lin Yue', agentId: 'agent-lin', announcedAt: ago(0), until: ahead(240) },
  ...{ dial: 'contact_centre', dialledAt: ago(0) },
};
const atWork = [{ id: 'agent-wang', name: 'Wang Fang', inWork: 3, waitingForOthers: 0 }];
/** A ticket at the desk, and what is done with it. */
export const deskTickets: readonly State[] = [
  work('mine', mine, /FR-JCXHFS5N/),
  work('supervisor', mine, /How it was judged|判定详情/, { role: 'desk-supervisor' }),
  work('unclaimed', whole(deskTicket('queued', { queuedAt: ago(30), queuedReason: 'not_mine' })), /FR-JCX/),
  work('of-another', whole(inHand({ agent: 'Wang Fang', agentId: 'agent-wang' })), /Wang Fang/),
  work('for-a-teller', whole(inHand({ agent: 'Wang Fang', agentId: 'agent-wang' })), /only reads|只能查看/, {
    role: 'desk-teller',
  }),
  work(
    'awaiting',
    whole(inHand({ ...ticketLine('awaiting_customer') }), { verifications: [pending] }),
    /FR-JCX/,
  ),
  work(
    'concluded',
    whole(
      inHand({ ...ticketLine('concluded'), conclusion: { finding: 'fraud', at: ago(1), by: 'agent-lin' } }),
    ),
    /FR-JCX/,
  ),
  work(
    'resolved',
    whole(deskTicket('resolved', { resolution: 'refunded', resolvedAt: ago(1), clocks: [] })),
    /FR-JCX/,
  ),
  work(
    'bare',
    whole(inHand({ alertId: undefined }), { alert: undefined, card: undefined, timeline: [] }),
    /FR-JCX/,
  ),
  work('chain-broken', { ...mine, timelineIntact: false }, /broken|不完整/),
  work('loading', 'pending', /Loading|正在读取/),
  work('error', failing, /Try again|重试/),
  work('not-there', { problem: 'not-found' }, /not found|没有找到/),
  work('conclude', mine, dialog, { steps: press(/^Conclude|^初步结论|^Preliminary conclusion/) }),
  work('resolve', mine, dialog, { steps: press(/^Resolve|^解决/) }),
  work('hand-back', mine, dialog, {
    answers: { 'GET /agent/colleagues': { asOf, colleagues: atWork } },
    steps: menu(/Hand back|退回队列|Back to the queue/),
  }),
  work('triage', mine, dialog, { steps: menu(/Triage|分类/) }),
  work(
    'freeze',
    whole(inHand(), { card: { ...mine.card, state: 'active', holds: [] } }),
    /How was the customer identified|客户身份如何确认/,
    { steps: press(/^Freeze$|^冻结$/) },
  ),
  work('unfreeze', mine, /It takes two proofs|解冻需要客户两种/, { steps: press(/^Unfreeze$|^解冻$/) }),
  work(
    'proven',
    whole(inHand(), {
      alert: { ...mine.alert, transactionCount: 41 },
      verifications: [{ ...pending, status: 'passed' }],
    }),
    /has to press the button|请客户在自己的页面上/,
  ),
  work('lease-lost', mine, /Wang Fang has this ticket|现由 Wang Fang 处理/, {
    answers: {
      [`POST /agent/tickets/${number}/messages`]: {
        problem: 'not-your-ticket',
        detail: { by: 'Wang Fang', at: ago(0) },
      },
    },
    steps: async (page) => {
      await page.getByRole('textbox').first().fill('您好');
      await page.getByRole('button', { name: /^Send$|^发送$/ }).click();
    },
  }),
  work('calling', mine, /A1B2C3/, {
    answers: {
      [`POST /agent/tickets/${number}/call`]: {
        ...{ checkCode: 'A1B2C3', until: ahead(240), phoneConsent: true },
        ticket: inHand(),
      },
    },
    steps: press(/I dial myself|我自己拨打/),
  }),
  work('call-now', mine, /A1B2C3/, {
    answers: {
      [`POST /agent/tickets/${number}/call`]: {
        ...{ checkCode: 'A1B2C3', until: ahead(240), phoneConsent: true },
        ticket: inHand({ call: dialled }),
      },
    },
    steps: press(/Call now|立即呼叫/),
  }),
  work('call-rings', whole(inHand({ call: dialled })), /phone rings|正在振铃/),
];
