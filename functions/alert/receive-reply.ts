import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { queued } from '../ticket/ticket.ts';
import { type Alert, ANSWERS_PER_ALERT } from './alert.ts';
import {
  type AnswerPhoneDeps,
  answerNeutrally,
  type Inbound,
  type InboundText,
  replyTo,
  type Sender,
} from './answer-phone.ts';
import { answerEffect } from './answer-text.ts';
import { chooseAlert } from './choose-alert.ts';
import { changeConsent } from './opt-out.ts';
import { PHONE_ALERT_DAYS } from './phone.ts';
import { type Reading, readReply } from './reply.ts';
import { type Answer, type SettleDeps, settleAlert } from './settle-alert.ts';

export interface Received {
  readonly reading: Reading['kind'];
  readonly effect: string;
  readonly alerts: number;
}

export interface ReceiveDeps extends SettleDeps, AnswerPhoneDeps {
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
  readonly mask: (text: string) => string;
}

/**
 * Takes one inbound text: reads it, finds what it is about, settles, answers. Each message acts once however
 * often it is delivered (H5): its guard is written with its last effect, and every effect before that is one
 * that does nothing the second time.
 */
export function createReceiveReply(deps: ReceiveDeps): (text: InboundText) => Promise<Received> {
  return (text) =>
    retryWhenChanged(8, async () => {
      if (await deps.phones.hasSeen(text.messageId))
        return { reading: 'unclear', effect: 'repeated', alerts: 0 };
      const reading = readReply(text.body, { mainlandChina: text.from.startsWith('+86') });
      const sender = await findSender(deps, text.from);
      const outcome = await act(deps, { text, reading, sender });
      if (outcome === 'changed') return 'changed';
      return { reading: reading.kind, effect: outcome, alerts: sender.candidates.length };
    });
}

async function findSender(deps: ReceiveDeps, from: string): Promise<Sender> {
  const digests = await deps.digestsOf(from);
  const known = await Promise.all(digests.all.map((digest) => deps.phones.get(digest)));
  const phone = known.find((found) => found !== undefined);
  const refs = known.flatMap((found) => found?.body.alerts ?? []);
  const read = await Promise.all(
    refs.map(async ({ alertId, tag }) => {
      const alert = await deps.alerts.get(alertId);
      if (alert === undefined) return undefined;
      const card = await deps.cards.get(alert.body.cardToken);
      return { alert: alert.body, lastFour: card?.body.lastFour, tag };
    }),
  );
  const oldest = deps.now().getTime() - PHONE_ALERT_DAYS * 86_400_000;
  return {
    digest: phone?.body.digest ?? digests.current,
    phone,
    candidates: read
      .filter((one) => one !== undefined)
      .filter(({ alert }) => alert.settledAt === undefined || Date.parse(alert.settledAt) >= oldest),
  };
}

async function act(deps: ReceiveDeps, inbound: Inbound): Promise<string | 'changed'> {
  const { reading, sender } = inbound;
  const consent = await changeConsent(deps, inbound);
  if (consent !== undefined) return consent;
  const says = reading.kind === 'not_mine' || reading.alsoNotMine ? 'not_mine' : reading.kind;
  if (says === 'mine' || says === 'not_mine') {
    const choice = chooseAlert({ ...reading, kind: says }, sender.candidates);
    if (choice.kind === 'one') return settleOne(deps, inbound, says, choice.alertId);
    if (choice.kind === 'several') return severalMeant(deps, inbound, says, choice.alertIds);
    if (says === 'not_mine') return unknownNo(deps, inbound);
  }
  // What is settled is not asked about any more: thanks or a greeting after it open nothing again (H30).
  const waiting = sender.candidates.filter(({ alert }) => alert.settledAt === undefined);
  const choice = chooseAlert({ kind: 'unclear' }, waiting);
  if (choice.kind === 'none') return answerNeutrally(deps, inbound);
  return unclearReply(deps, inbound, choice.kind === 'one' ? choice.alertId : (choice.alertIds[0] ?? ''));
}

/** A NO that names an alert there is not: it counts as bare, because a NO must hold what it may mean. */
function unknownNo(deps: ReceiveDeps, inbound: Inbound): Promise<string | 'changed'> {
  const bare = chooseAlert({ kind: 'not_mine' }, inbound.sender.candidates);
  if (bare.kind === 'one') return settleOne(deps, inbound, 'not_mine', bare.alertId);
  if (bare.kind === 'several') return severalMeant(deps, inbound, 'not_mine', bare.alertIds);
  return answerNeutrally(deps, inbound);
}

async function settleOne(
  deps: ReceiveDeps,
  inbound: Inbound,
  says: 'mine' | 'not_mine',
  alertId: string,
): Promise<string | 'changed'> {
  const now = deps.now();
  const settled = await settleAlert(deps, alertId, await answerOf(deps, inbound, says), now);
  const writes = [...settled.writes, deps.phones.see(inbound.text.messageId, now)];
  return (await deps.db.commit<unknown>(writes)).outcome === 'refused' ? 'changed' : settled.kind;
}

