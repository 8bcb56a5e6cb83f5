import type { TextKind } from './text-facts.ts';

/**
 * Who is told what, where (docs/requirements.md, "Notices"): the one place to change when a notice is added, dropped or moved to
 * another channel. Whether an event texts at all, and with which question, is read from here; a channel without an
 * adapter yet has its row all the same, and sends nothing.
 */
export type Channel = 'sms' | 'app' | 'email' | 'phone';

export type Notice =
  | { readonly how: 'none' }
  /** Asks the customer and waits for the answer. */
  | { readonly how: 'ask'; readonly text?: TextKind }
  /** Pushed by us; counts in the channel's budget where it has one. */
  | { readonly how: 'tell'; readonly text?: TextKind; readonly withQueue?: true }
  /** Pushed only while the budget of the incident allows (3 texts in 3 days). */
  | { readonly how: 'tell_within_budget'; readonly text?: TextKind }
  /** Only as the answer to the customer's own message, which is not counted in the budget. */
  | { readonly how: 'answer'; readonly text?: TextKind }
  /** Only when the customer asks (进度 / STATUS). */
  | { readonly how: 'on_request'; readonly text: TextKind }
  /** A written receipt of what was reported. */
  | { readonly how: 'receipt' }
  /** We call, and say it while calling. */
  | { readonly how: 'call_back' }
  | { readonly how: 'said_when_calling' }
  /** To the new address or number and to the one before it. */
  | { readonly how: 'tell_old_and_new'; readonly text?: TextKind };

const none = { how: 'none' } as const;
const tell = { how: 'tell' } as const;
const withinBudget = { how: 'tell_within_budget', text: 'ticketNews' } as const;
const statusOnRequest = { how: 'on_request', text: 'ticketStatus' } as const;
const said = { how: 'said_when_calling' } as const;
const callBack = { how: 'call_back' } as const;

export const notices = {
  alert_opened: { sms: { how: 'ask', text: 'question' }, app: { how: 'ask' }, email: none, phone: none },
  alert_reminded: { sms: { how: 'ask', text: 'secondNotice' }, app: none, email: none, phone: none },
  alert_undeliverable: { sms: none, app: { how: 'ask' }, email: none, phone: callBack },
  freeze_confirmed: { sms: { how: 'answer', text: 'freezeReceived' }, app: tell, email: tell, phone: none },
  freeze_lifted: { sms: { how: 'answer' }, app: tell, email: tell, phone: none },
  not_mine_queued: {
    sms: { how: 'answer', text: 'notMineReceived' },
    app: { how: 'tell', withQueue: true },
    email: { how: 'receipt' },
    phone: callBack,
  },
  expired_queued: {
    sms: none,
    app: { how: 'tell', withQueue: true },
    email: { how: 'receipt' },
    phone: callBack,
  },
  taken_in_hand: { sms: statusOnRequest, app: tell, email: tell, phone: said },
  customer_needed: { sms: withinBudget, app: tell, email: tell, phone: tell },
  preliminary_conclusion: { sms: withinBudget, app: tell, email: tell, phone: said },
  resolved: { sms: statusOnRequest, app: tell, email: tell, phone: none },
  closed: { sms: statusOnRequest, app: tell, email: tell, phone: none },
  reopened: { sms: statusOnRequest, app: tell, email: tell, phone: none },
  merged: { sms: statusOnRequest, app: tell, email: tell, phone: none },
  dispute_moved: { sms: statusOnRequest, app: tell, email: tell, phone: none },
  contact_changed: {
    sms: { how: 'tell_old_and_new', text: 'contactChanged' },
    app: tell,
    email: { how: 'tell_old_and_new' },
    phone: none,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Channel, Notice>>>>;

export type NoticeEvent = keyof typeof notices;

/** What a channel does about an event. */
export function noticeOf(event: NoticeEvent, channel: Channel): Notice {
  return notices[event][channel];
}
