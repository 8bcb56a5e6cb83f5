/**
 * The message id that every e-mail of a ticket refers to (RFC 5322 §3.6.4). No message has it, because SES gives its own;
 * mail programs put messages that refer to the same one together, and an answer to any of them names it, too, so that
 * whoever reads it later finds the ticket.
 */
export function emailThread(ticketNumber: string, from: string): string {
  return `<${ticketNumber}.ticket@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/** The ticket an e-mail answers, by its `References` and `In-Reply-To`; undefined where they name none of ours. */
export function ticketOfThread(references: string, from: string): string | undefined {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const found = [...references.matchAll(/<(FR-[0-9A-HJKMNP-TV-Z]{8})\.ticket@([^>\s]+)>/g)];
  return found.find(([, , of]) => of?.toLowerCase() === domain.toLowerCase())?.[1];
}
