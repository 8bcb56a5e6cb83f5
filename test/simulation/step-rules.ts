import { alertEdges } from '../../functions/alert/alert-states.ts';
import type { Item } from '../../functions/platform/database.ts';
import { mayFollow, type TicketStatus } from '../../functions/ticket/ticket-states.ts';
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

/** I2: a text alone makes nothing genuine that holds a card. */
const genuineUnheld: Check = (before, after) =>
  before.status !== after.status && after.status === 'settled_genuine' && before.held === true
    ? 'genuine by a text alone while the card was held'
    : undefined;

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

function checksOf({ pk, sk }: Item): { rule: string; checks: readonly Check[] } {
  if (pk.startsWith('ALERT#')) return { rule: 'I8', checks: [...alertChecks, genuineUnheld] };
  if (pk.startsWith('TICKET#') && sk === 'META') return { rule: 'I8', checks: ticketChecks };
  if (pk.startsWith('CARD#') && sk === 'STATE') return { rule: 'I8', checks: cardChecks };
  if (sk.startsWith('OUT#')) return { rule: 'I9', checks: effectChecks };
  if (sk === 'CONTACT') return { rule: 'I8', checks: contactChecks };
  return { rule: '', checks: [] };
}

/** What must hold at every single write, and not only in the end. */
export function createStepRules() {
  const violations: Violation[] = [];
  return {
    violations,
    changed: ({ before, after }: StreamRecord): void => {
      if (before === undefined) return;
      const gone = /^(EVT|OUT|META|STATE|CONTACT)/.test(before.sk);
      if (after === undefined) {
        if (gone) violations.push({ rule: 'I9', at: before.pk, says: `${before.sk} was deleted` });
        return;
      }
      if (before.sk.startsWith('EVT#'))
        violations.push({ rule: 'D11', at: before.pk, says: `${before.sk} was written over` });
      const { rule, checks } = checksOf(before);
      for (const check of checks) {
        const says = check(before, after);
        if (says !== undefined) violations.push({ rule, at: before.pk, says });
      }
    },
  };
}
