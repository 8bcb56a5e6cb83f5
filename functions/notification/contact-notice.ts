import { noticeOf } from './notices.ts';
import type { FactsOf, TextKind } from './text-facts.ts';

export type ContactChange = FactsOf<'contactChanged'>['what'];

/** A number that is not, or no longer, the one of the contact: encrypted for the customer, with its digest. */
export interface FormerNumber {
  readonly phoneCipher: string;
  readonly digest?: string;
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
