import { noticeOf } from './notices.ts';
import type { FactsOf, TextKind } from './text-facts.ts';

export type ContactChange = FactsOf<'contactChanged'>['what'];

/** A number that is not, or no longer, the one of the contact: encrypted for the customer, with its digest. */
export interface FormerNumber {
  readonly phoneCipher: string;
  readonly digest?: string;
}

/** An address that is not the one of the contact any more, encrypted for the customer. */
export interface FormerAddress {
  readonly cipher: string;
}

/** What an effect stores of one e-mail about the same. */
export type ContactEmail = {
  readonly mail: { readonly kind: 'contactChanged'; readonly facts: { readonly what: ContactChange } };
  readonly customerId: string;
  readonly to?: { readonly cipher: string; readonly owner: string };
};

/** The e-mails that tell of such a change: to the address of the contact, and to the one before it. */
export function contactEmails(change: {
  readonly customerId: string;
  readonly what: ContactChange;
  readonly formerAddress?: FormerAddress;
}): readonly ContactEmail[] {
  if (noticeOf('contact_changed', 'email').how !== 'tell_old_and_new') return [];
  const { customerId, what, formerAddress } = change;
  const mail = (facts: { readonly what: ContactChange }) => ({ kind: 'contactChanged', facts }) as const;
  const now = { mail: mail({ what }), customerId };
  if (formerAddress === undefined) return [now];
  // Who has the old address only has to learn that it is not used any more.
  const to = { cipher: formerAddress.cipher, owner: customerId };
  return [now, { mail: mail({ what: 'email' }), customerId, to }];
}

/** What an effect stores of one text about a changed contact, device or SIM. */
export type ContactText = {
  readonly text: { readonly kind: TextKind; readonly facts: { readonly what: ContactChange } };
  readonly customerId: string;
  readonly to?: { readonly phoneCipher: string; readonly owner: string; readonly digest?: string };
};

/**
 * The texts that tell a customer of such a change, where the notice table wants them: to the number of the contact,
 * and to the one before it, because who changed it may not be who owns it.
 */
export function contactTexts(change: {
  readonly customerId: string;
  readonly what: ContactChange;
  /** Whether the contact has a number now. */
  readonly reachable: boolean;
  readonly former?: FormerNumber;
}): readonly ContactText[] {
  const notice = noticeOf('contact_changed', 'sms');
  if (notice.how !== 'tell_old_and_new' || notice.text === undefined) return [];
  const { customerId, what, former } = change;
  const text = { kind: notice.text, facts: { what } };
  const now = change.reachable ? [{ text, customerId }] : [];
  const before = former === undefined ? [] : [{ text, customerId, to: { ...former, owner: customerId } }];
  return [...now, ...before];
}
