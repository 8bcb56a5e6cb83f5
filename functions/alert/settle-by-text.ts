import { isFreshNumber } from '../card/contact.ts';
import { type AnswerPhoneDeps, type Inbound, replyTo } from './answer-phone.ts';
import { type Answer, type SettleDeps, settleAlert } from './settle-alert.ts';

/** Settles one alert by a text, together with the guard that lets the text act once. */
export async function settleOne(
  deps: SettleDeps & AnswerPhoneDeps,
  inbound: Inbound,
  says: 'mine' | 'not_mine',
  alertId: string,
): Promise<string | 'changed'> {
  const now = deps.now();
  const settled = await settleAlert(deps, alertId, await answerOf(deps, inbound, says, alertId), now);
  const writes = [...settled.writes, deps.phones.see(inbound.text.messageId, now)];
  if ((await deps.db.commit<unknown>(writes)).outcome === 'refused') return 'changed';
  return settled.silent ? `${settled.kind}_silent` : settled.kind;
}

/** Holds the card of an alert that a NO may mean; nothing is settled, and nothing happens the second time. */
export async function holdCard(
  deps: SettleDeps & AnswerPhoneDeps,
  alertId: string,
  answer: Answer,
): Promise<'held' | 'changed'> {
  const held = await settleAlert(deps, alertId, answer, deps.now());
  return (await deps.db.commit<unknown>(held.writes)).outcome === 'refused' ? 'changed' : 'held';
}

export async function answerOf(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
  says: 'mine' | 'not_mine',
  alertId?: string,
): Promise<Answer> {
  const { candidates, owners } = inbound.sender;
  const asked = candidates.find(({ alert }) => alert.alertId === alertId)?.alert;
  const owner = owners.find(({ customerId }) => customerId === asked?.customerId);
  return {
    says,
    at: inbound.text.sentAt,
    channel: 'sms',
    words: inbound.words,
    answerTo: await replyTo(deps, inbound),
    warn: inbound.cardData,
    claimsOnly: owner !== undefined && isFreshNumber(owner, inbound.text.sentAt),
  };
}
