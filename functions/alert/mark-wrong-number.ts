import type { Write } from '../platform/database.ts';
import { queued } from '../ticket/ticket.ts';
import { undeliverable } from './alert.ts';
import { noteOf } from './answer-on-alert.ts';
import { type AnswerPhoneDeps, directText, type Inbound } from './answer-phone.ts';
import { chooseAlert } from './choose-alert.ts';
import { hasOptedOut, newPhone } from './phone.ts';
import { type SettleDeps, settleAlert } from './settle-alert.ts';
import { answerOf, holdCard } from './settle-by-text.ts';

/** What a person reads of a ticket whose customer the number does not reach. */
const OTHER_CHANNEL = 'other_channel';

/**
 * "Wrong number" (H8): the number is unverified and gets one last, neutral text. Freezes stand; the alerts asked there
 * cannot be answered any more, and people take their tickets, at P1, to find another channel. A charge denied beside
 * it counts: NO always holds.
 */
export async function markWrongNumber(
  deps: SettleDeps & AnswerPhoneDeps,
  inbound: Inbound,
): Promise<string | 'changed'> {
  const { candidates, digest, phone } = inbound.sender;
  const denied = inbound.reading.alsoNotMine
    ? await denyAll(deps, inbound)
    : { settled: undefined, writes: [] };
  if (denied === 'changed') return 'changed';
  for (const { alert } of candidates) {
    if (alert.alertId === denied.settled) continue;
    if ((await giveUpAsking(deps, inbound, alert.alertId)) === 'changed') return 'changed';
  }
  const now = deps.now();
  const known = phone?.body ?? newPhone(digest);
  const first = known.wrongNumberAt === undefined;
  const after = { ...known, wrongNumberAt: now.toISOString(), seq: known.seq + 1 };
  const marked: readonly Write<unknown>[] = first
    ? [
        deps.phones.save(phone, after),
        ...(!hasOptedOut(known)
          ? [deps.phones.answer(after, now, await directText(deps, inbound, 'wrongNumberNoted'))]
          : []),
      ]
    : [];
  const writes = [...denied.writes, ...marked, deps.phones.see(inbound.text.messageId, now)];
  if ((await deps.db.commit<unknown>(writes)).outcome === 'refused') return 'changed';
  return first ? 'number_marked_wrong' : 'silence';
}

/** The one alert meant is settled with the mark itself; of several the cards are held first. */
async function denyAll(deps: SettleDeps & AnswerPhoneDeps, inbound: Inbound) {
  const choice = chooseAlert({ kind: 'not_mine' }, inbound.sender.candidates);
  const answer = { ...(await answerOf(deps, inbound, 'not_mine')), answerTo: undefined };
  if (choice.kind === 'none') return { settled: undefined, writes: [] };
  if (choice.kind === 'one') {
    const { alertId } = choice;
    return { settled: alertId, writes: (await settleAlert(deps, alertId, answer, deps.now())).writes };
  }
  for (const alertId of choice.alertIds) {
    const held = await holdCard(deps, alertId, { ...answer, onlyHold: true });
    if (held === 'changed') return held;
  }
  return { settled: undefined, writes: [] };
}

/** Harmless the second time: an alert given up for this number, or settled, stays as it is. */
async function giveUpAsking(
  deps: SettleDeps & AnswerPhoneDeps,
  inbound: Inbound,
  alertId: string,
): Promise<'done' | 'changed'> {
  const alert = await deps.alerts.get(alertId);
  if (alert === undefined || alert.body.settledAt !== undefined) return 'done';
  if (alert.body.undeliverableReason === 'wrong_number') return 'done';
  // Asked at another number meanwhile: that question goes on.
  if (!inbound.sender.digests.includes(alert.body.phoneDigest ?? '')) return 'done';
  const ticket = await deps.tickets.get(alert.body.ticketId);
  if (ticket === undefined) throw new Error('an alert without its ticket');
  const now = deps.now();
  const order = { priority: 'P1', reason: OTHER_CHANNEL, at: now.toISOString() } as const;
  const given = { ...undeliverable(alert.body, 'wrong_number'), asked: alert.body.question };
  const writes: readonly Write<unknown>[] = [
    ...deps.alerts.save(alert, given),
    ...deps.tickets.save(ticket, queued(ticket.body, order) ?? ticket.body, {
      now,
      entries: [noteOf(inbound, 'number_marked_wrong')],
    }),
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'done';
}
