import type { PhoneDigests } from '../notification/phone-keys.ts';
import { maskText } from '../platform/mask.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { answerOnAlert } from './answer-on-alert.ts';
import { type AnswerPhoneDeps, answerNeutrally, type Inbound, type InboundText } from './answer-phone.ts';
import { askPersonByText } from './ask-person-by-text.ts';
import { chooseAlert, type Line } from './choose-alert.ts';
import { type FindSenderDeps, findSender, idsFromContent, type Sender } from './find-sender.ts';
import { freezeByText } from './freeze-by-text.ts';
import { markWrongNumber } from './mark-wrong-number.ts';
import { changeConsent } from './opt-out.ts';
import { type Reading, readReply } from './reply.ts';
import type { SettleDeps } from './settle-alert.ts';
import { answerOf, holdCard, settleOne } from './settle-by-text.ts';
import { type TellStatusDeps, tellStatus } from './tell-status.ts';
import { writeByText } from './write-by-text.ts';

export interface Received {
  readonly reading: Reading['kind'];
  readonly effect: string;
  readonly alerts: number;
}

export interface ReceiveDeps extends SettleDeps, AnswerPhoneDeps, FindSenderDeps, TellStatusDeps {
  readonly tickets: SettleDeps['tickets'] & TellStatusDeps['tickets'];
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
}

/**
 * Takes one inbound text: reads it, finds what it is about, settles, answers. Each message acts once however
 * often it is delivered (H5): its guard is written with its last effect, and every effect before that is one
 * that does nothing the second time.
 */
export function createReceiveReply(deps: ReceiveDeps): (text: InboundText) => Promise<Received> {
  return async (text) => {
    const digests = await deps.digestsOf(text.from);
    const { text: words, cardNumbers, codes } = maskText(text.body);
    const { messageId, provider = 'aws', sentAt } = text;
    const ids = messageId === undefined ? idsFromContent({ provider, sentAt, words }, digests) : [messageId];
    return retryWhenChanged(8, async () => {
      const seen = await Promise.all(ids.map((id) => deps.phones.hasSeen(id)));
      if (seen.includes(true)) return { reading: 'unclear', effect: 'repeated', alerts: 0 };
      const reading = readReply(text.body, { mainlandChina: text.from.startsWith('+86') });
      const sender = await findSender(deps, digests);
      const outcome = await act(deps, {
        text: { ...text, messageId: ids[0] ?? '' },
        words,
        cardData: cardNumbers + codes > 0,
        reading,
        sender,
        answers: answeredBy(text.previousMessageId, sender),
      });
      if (outcome === 'changed') return 'changed';
      return { reading: reading.kind, effect: outcome, alerts: sender.candidates.length };
    });
  };
}

/** The alert that the text of ours asked about which this one answers, where the provider tells. */
function answeredBy(messageId: string | undefined, { candidates }: Sender): string | undefined {
  if (messageId === undefined) return undefined;
  return candidates.find(({ alert }) => alert.texts.some((text) => text.messageId === messageId))?.alert
    .alertId;
}

const lineOf = ({ sender, answers }: Inbound): Line => ({ shared: sender.owners.length > 1, answers });

async function act(deps: ReceiveDeps, inbound: Inbound): Promise<string | 'changed'> {
  const { reading, sender } = inbound;
  const consent = await changeConsent(deps, inbound);
  if (consent !== undefined) return consent;
  if (reading.kind === 'wrong_number') return markWrongNumber(deps, inbound);
  if (reading.kind === 'freeze') return freezeByText(deps, inbound);
  if (reading.kind === 'status') return tellStatus(deps, inbound);
  if (reading.wantsPerson) return askPersonByText(deps, inbound);
  if (reading.kind === 'mine' || reading.kind === 'not_mine') {
    const choice = chooseAlert(reading, sender.candidates, lineOf(inbound));
    if (choice.kind === 'one') return settleOne(deps, inbound, reading.kind, choice.alertId);
    if (choice.kind === 'several') return severalMeant(deps, inbound, reading.kind, choice.alertIds);
    if (reading.kind === 'not_mine') return unknownNo(deps, inbound);
  }
  // What is settled is not asked about any more: thanks or a greeting after it open nothing again (H30).
  const waiting = sender.candidates.filter(({ alert }) => alert.settledAt === undefined);
  const choice = chooseAlert({ kind: 'unclear' }, waiting);
  if (choice.kind === 'none') return writeByText(deps, inbound);
  return unclearReply(deps, inbound, choice.kind === 'one' ? [choice.alertId] : choice.alertIds);
}

