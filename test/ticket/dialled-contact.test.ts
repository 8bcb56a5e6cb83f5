import { describe, expect, test } from 'vitest';
import { announced, connected, ended, endedAfterwards, mayDial } from '../../functions/ticket/call.ts';
import { outcomeOf } from '../../functions/ticket/dialled-contact.ts';

const AT = '2026-03-10T15:40:00.000Z';
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString();
const order = { callId: 'call-1', agent: { id: 'li', name: 'Li Na' }, code: 'ABC123' } as const;
const begun = announced({}, { ...order, dial: 'contact_centre', at: AT });
if (begun === undefined) throw new Error('nothing was announced');

describe('how a dialled call ended', () => {
  const contact = { contactId: 'contact-1' };
  test.each([
    [
      'with an agent, whoever hung up',
      { connectedAt: AT, disconnectReason: 'AGENT_DISCONNECT' },
      'connected',
    ],
    ['busy', { disconnectReason: 'TELECOM_BUSY' }, 'busy'],
    ['rang for a minute', { disconnectReason: 'TELECOM_TIMEOUT' }, 'no_answer'],
    ['could not be delivered', { disconnectReason: 'TELECOM_UNANSWERED' }, 'no_answer'],
    ['no such number', { disconnectReason: 'TELECOM_NUMBER_INVALID' }, 'failed'],
    ['picked up, no agent', { answeredAt: AT, disconnectReason: 'CONTACT_FLOW_DISCONNECT' }, 'failed'],
    ['picked up and hung up', { answeredAt: AT, disconnectReason: 'CUSTOMER_DISCONNECT' }, 'hung_up'],
    ['hung up, never picked up', { disconnectReason: 'CUSTOMER_DISCONNECT' }, 'no_answer'],
    ['a reason of tomorrow, picked up', { answeredAt: AT, disconnectReason: 'SOMETHING_NEW' }, 'hung_up'],
    ['no reason at all', {}, 'no_answer'],
  ] as const)('%s', (_what, told, outcome) => {
    expect(outcomeOf({ ...contact, ...told })).toBe(outcome);
  });
});

describe('what may be dialled', () => {
  test('the announced call, until it could ring longer than it can be checked', () => {
    expect(mayDial(begun.call, 'call-1', AT)).toBe('yes');
    expect(mayDial(begun.call, 'call-1', later(9 * 60))).toBe('yes');
    expect(mayDial(begun.call, 'call-1', later(9 * 60 + 1))).toBe('too_late');
  });

  test('not what is over, another, or connected', () => {
    expect(mayDial(undefined, 'call-1', AT)).toBe('over');
    expect(mayDial(begun.call, 'call-0', AT)).toBe('over');
    const answered = connected(begun, { callId: 'call-1' }, later(9));
    expect(mayDial(answered?.call, 'call-1', later(10))).toBe('over');
  });
});

describe('whoever tells it first wins', () => {
  const end = { outcome: 'connected', seconds: 40, at: later(60) } as const;

  test('an end is told once, by the agent or by the call', () => {
    const over = ended(begun, { agentId: 'li' }, end);
    expect(over?.calls).toMatchObject([{ callId: 'call-1', outcome: 'connected', dial: 'contact_centre' }]);
    expect(ended({ calls: over?.calls }, { callId: 'call-1' }, end)).toBeUndefined();
    expect(endedAfterwards({ calls: over?.calls }, 'call-1', { ...end, seconds: 41 })).toBeUndefined();
    expect(ended(begun, { agentId: 'somebody' }, end)).toBeUndefined();
    expect(ended(begun, { callId: 'call-2' }, end)).toBeUndefined();
  });

  test('a call replaced before its end was known gets its true end afterwards', () => {
    const next = announced(begun, { ...order, callId: 'call-2', dial: 'by_hand', at: later(700) });
    expect(next?.calls).toMatchObject([{ callId: 'call-1', outcome: 'not_ended', seconds: 0 }]);
    const told = endedAfterwards(next ?? {}, 'call-1', { ...end, connectedAt: later(20) });
    expect(told?.calls).toMatchObject([
      { callId: 'call-1', outcome: 'connected', seconds: 40, connectedAt: later(20) },
    ]);
  });

  test('what a past call keeps has no check code in it', () => {
    const over = ended(begun, { callId: 'call-1' }, end);
    expect(Object.keys(over?.past ?? {})).not.toContain('codeDigest');
  });
});
