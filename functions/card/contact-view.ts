import type { Contact } from './contact.ts';

/** `z•••@example.com`: enough to know one's own, too little for anybody else. */
export function maskedEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  return `${[...local][0] ?? ''}•••@${domain}`;
}

/** What the customer is shown of their contact: never a whole number or address. */
export function contactView(contact: Contact) {
  return {
    name: contact.name,
    language: contact.language,
    phone: contact.phoneHint === undefined ? null : `••••${contact.phoneHint}`,
    hasPhone: contact.phoneDigest !== undefined,
    email: contact.email === undefined ? null : maskedEmail(contact.email),
    changedAt: contact.changedAt,
    phoneChangedAt: contact.phoneChangedAt,
  };
}
