import type { FunctionName } from './functions.ts';

export interface RouteSpec {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Where not the side's own function serves it. */
  readonly function?: FunctionName;
}

export interface ApiSide {
  readonly function: FunctionName;
  readonly scope: string;
  readonly routes: readonly RouteSpec[];
}

/** Each kind of person has its own functions, token issuer and scope. */
export const apiSides = {
  customers: {
    function: 'customer-api',
    scope: 'cardguard/customer',
    routes: [
      { method: 'GET', path: '/cards' },
      { method: 'GET', path: '/cards/{cardToken}/transactions' },
      { method: 'POST', path: '/cards/{cardToken}/freeze' },
      { method: 'POST', path: '/cards/{cardToken}/lost' },
      { method: 'GET', path: '/tickets' },
      { method: 'GET', path: '/tickets/{number}' },
      { method: 'POST', path: '/tickets/{number}/person' },
      { method: 'GET', path: '/tickets/{number}/messages' },
      { method: 'POST', path: '/tickets/{number}/messages' },
      { method: 'GET', path: '/tickets/{number}/evidence' },
      { method: 'POST', path: '/tickets/{number}/evidence' },
      { method: 'GET', path: '/tickets/{number}/evidence/{evidenceId}' },
      { method: 'GET', path: '/alerts' },
      { method: 'POST', path: '/alerts/{alertId}/answer' },
      { method: 'POST', path: '/reports' },
      { method: 'GET', path: '/contact' },
      { method: 'GET', path: '/preferences' },
      { method: 'POST', path: '/preferences' },
      { method: 'GET', path: '/notices' },
      { method: 'GET', path: '/bank-check' },
      { method: 'POST', path: '/bank-check/code' },
      { method: 'POST', path: '/fake-calls' },
      { method: 'GET', path: '/live' },
      ...proofs([
        { method: 'POST', path: '/verifications' },
        { method: 'GET', path: '/verifications/{verificationId}' },
        { method: 'POST', path: '/verifications/{verificationId}/code' },
        { method: 'POST', path: '/verifications/{verificationId}/code/check' },
        { method: 'POST', path: '/verifications/{verificationId}/totp' },
        { method: 'POST', path: '/cards/{cardToken}/unfreeze' },
        { method: 'POST', path: '/verifications/{verificationId}/device/options' },
        { method: 'POST', path: '/verifications/{verificationId}/device' },
        { method: 'GET', path: '/devices' },
        { method: 'POST', path: '/devices/options' },
        { method: 'POST', path: '/devices' },
        { method: 'POST', path: '/devices/{deviceId}/remove' },
        { method: 'POST', path: '/totp/options' },
        { method: 'POST', path: '/totp' },
        { method: 'POST', path: '/contact/change' },
        { method: 'POST', path: '/tickets/{number}/export' },
        { method: 'GET', path: '/exports/{exportId}' },
        { method: 'POST', path: '/cards/{cardToken}/replace' },
      ]),
    ],
  },
  agents: {
    function: 'agent-api',
    scope: 'cardguard/agent',
    routes: [
      { method: 'GET', path: '/agent/queue' },
      { method: 'GET', path: '/agent/tickets/{number}' },
      { method: 'POST', path: '/agent/tickets/{number}/claim' },
      { method: 'GET', path: '/agent/approvals' },
      { method: 'POST', path: '/agent/approvals/{kind}/{subjectId}/decline' },
      { method: 'POST', path: '/agent/alerts/{alertId}/undo-not-mine' },
      { method: 'POST', path: '/agent/alerts/{alertId}/undo-not-mine/approve' },
      { method: 'POST', path: '/agent/tickets/{number}/call' },
      { method: 'POST', path: '/agent/tickets/{number}/call/connected' },
      { method: 'POST', path: '/agent/tickets/{number}/call/end' },
      { method: 'GET', path: '/agent/me' },
      { method: 'POST', path: '/agent/queue/next' },
      { method: 'GET', path: '/agent/mine' },
      { method: 'GET', path: '/agent/board' },
      { method: 'GET', path: '/agent/colleagues' },
      { method: 'GET', path: '/agent/kpis' },
      { method: 'POST', path: '/agent/tickets/{number}/heartbeat' },
      { method: 'POST', path: '/agent/tickets/{number}/take-over' },
      { method: 'POST', path: '/agent/tickets/{number}/hand-back' },
      { method: 'POST', path: '/agent/tickets/{number}/messages' },
      { method: 'POST', path: '/agent/tickets/{number}/notes' },
      { method: 'POST', path: '/agent/tickets/{number}/wait' },
      { method: 'POST', path: '/agent/tickets/{number}/resume' },
      { method: 'POST', path: '/agent/tickets/{number}/triage' },
      { method: 'POST', path: '/agent/tickets/{number}/disputes' },
      { method: 'POST', path: '/agent/tickets/{number}/conclude' },
      { method: 'POST', path: '/agent/tickets/{number}/merge' },
      { method: 'POST', path: '/agent/tickets/{number}/resolve' },
      { method: 'POST', path: '/agent/tickets/{number}/reopen' },
      { method: 'GET', path: '/agent/tickets/{number}/evidence' },
      { method: 'POST', path: '/agent/tickets/{number}/evidence' },
      { method: 'GET', path: '/agent/tickets/{number}/evidence/{evidenceId}' },
      { method: 'POST', path: '/agent/search' },
      { method: 'POST', path: '/agent/cards/{cardToken}/freeze' },
      { method: 'POST', path: '/agent/cards/{cardToken}/lost' },
      { method: 'GET', path: '/agent/cards/{cardToken}/transactions' },
      { method: 'POST', path: '/agent/cards/{cardToken}/report' },
      { method: 'POST', path: '/agent/verifications/{verificationId}/vouch' },
      { method: 'POST', path: '/agent/verifications/{verificationId}/vouch/approve' },
      ...ofRules([
        { method: 'GET', path: '/agent/rules' },
        { method: 'GET', path: '/agent/rules/sets' },
        { method: 'GET', path: '/agent/rules/sets/{version}' },
        { method: 'POST', path: '/agent/rules/sets' },
        { method: 'POST', path: '/agent/rules/sets/{version}/move' },
        { method: 'POST', path: '/agent/rules/sets/{version}/propose' },
        { method: 'POST', path: '/agent/rules/sets/{version}/approve' },
        { method: 'POST', path: '/agent/rules/roll-back' },
        { method: 'GET', path: '/agent/rules/sets/{version}/comparison' },
        { method: 'GET', path: '/agent/rules/entries' },
        { method: 'POST', path: '/agent/rules/entries' },
        { method: 'POST', path: '/agent/rules/entries/{entryId}/remove' },
        { method: 'GET', path: '/agent/rules/journal' },
      ]),
      { method: 'GET', path: '/agent/tickets/{number}/decisions' },
      { method: 'GET', path: '/agent/bulk-releases/{version}' },
      { method: 'POST', path: '/agent/bulk-releases/{version}' },
      { method: 'POST', path: '/agent/bulk-releases/{version}/approve' },
      { method: 'POST', path: '/agent/rule-sets/{version}/alert-only' },
    ],
  },
} as const satisfies Record<string, ApiSide>;

