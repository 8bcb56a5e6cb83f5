import { usePage } from '../shared/page.tsx';

const zh = {
  heading: '待复核',
  intro: '由一位同事提出、要另一位复核的事项。',
  none: '没有待复核的事项',
  kinds: {
    undo_not_mine: '撤销“不是本人”',
    vouch: '为客户担保',
  } as Readonly<Record<string, string>>,
  by: (who: string) => `${who} 提出`,
  until: (time: string) => `${time} 前有效`,
  approve: '复核通过',
  own: '您自己提出的要由别人复核',
  decline: '回绝',
  takeBack: '撤回',
  why: '理由（记入工单时间线）',
  wishWaits: (who: string) => `${who} 已提出，等另一位同事复核`,
  wishDeclined: (who: string, why: string | undefined) =>
    `${who} 回绝了${why === undefined ? '' : `：${why}`}`,
};
export type ApprovalWords = typeof zh;

const en: ApprovalWords = {
  heading: 'Approvals',
  intro: 'Asked for by one agent, to be granted by another.',
  none: 'Nothing waits for approval',
  kinds: { undo_not_mine: 'Undo “not mine”', vouch: 'Vouch for the customer' },
  by: (who) => `Asked by ${who}`,
  until: (time) => `lapses at ${time}`,
  approve: 'Approve',
  own: 'You asked for this: somebody else has to approve it.',
  decline: 'Decline',
  takeBack: 'Take it back',
  why: 'Why? It goes to the ticket’s timeline.',
  wishWaits: (who) => `${who} asked; another agent has to approve`,
  wishDeclined: (who, why) => `${who} declined${why === undefined ? '' : `: ${why}`}`,
};

/** How what takes two of staff is told at the desk. */
export const useApprovalWords = (): ApprovalWords => (usePage().language === 'en' ? en : zh);
