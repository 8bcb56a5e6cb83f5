import { isRecord } from '../../infra/local/front/json.ts';
import type { EndState } from './end-state.ts';
import type { Strike } from './wave.ts';

/** Where a text or an e-mail may be left in doubt: its sender dies with the claim in hand, or fails from the sending on. */
export function mayLeaveDoubt({ functionName, call, nth, kind }: Strike): boolean {
  if (functionName !== 'send-sms' && functionName !== 'send-email') return false;
  if (call === 'sns Publish' || call === 'ses SendEmail') return kind !== 'throttle';
  const isClaim = /OUT sms, Update Cases SMSCAP|OUT email, \w+ Cases TICKET.PROJ/.test(call) && nth === 1;
  if (isClaim) return kind === 'kill-after';
  // What the SDK's second try mends leaves no doubt.
  return kind === 'refuse-before' || kind === 'throttle' || kind === 'kill-after';
}

/**
 * The one end that may differ (DOMAIN section 2): SNS has no idempotency key, so a text whose claim was never
 * followed by a record may have gone out or not, and so may an e-mail. It is never sent twice; its effect ends as `unknown`, and when
 * it was the question, the alert is undeliverable and its ticket waits for a person at P1. Texts put out together may
 * be in the same hands.
 */
export function isTextOfUnknownFate(expected: EndState, actual: EndState): boolean {
  const effects = Object.entries(actual).filter(
    ([key, item]) => / OUT#\d+#(sms|email)(#\d+)?$/.test(key) && isRecord(item) && item.outcome === 'unknown',
  );
  const putOut = new Set(effects.map(([key]) => key.replace(/#(sms|email).*$/, '')));
  if (putOut.size !== 1) return false;
  for (const sent of ['texts', 'mails'] as const)
    if (listIn(actual, sent).length > listIn(expected, sent).length) return false;
  return !/"kind":"question"/.test(JSON.stringify(effects)) || isEscalated(actual);
}

function isEscalated(state: EndState): boolean {
  const items = Object.values(state).filter(isRecord);
  return (
    items.some((item) => item.status === 'undeliverable' && item.undeliverableReason === 'unknown') &&
    items.some((item) => item.status === 'queued' && item.priority === 'P1')
  );
}

const listIn = (state: EndState, name: 'texts' | 'mails'): readonly unknown[] => {
  const list = state[name];
  return Array.isArray(list) ? list : [];
};
