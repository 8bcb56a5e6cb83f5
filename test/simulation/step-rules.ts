import { alertEdges } from '../../functions/alert/alert-states.ts';
import type { Item } from '../../functions/platform/database.ts';
import { parseStored } from '../../functions/platform/stored.ts';
import { mayFollow, type TicketStatus } from '../../functions/ticket/ticket-states.ts';
import { asFarAs, verificationSchema } from '../../functions/verification/verification.ts';
import { mayBecome, type VerificationStatus } from '../../functions/verification/verification-states.ts';
import type { StreamRecord } from '../support/memory-database.ts';
import type { Violation } from '../support/rule.ts';

type Check = (before: Item, after: Item) => string | undefined;

const falls =
  (name: string): Check =>
  (before, after) =>
    Number(after[name]) < Number(before[name])
      ? `${name} fell from ${before[name]} to ${after[name]}`
      : undefined;

const ends =
  (name: string): Check =>
  (before, after) =>
    before[name] !== undefined && after[name] !== before[name]
      ? `${name} changed after it was set`
      : undefined;

/** I8: no number that orders anything ever falls; states move along their tables only. */
const alertChecks: readonly Check[] = [
  falls('lock'),
  falls('question'),
  falls('transactionCount'),
  (before, after) =>
    before.status === after.status ||
    alertEdges.some(({ from, to }) => from === before.status && to === after.status)
      ? undefined
      : `the alert went from ${before.status} to ${after.status}`,
  (before, after) =>
    before.held === true && after.held !== true && after.status !== 'settled_genuine'
      ? 'held is forgotten'
      : undefined,
];

/** I2: a text alone makes nothing genuine that holds a card; a proof used with it, or two people, do. */
const genuineUnheld =
  (proven: ReadonlySet<unknown>): Check =>
  (before, after) =>
    before.status !== after.status &&
    after.status === 'settled_genuine' &&
    before.held === true &&
    !proven.has(after.alertId)
      ? 'genuine by a text alone while the card was held'
      : undefined;

/** Of an incident; of a customer in 30 days and in a day (ADR 45). */
const MOST_OF_INCIDENT = { failures: 3, sends: 3 };
const MOST_OF_CUSTOMER = { failures: 9, sends: 6 };

/** I7: the count of codes never falls, a try counts until it is given back, and neither count passes its limit. */
const triesChecks: readonly Check[] = [
  falls('sends'),
  (_before, after) => {
    const most = /^TRIES#[^#]+#days?-/.test(after.pk) ? MOST_OF_CUSTOMER : MOST_OF_INCIDENT;
    const { failures = 0, sends = 0 } = after;
    return Number(failures) > most.failures || Number(sends) > most.sends
      ? 'more tries than may be'
      : undefined;
  },
  (_before, after) =>
    Number(after.failures ?? 0) < Object.keys(after).filter((name) => name.startsWith('try-')).length
      ? 'a try is forgotten'
      : undefined,
];

const ticketChecks: readonly Check[] = [
  falls('lock'),
  falls('seq'),
  falls('version'),
  falls('cycle'),
  (before, after) =>
    before.status === after.status || mayFollow(before.status as TicketStatus, after.status as TicketStatus)
      ? undefined
      : `the ticket went from ${before.status} to ${after.status}`,
  (before, after) =>
    String(after.priority) > String(before.priority)
      ? `the machine lowered the priority from ${before.priority} to ${after.priority}`
      : undefined,
  (before, after) =>
    before.status !== after.status && after.version === before.version
      ? 'the status changed without a new version'
      : undefined,
];

const cardChecks: readonly Check[] = [
  falls('lock'),
  falls('holdsVersion'),
  falls('sourceVersion'),
  ends('closedAt'),
  (before, after) =>
    before.closedAt !== undefined && after.holdsVersion !== before.holdsVersion
      ? 'a closed card changed its holds'
      : undefined,
];

const effectChecks: readonly Check[] = [
  ends('doneAt'),
  (before, after) =>
    before.pendingSince === undefined && after.pendingSince !== undefined
      ? 'a done effect is pending again'
      : undefined,
];

const contactChecks: readonly Check[] = [falls('sourceVersion')];

const verificationChecks: readonly Check[] = [
  falls('codesPutOut'),
  (before, after) =>
    before.status === after.status || mayBecome(statusOfProof(before, after.endedAt), after.status as never)
      ? undefined
      : `the verification went from ${before.status} to ${after.status}`,
];

/** One that only had to wait passes by time alone: it is `passed` when it is used, and was never written so. */
function statusOfProof(before: Item, endedAt: unknown): VerificationStatus {
  const verification = parseStored(verificationSchema, before);
  return typeof endedAt === 'string' ? asFarAs(verification, endedAt).status : verification.status;
}

function checksOf(
  { pk, sk }: Item,
  proven: ReadonlySet<unknown>,
): { rule: string; checks: readonly Check[] } {
  if (pk.startsWith('ALERT#')) return { rule: 'I8', checks: [...alertChecks, genuineUnheld(proven)] };
  if (pk.startsWith('TRIES#')) return { rule: 'I7', checks: triesChecks };
  if (pk.startsWith('VER#') && sk === 'META') return { rule: 'I7', checks: verificationChecks };
  if (pk.startsWith('TICKET#') && sk === 'META') return { rule: 'I8', checks: ticketChecks };
  if (pk.startsWith('CARD#') && sk === 'STATE') return { rule: 'I8', checks: cardChecks };
  if (sk.startsWith('OUT#')) return { rule: 'I9', checks: effectChecks };
  if (sk === 'CONTACT') return { rule: 'I8', checks: contactChecks };
  return { rule: '', checks: [] };
}

/** What must hold at every single write, and not only in the end. */
export function createStepRules() {
  const violations: Violation[] = [];
  /** Alerts for which a proof was used up, or two people decided. */
  const proven = new Set<unknown>();
  return {
    violations,
    changed: ({ before, after }: StreamRecord): void => {
      if (after?.sk === 'META' && after.pk.startsWith('VER#') && after.status === 'used')
        proven.add(after.alertId);
      if (after?.pk.startsWith('APPROVAL#undo_not_mine#') && after.approvedAt !== undefined)
        proven.add(after.subjectId);
      if (before === undefined) return;
      const gone = /^(EVT|OUT|META|STATE|CONTACT)/.test(before.sk);
      if (after === undefined) {
        if (gone) violations.push({ rule: 'I9', at: before.pk, says: `${before.sk} was deleted` });
        return;
      }
      if (before.sk.startsWith('EVT#'))
        violations.push({ rule: 'D11', at: before.pk, says: `${before.sk} was written over` });
      const { rule, checks } = checksOf(before, proven);
      for (const check of checks) {
        const says = check(before, after);
        if (says !== undefined) violations.push({ rule, at: before.pk, says });
      }
    },
  };
}
