import type { FunctionName } from './functions.ts';

export interface RouteSpec {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

export interface ApiSide {
  readonly function: FunctionName;
  readonly scope: string;
  readonly routes: readonly RouteSpec[];
}

/** Each kind of person has its own function, token issuer and scope. */
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
      { method: 'POST', path: '/agent/alerts/{alertId}/undo-not-mine' },
      { method: 'POST', path: '/agent/alerts/{alertId}/undo-not-mine/approve' },
    ],
  },
} as const satisfies Record<string, ApiSide>;

export type ApiSideName = keyof typeof apiSides;
