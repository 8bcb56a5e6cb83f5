import { hash } from 'node:crypto';
import type { BankEvent } from './envelope.ts';

/**
 * Digest of what an event says, for telling a repeat from a conflict (H1): the same after any key order,
 * delivery time, envelope or way of writing the same moment; another body gives another digest. Made from
 * the parsed event, so fields we do not know do not count. base64url of 12 bytes of SHA-256.
 */
export function bodyDigest(event: BankEvent): string {
  return shorten(hash('sha256', `${event.type}${canonical(event.detail)}`, 'base64url'));
}

/** Sort key part under which a transaction's decision is kept: base64url of 12 bytes of SHA-256 of its id. */
export function decisionKeyPart(transactionId: string): string {
  return shorten(hash('sha256', transactionId, 'base64url'));
}

/** 16 characters of base64url are exactly 12 bytes. */
function shorten(digest: string): string {
  return digest.slice(0, 16);
}

const utcTime = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(utcTime.test(value) ? sameMoment(value) : value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/** `…:05Z`, `…:05.0Z` and `…:05.000Z` are one moment. */
function sameMoment(time: string): string {
  return time.includes('.') ? time.replace(/\.?0*Z$/, 'Z') : time;
}
