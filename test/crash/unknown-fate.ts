import { isRecord } from '../../infra/local/front/json.ts';
import type { EndState } from './end-state.ts';
import type { Strike } from './wave.ts';

/** Which calls hand a text, an e-mail or a call to the world, and which claim it before. */
const workers: Readonly<Record<string, { readonly sends: string; readonly claims: RegExp }>> = {
  'send-sms': { sends: 'sns Publish', claims: /OUT sms, Update Cases SMSCAP/ },
  'send-email': { sends: 'ses SendEmail', claims: /OUT email, \w+ Cases TICKET.PROJ/ },
  'dial-calls': { sends: 'connect StartOutboundVoiceContact', claims: /OUT dial, \w+ Cases TICKET.META/ },
};

/** Where it may be left in doubt: its sender dies with the claim in hand, or fails from the sending on. */
export function mayLeaveDoubt({ functionName, call, nth, kind }: Strike): boolean {
  const worker = workers[functionName];
  if (worker === undefined) return false;
  if (call === worker.sends) return kind !== 'throttle';
  if (worker.claims.test(call) && nth === 1) return kind === 'kill-after';
  // What the SDK's second try mends leaves no doubt.
  return kind === 'refuse-before' || kind === 'throttle' || kind === 'kill-after';
}

/**
 * The one end that may differ (DOMAIN section 2): SNS has no idempotency key, so a text whose claim was never
 * followed by a record may have gone out or not, and so may an e-mail, or a call ring. It is never sent or made twice;
 * its effect ends as `unknown`, and when it was the question, the alert is undeliverable and its ticket waits for a
 * person at P1; when it was a call, its ticket tells the agent. Texts put out together may be in the same hands.
 */
export function isOfUnknownFate(expected: EndState, actual: EndState): boolean {
  const effects = Object.entries(actual).filter(
    ([key, item]) =>
      / OUT#\d+#(sms|email|dial)(#\d+)?$/.test(key) && isRecord(item) && item.outcome === 'unknown',
  );
  const putOut = new Set(effects.map(([key]) => key.replace(/#(sms|email|dial).*$/, '')));
  if (putOut.size !== 1) return false;
  for (const sent of ['texts', 'mails', 'calls'] as const)
    if (listIn(actual, sent).length > listIn(expected, sent).length) return false;
  if (effects.some(([key]) => /#dial/.test(key))) return has(actual, { type: 'call_dial_unknown' });
  return !/"kind":"question"/.test(JSON.stringify(effects)) || isEscalated(actual);
}

const isEscalated = (state: EndState): boolean =>
  has(state, { status: 'undeliverable', undeliverableReason: 'unknown' }) &&
  has(state, { status: 'queued', priority: 'P1' });

const has = (state: EndState, fields: Readonly<Record<string, string>>): boolean =>
  Object.values(state)
    .filter(isRecord)
    .some((item) => Object.entries(fields).every(([name, value]) => item[name] === value));

const listIn = (state: EndState, name: 'texts' | 'mails' | 'calls'): readonly unknown[] => {
  const list = state[name];
  return Array.isArray(list) ? list : [];
};
