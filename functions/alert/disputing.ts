import { cleanMerchantName } from '../notification/merchant-name.ts';
import { disputesOf, type Reported, withReported } from '../ticket/dispute.ts';
import { shown, type Ticket } from '../ticket/ticket.ts';
import type { WantedOutcome } from '../ticket/wanted-outcome.ts';
import type { StoredDecision } from '../transaction/decision.ts';

/** Longest merchant name a dispute keeps; as an app shows it. */
const MERCHANT_CHARACTERS = 60;

interface Report {
  readonly cardToken: string;
  readonly decisions: readonly StoredDecision[];
  readonly wanted?: WantedOutcome;
  /** The agent the customer said it to. */
  readonly agentId?: string;
}

/** The ticket with what is reported disputed on it; the same ticket where all of it is known already. */
export function disputing(ticket: Ticket, report: Report, at: string): Ticket {
  // Of a card whose ticket became part of another card's.
  const cardToken = report.cardToken === ticket.cardToken ? undefined : report.cardToken;
  const reported = report.decisions.map((decision) => disputed(decision, cardToken));
  // As its history names them; the agent's name is in the journal.
  const by = report.agentId === undefined ? 'customer' : 'desk';
  const { disputes, added } = withReported(disputesOf(ticket), reported, { at, by });
  const wanted = report.wanted ?? ticket.wanted;
  if (added.length === 0 && wanted === ticket.wanted) return ticket;
  return { ...shown(ticket, at), disputes: [...disputes], wanted };
}

/** What of a transaction stays with its dispute: filled in from what we know, asked of nobody (D4). */
function disputed(
  { transactionId, occurredAt, amount, billing, merchant }: StoredDecision,
  cardToken: string | undefined,
): Reported {
  const { name } = merchant;
  return {
    transactionId,
    cardToken,
    facts: {
      occurredAt,
      merchantName: cleanMerchantName({ name, language: 'zh-CN', limit: MERCHANT_CHARACTERS }),
      amount: { minor: amount.minor, currency: amount.currency },
      billing: { minor: billing.minor, currency: billing.currency },
    },
  };
}
