import type { Answer } from '../shared/route.ts';
import type { routes } from './routes.ts';

/** What the API answers, by the names the page uses. */
type Live = Required<Answer<typeof routes.readLive>>;
export type OwnCard = Live['cards'][number];
export type Card = Answer<typeof routes.freezeCard>['card'];
export type Alert = Live['alerts'][number];
export type Transaction = Answer<typeof routes.listTransactions>['transactions'][number];
export type TicketLine = Live['tickets'][number];
export type Ticket = Live['ticket'];
export type Message = Live['messages'][number];
export type Verification = Answer<typeof routes.openVerification>;
export type Notice = Answer<typeof routes.listNotices>['notices'][number];