/** What needs or gives a proof of identity has a function, and so a role, of its own. */
function proofs(routes: readonly RouteSpec[]): readonly RouteSpec[] {
  return routes.map((route) => ({ ...route, function: 'verification-api' as const }));
}

/** Groups of the staff's sign-in that give a role with rules; what each may do: `functions/screening/rule-roles.ts`. */
export const ruleGroups = {
  'rules-auditor': 'Reads rules, comparisons and their journal',
  'rules-analyst': 'Writes rules, tries them in shadow, proposes them, approves those of others',
  'rules-supervisor': 'Approves rules and rolls them back',
} as const;

/** Groups that give a role at the desk; what each may do: `functions/ticket/desk-roles.ts`. */
export const deskGroups = {
  'desk-teller': 'Reads tickets and cards at the branch, and may freeze',
  'desk-agent': 'Works on tickets',
  'desk-supervisor': 'Works on tickets, sees the board and the figures',
  'desk-analyst': 'Reads tickets and how purchases were judged, sees the figures',
  'desk-auditor': 'Reads tickets and their journals, sees the figures',
} as const;

/** Rules are worked on by few, under roles of their own: `functions/screening/rule-roles.ts`. */
function ofRules(routes: readonly RouteSpec[]): readonly RouteSpec[] {
  return routes.map((route) => ({ ...route, function: 'rules-api' as const }));
}

/** The function that serves a route. */
export const servedBy = (side: ApiSide, route: RouteSpec): FunctionName => route.function ?? side.function;

export type ApiSideName = keyof typeof apiSides;
