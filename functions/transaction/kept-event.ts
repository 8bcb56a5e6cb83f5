import { maskForStorage } from '../platform/mask.ts';
import { looksLikeCardNumber } from './card-number.ts';

/** Identifiers, times and codes of the bank's events: masked only where they are a card number and nothing else. */
const identifiers = new Set([
  ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources'],
  ...['transactionId', 'originalTransactionId', 'cardToken', 'cardholderId', 'accountOwnerId', 'customerId'],
  ...['labelId', 'eventId', 'alertId', 'ticketNumber', 'merchantId', 'transactionIds'],
  ...['deviceId', 'occurredAt', 'postedAt', 'issuedAt', 'mcc', 'country', 'currency'],
]);

/**
 * The body of an event about a card as it may be kept (I10): card numbers masked. An identifier that is one would be
 * refused again, so nothing that could be replayed is lost; what is no JSON is masked altogether.
 */
export function keptEvent(body: string): string {
  const event = parsed(body);
  return typeof event === 'object' && event !== null
    ? JSON.stringify(masked(event, ''))
    : maskForStorage(body);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function masked(value: unknown, field: string): unknown {
  if (typeof value === 'number') {
    const text = String(value);
    return looksLikeCardNumber(text) ? lastFourOf(text) : value;
  }
  if (typeof value === 'string') {
    if (looksLikeCardNumber(value)) return lastFourOf(value);
    return identifiers.has(field) ? value : maskForStorage(value);
  }
  if (Array.isArray(value)) return value.map((one) => masked(one, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [maskForStorage(name), masked(one, name)]),
  );
}

const lastFourOf = (text: string): string => `••••${text.replace(/\D/g, '').slice(-4)}`;