/** Several alerts could be meant (H3): a NO holds every card concerned; either way we ask which. */
async function severalMeant(
  deps: ReceiveDeps,
  inbound: Inbound,
  says: 'mine' | 'not_mine',
  alertIds: readonly string[],
): Promise<string | 'changed'> {
  const answer = { ...(await answerOf(deps, inbound, says)), onlyHold: true, answerTo: undefined };
  if (says === 'not_mine') {
    const held = await Promise.allSettled(alertIds.map((alertId) => holdOne(deps, alertId, answer)));
    // One that cannot be held must not keep the others from it; the message comes again for it.
    const failed = held.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (held.some((one) => one.status === 'fulfilled' && one.value === 'changed')) return 'changed';
  }
  const meant = inbound.sender.candidates.filter(({ alert }) => alertIds.includes(alert.alertId));
  const choices = meant
    .flatMap(({ lastFour, tag }) => (lastFour === undefined ? [] : [{ lastFour, tag }]))
    .slice(0, 7);
  const words = { kind: 'whichAlert', facts: { choices, held: says === 'not_mine' } };
  return answerOn(deps, inbound, {
    alertId: alertIds[0] ?? '',
    words,
    effect: 'asked_which',
    change: (alert) => alert,
  });
}

async function holdOne(deps: ReceiveDeps, alertId: string, answer: Answer): Promise<'held' | 'changed'> {
  const held = await settleAlert(deps, alertId, answer, deps.now());
  return (await deps.db.commit<unknown>(held.writes)).outcome === 'refused' ? 'changed' : 'held';
}

/** One re-prompt; the next unclear text brings a person (H6). */
function unclearReply(deps: ReceiveDeps, inbound: Inbound, alertId: string): Promise<string | 'changed'> {
  const tag = inbound.sender.candidates.find(({ alert }) => alert.alertId === alertId)?.tag;
  const several = inbound.sender.candidates.length > 1;
  const kind = inbound.reading.kind === 'help' ? 'help' : 'unclear';
  const words = { kind, facts: kind === 'unclear' && several ? { tag } : {} };
  return answerOn(deps, inbound, {
    alertId,
    words,
    effect: kind,
    change: (alert) => ({ ...alert, unclearReplies: alert.unclearReplies + (kind === 'unclear' ? 1 : 0) }),
    personAfter: 1,
  });
}

/** Answers on an alert's ticket within the cap of answers (H7), noting the reply there. */
async function answerOn(
  deps: ReceiveDeps,
  inbound: Inbound,
  order: {
    alertId: string;
    words: { kind: string; facts: object };
    effect: string;
    change: (alert: Alert) => Alert;
    personAfter?: number;
  },
): Promise<string | 'changed'> {
  const alert = await deps.alerts.get(order.alertId);
  const ticket = alert && (await deps.tickets.get(alert.body.ticketId));
  if (alert === undefined || ticket === undefined) throw new Error('a reply to an alert that is not there');
  const now = deps.now();
  const changed = order.change(alert.body);
  const toPerson = order.personAfter !== undefined && changed.unclearReplies > order.personAfter;
  const speaks = alert.body.answersPutOut < ANSWERS_PER_ALERT && !toPerson;
  const priority = alert.body.held ? 'P2' : 'P3';
  const queuedTicket = toPerson
    ? queued(ticket.body, { priority, reason: 'unclear_replies', at: now.toISOString() })
    : undefined;
  const to = await replyTo(deps, inbound);
  const writes: readonly Write<unknown>[] = [
    ...deps.alerts.save(alert, { ...changed, answersPutOut: changed.answersPutOut + (speaks ? 1 : 0) }),
    ...deps.tickets.save(ticket, queuedTicket ?? ticket.body, {
      now,
      entries: [noteOf(deps, inbound, speaks ? order.effect : `${order.effect}_silent`)],
      effects: speaks ? [answerEffect(order.words, alert.body, to)] : [],
    }),
    deps.phones.see(inbound.text.messageId, now),
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : order.effect;
}

async function answerOf(deps: ReceiveDeps, inbound: Inbound, says: 'mine' | 'not_mine'): Promise<Answer> {
  return {
    says,
    at: inbound.text.sentAt,
    channel: 'sms',
    words: deps.mask(inbound.text.body),
    answerTo: await replyTo(deps, inbound),
  };
}

function noteOf(deps: ReceiveDeps, inbound: Inbound, effect: string) {
  return {
    type: 'customer_wrote',
    by: 'customer',
    data: {
      channel: 'sms',
      sentAt: inbound.text.sentAt,
      reading: inbound.reading.kind,
      effect,
    },
    words: deps.mask(inbound.text.body),
  };
}
