import { describe, expect, test } from 'vitest';
import {
  type Approval,
  bothOf,
  decline,
  grant,
  isWaiting,
  propose,
} from '../../functions/verification/staff-approval.ts';

const li = { id: 'agent-li', name: 'Li Na' };
const wang = { id: 'agent-wang', name: 'Wang Fang' };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 10, 15, minute)).toISOString();
const asked = {
  kind: 'undo_not_mine',
  subjectId: 'A-1',
  ticketId: 'T-1',
  ticketNumber: 'FR-1',
  customerId: 'C-1',
  cardToken: 'card-1',
  reason: 'called, knows the shop',
  proposedBy: li,
} as const;
const waiting: Approval = { ...asked, proposedAt: at(0), until: at(30), round: 1 };
const approved: Approval = { ...waiting, approvedBy: wang, approvedAt: at(5) };
const declined: Approval = { ...waiting, declinedBy: wang, declinedAt: at(5) };

describe('four eyes: asking', () => {
  test.each<[string, Approval | undefined, typeof li, number, string, number]>([
    ['for the first time', undefined, li, 0, 'proposed', 1],
    ['again while it waits changes nothing', waiting, li, 10, 'waits_already', 1],
    ['while another’s request waits is theirs to grant instead', waiting, wang, 10, 'taken', 1],
    ['again after it ran out begins anew', waiting, li, 31, 'proposed', 2],
    ['again after it was granted begins anew', approved, wang, 10, 'proposed', 2],
    ['again after it was declined begins anew', declined, li, 10, 'proposed', 2],
  ])('%s', (_, before, by, minute, outcome, round) => {
    const proposal = propose(before, { ...asked, proposedBy: by }, at(minute));
    expect(proposal.outcome).toBe(outcome);
    expect(proposal.approval.round).toBe(round);
    if (outcome === 'proposed') {
      expect(proposal.approval).toMatchObject({ proposedBy: by, until: at(minute + 30) });
      expect(proposal.approval.approvedAt).toBeUndefined();
      expect(proposal.approval.declinedAt).toBeUndefined();
    }
  });
});

describe('four eyes: granting', () => {
  test.each<[string, Approval | undefined, typeof li, number, string]>([
    ['by another', waiting, wang, 29, 'granted'],
    ['in the last moment', waiting, wang, 30, 'granted'],
    ['by who asked', waiting, li, 1, 'same_person'],
    ['too late', waiting, wang, 31, 'nothing_waits'],
    ['twice', approved, { id: 'agent-zhao', name: 'Zhao' }, 6, 'nothing_waits'],
    ['of what nobody asked for', undefined, wang, 1, 'nothing_waits'],
    ['of what was declined', declined, wang, 6, 'nothing_waits'],
  ])('%s', (_, approval, by, minute, outcome) => {
    const granted = grant(approval, by, at(minute));
    expect(granted.outcome).toBe(outcome);
    if (granted.outcome === 'granted') {
      expect(granted.approval).toMatchObject({ proposedBy: li, approvedBy: wang, approvedAt: at(minute) });
      expect(bothOf(granted.approval)).toBe('agent:agent-li+agent:agent-wang');
      expect(isWaiting(granted.approval, at(minute))).toBe(false);
    }
  });
});

describe('four eyes: declining', () => {
  test.each<[string, Approval, typeof li, number, string]>([
    ['by another', waiting, wang, 29, 'declined'],
    ['by who asked, taking it back', waiting, li, 1, 'declined'],
    ['too late', waiting, wang, 31, 'nothing_waits'],
    ['what was granted', approved, wang, 6, 'nothing_waits'],
    ['twice', declined, wang, 6, 'nothing_waits'],
  ])('%s', (_, approval, by, minute, outcome) => {
    const answered = decline(approval, by, at(minute));
    expect(answered.outcome).toBe(outcome);
    if (answered.outcome === 'declined') {
      expect(answered.approval).toMatchObject({ proposedBy: li, declinedBy: by, declinedAt: at(minute) });
      expect(isWaiting(answered.approval, at(minute))).toBe(false);
    }
  });
});
