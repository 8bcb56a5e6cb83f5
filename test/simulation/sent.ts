/** What was sent in from outside: what the end is judged by. */
export interface SentReply {
  readonly messageId: string;
  readonly number: string;
  readonly words: string;
  readonly sentAt: number;
}
export interface SentContact {
  readonly customerId: string;
  readonly sourceVersion: number;
  readonly name: string;
  readonly phone: string | null;
}
export interface SentCard {
  readonly cardToken: string;
  readonly sourceVersion: number;
  readonly lastFour: string;
}

export type Sent = ReturnType<typeof createSent>;

export function createSent() {
  const transactions = new Map<string, Set<string>>();
  const replies: SentReply[] = [];
  const contacts: SentContact[] = [];
  const cards: SentCard[] = [];
  const holds: { cardToken: string; kind: string; outcome: string; customerId: string }[] = [];
  let transactionCount = 0;
  let version = 1;
  return {
    transactions,
    replies,
    contacts,
    cards,
    holds,
    nextTransaction: () => {
      transactionCount += 1;
      return transactionCount;
    },
    nextVersion: () => {
      version += 1;
      return version;
    },
    transaction: (cardToken: string, id: string) => {
      const known = transactions.get(cardToken) ?? new Set();
      transactions.set(cardToken, known.add(id));
    },
    reply: (reply: SentReply) => void replies.push(reply),
    contact: (contact: SentContact) => void contacts.push(contact),
    card: (card: SentCard) => void cards.push(card),
    held: (cardToken: string, kind: string, outcome: string, customerId: string) =>
      void holds.push({ cardToken, kind, outcome, customerId }),
  };
}