/** A NO that names an alert there is not: it counts as bare, because a NO must hold what it may mean. */
function unknownNo(deps: ReceiveDeps, inbound: Inbound): Promise<string | 'changed'> {
  const bare = chooseAlert({ kind: 'not_mine' }, inbound.sender.candidates);
  if (bare.kind === 'one') return settleOne(deps, inbound, 'not_mine', bare.alertId);
  if (bare.kind === 'several') return severalMeant(deps, inbound, 'not_mine', bare.alertIds);
  return answerNeutrally(deps, inbound);
}

/** Which alert is not said well enough (H3, H9): a NO holds every card concerned; either way we ask which. */
async function severalMeant(
  deps: ReceiveDeps,
  inbound: Inbound,
  says: 'mine' | 'not_mine',
  alertIds: readonly string[],
): Promise<string | 'changed'> {
  if (says === 'not_mine') {
    const answer = { ...(await answerOf(deps, inbound, says)), onlyHold: true, answerTo: undefined };
    const held = await Promise.allSettled(alertIds.map((alertId) => holdCard(deps, alertId, answer)));
    // One that cannot be held must not keep the others from it; the message comes again for it.
    const failed = held.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (held.some((one) => one.status === 'fulfilled' && one.value === 'changed')) return 'changed';
  }
  const choices = choicesOf(inbound, alertIds);
  return answerOnAlert(deps, inbound, {
    alertId: alertIds[0] ?? '',
    // Cards the bank has not told us of yet have no digits to name (H32): then the tag alone is asked for.
    words: () =>
      choices.length === 0
        ? { kind: 'unclear', facts: { tag: candidateOf(inbound, alertIds[0])?.tag } }
        : { kind: 'whichAlert', facts: { choices, held: says === 'not_mine' } },
    effect: 'asked_which',
  });
}

const candidateOf = ({ sender }: Inbound, alertId: string | undefined) =>
  sender.candidates.find(({ alert }) => alert.alertId === alertId);

/** By what each of them is named in an answer: the card's last digits and its tag. */
const choicesOf = (inbound: Inbound, alertIds: readonly string[]) =>
  alertIds
    .map((alertId) => candidateOf(inbound, alertId))
    .flatMap((one) => (one?.lastFour === undefined ? [] : [{ lastFour: one.lastFour, tag: one.tag }]))
    .slice(0, 7);

/** One re-prompt, which names every question that waits (H3); the next unclear text brings a person (H6). */
function unclearReply(
  deps: ReceiveDeps,
  inbound: Inbound,
  alertIds: readonly string[],
): Promise<string | 'changed'> {
  const { candidates, owners } = inbound.sender;
  const tag = candidateOf(inbound, alertIds[0])?.tag;
  const named = candidates.length > 1 || owners.length > 1;
  const kind = inbound.reading.kind === 'help' ? 'help' : 'unclear';
  const choices = choicesOf(inbound, alertIds);
  return answerOnAlert(deps, inbound, {
    alertId: alertIds[0] ?? '',
    words: () =>
      kind === 'unclear' && choices.length > 1
        ? { kind: 'whichAlert', facts: { choices, held: false } }
        : { kind, facts: kind === 'unclear' && named ? { tag } : {} },
    effect: kind,
    change: (alert) => ({ ...alert, unclearReplies: alert.unclearReplies + (kind === 'unclear' ? 1 : 0) }),
    personAfter: 1,
  });
}
