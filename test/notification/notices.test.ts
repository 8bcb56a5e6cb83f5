import { describe, expect, it } from 'vitest';
import { type Channel, type NoticeEvent, noticeOf, notices } from '../../functions/notification/notices.ts';
import { textFacts } from '../../functions/notification/text-facts.ts';

const events = Object.keys(notices).filter((event): event is NoticeEvent => event in notices);
const row = (event: NoticeEvent) =>
  (['sms', 'app', 'email', 'phone'] as const).map((channel: Channel) => noticeOf(event, channel).how);

describe('the notice table', () => {
  it('is the one of the requirements', () => {
    expect(Object.fromEntries(events.map((event) => [event, row(event).join(' ')]))).toEqual({
      alert_opened: 'ask ask none none',
      alert_reminded: 'ask none none none',
      alert_undeliverable: 'none ask none call_back',
      freeze_confirmed: 'answer tell tell none',
      freeze_lifted: 'answer tell tell none',
      not_mine_queued: 'answer tell receipt call_back',
      expired_queued: 'none tell receipt call_back',
      taken_in_hand: 'on_request tell tell said_when_calling',
      customer_needed: 'tell_within_budget tell tell tell',
      preliminary_conclusion: 'tell_within_budget tell tell said_when_calling',
      resolved: 'on_request tell tell none',
      closed: 'on_request tell tell none',
      reopened: 'on_request tell tell none',
      merged: 'on_request tell tell none',
      dispute_moved: 'on_request tell tell none',
      contact_changed: 'tell_old_and_new tell tell_old_and_new none',
    });
  });

  it('tells by mail as well whatever the app is told, but for the question itself', () => {
    const toldInApp = events.filter((event) => ['tell', 'receipt'].includes(noticeOf(event, 'app').how));
    for (const event of toldInApp) expect(noticeOf(event, 'email').how, event).not.toBe('none');
    const asked = events.filter((event) => noticeOf(event, 'sms').how === 'ask');
    for (const event of asked) expect(noticeOf(event, 'email').how, event).toBe('none');
  });

  it('names only texts that exist', () => {
    for (const event of events) {
      const notice = noticeOf(event, 'sms');
      if ('text' in notice && notice.text !== undefined) expect(textFacts).toHaveProperty(notice.text);
    }
  });

  it('pushes no status by text: it is given on request, so the budget is kept for questions', () => {
    for (const event of events) expect(noticeOf(event, 'sms').how).not.toBe('tell');
  });
});
