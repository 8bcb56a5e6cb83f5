import { describe, expect, test } from 'vitest';
import { entryText, entryWho, kinds } from '../../console/src/desk/entry-words.ts';
import { callOutcomes } from '../../functions/ticket/call.ts';
import { legs } from '../../functions/ticket/clock-policy.ts';
import { findings, resolutions } from '../../functions/ticket/desk-acts.ts';
import { disputeStatuses, lostCauses } from '../../functions/ticket/dispute-states.ts';
import { type EntryType, entryTypes } from '../../functions/ticket/entry-types.ts';

const entry = (type: string, data: Readonly<Record<string, unknown>> = {}) => ({
  ...{ seq: 1, hash: '0'.repeat(64), at: '2026-11-29T15:40:00.000Z', by: 'system' },
  ...{ type, data },
});

/** As Chinese is written on the page: no word of a program among it. */
const chinese = /^[\p{Script=Han}0-9“”，：（）]+$/u;

describe('the timeline', () => {
  test.each(entryTypes)('has words in both languages for %s', (type) => {
    expect(entryText(entry(type), 'zh-CN')).toMatch(chinese);
    const english = entryText(entry(type), 'en');
    expect(english).toMatch(/^[A-Z“]/);
    expect(english).not.toContain('_');
  });

  test('has words for nothing that no journal of a ticket holds', () => {
    expect(Object.keys(kinds).sort()).toEqual([...entryTypes].sort());
  });

  test('names a kind that is newer than the page by its own name', () => {
    expect(entryText(entry('moon_seen'), 'zh-CN')).toBe('moon seen');
  });

  test('does not take what a caller said for a word of the bank', () => {
    expect(entryText(entry('fraud_reported', { channel: 'phone' }), 'en')).toBe(
      'The customer reported fraud: by phone',
    );
  });

  const told: readonly (readonly [EntryType, string, readonly string[]])[] = [
    ['clock_warned', 'leg', legs],
    ['ticket_concluded', 'finding', findings],
    ['ticket_resolved', 'resolution', resolutions],
    ['dispute_moved', 'to', disputeStatuses],
    ['dispute_moved', 'cause', lostCauses],
    ['call_ended', 'outcome', callOutcomes],
  ];
  test.each(told)('tells every %s with its %s in Chinese', (type, field, words) => {
    for (const word of words) {
      const [, fact] = entryText(entry(type, { [field]: word }), 'zh-CN').split('：');
      expect(fact, word).toMatch(chinese);
    }
  });

  test('names what was asked for by one of two once, and what a proof is for', () => {
    const asked = entry('vouch_proposed', { kind: 'vouch', action: 'unfreeze', proposedBy: 'agent-lin' });
    expect(entryText(asked, 'en')).toBe('Vouching proposed: Unfreeze');
    expect(entryText(asked, 'zh-CN')).toBe('提议为客户担保：解冻');
  });

  test('says why a ticket waits in the words of the page', () => {
    const queued = entry('ticket_queued', { reason: 'evidence_received' });
    expect(entryText(queued, 'en', { reasons: { evidence_received: 'Papers came' } })).toContain(
      'Papers came',
    );
  });

  test('names staff: by the entry itself, else as they are known, else by the id', () => {
    const by = (who: string, data = {}) =>
      entryWho({ ...entry('agent_note', data), by: who }, 'en', new Map([['agent-lin', 'Lin Yue']]));
    expect(by('agent:agent-tan', { name: 'Tan Li' })).toBe('Agent Tan Li');
    expect(by('agent:agent-lin')).toBe('Agent Lin Yue');
    expect(by('agent:agent-nobody')).toBe('Agent agent-nobody');
    expect(by('customer:C-zhang')).toBe('Customer');
  });
});
