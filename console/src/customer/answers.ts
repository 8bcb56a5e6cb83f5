import type { Answer } from '../shared/route.ts';
import type { routes } from './routes.ts';

/** What the API answers, by the names the page uses. */
export type OwnCard = Answer<typeof routes.listCards>['cards'][number];
export type Card = Answer<typeof routes.freezeCard>['card'];
export type Alert = Answer<typeof routes.listAlerts>['alerts'][number];
export type Transaction = Answer<typeof routes.listTransactions>['transactions'][number];
export type TicketLine = Answer<typeof routes.listTickets>['tickets'][number];
export type Ticket = Answer<typeof routes.readTicket>;
export type Message = Answer<typeof routes.listMessages>['messages'][number];
export type Verification = Answer<typeof routes.openVerification>;
export type Notice = Answer<typeof routes.listNotices>['notices'][number];
