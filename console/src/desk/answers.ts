import type { Answer, Body } from '../shared/route.ts';
import type { routes } from './routes.ts';

export type Me = Answer<typeof routes.readMe>;
export type Queued = Answer<typeof routes.readQueue>['tickets'][number];
export type DeskTicket = Answer<typeof routes.myTickets>['tickets'][number];
export type Clock = DeskTicket['clocks'][number];
/** What a reading of a ticket says: all of it, or that nothing is new. */
export type WholeReading = Answer<typeof routes.readTicket>;
export type Whole = Pick<WholeReading, 'customer' | 'card' | 'alert'> &
  Required<Pick<WholeReading, 'ticket' | 'otherCards' | 'verifications' | 'timeline' | 'timelineIntact'>>;
export type Decisions = Answer<typeof routes.readDecisions>;
export type Decision = Decisions['decisions'][number];
export type Transaction = Decisions['transactions'][number];
export type Entry = Whole['timeline'][number];
export type Proven = Whole['verifications'][number];
export type Card = NonNullable<Whole['card']>;
export type Approval = Answer<typeof routes.listApprovals>['approvals'][number];
export type Board = Answer<typeof routes.readBoard>;
export type Colleagues = Answer<typeof routes.readColleagues>;
export type Kpis = Answer<typeof routes.readKpis>;
export type RuleSet = Answer<typeof routes.listRuleSets>['ruleSets'][number];
export type Rules = Answer<typeof routes.readRules>;
export type Comparison = Answer<typeof routes.compareRuleSet>;
export type Finding = Body<typeof routes.concludeTicket>['finding'];
export type Resolution = Body<typeof routes.resolveTicket>['resolution'];
export type CallOutcome = Body<typeof routes.endCall>['outcome'];
export type DialWay = Me['dial'][number];
export type Dispute = NonNullable<DeskTicket['disputes']>[number];
export type DisputeMove = Body<typeof routes.moveDispute>;
export type Listed = Answer<typeof routes.listForCustomer>['transactions'][number];
