import { formatAmount } from './amount.ts';
import type { CardMailEvent, MailDispute, TicketMailEvent } from './email-facts.ts';
import type { MailWords } from './emails.ts';
import { disputeWording, publicWording } from './public-wording.ts';
import { changedInEnglish } from './texts-en.ts';

/** What happened to the ticket, and what happens next (D4, D6). */
const happened: Readonly<Record<TicketMailEvent, string>> = {
  not_mine_queued:
    'We have noted that a charge is not yours. A person looks at it: expect to hear from us within 60 minutes, and a first conclusion with a plan within 24 hours.',
  expired_queued:
    'We asked you about a charge and have not heard from you. A person looks at it now: expect to hear from us within 60 minutes. If you know the charge, say so in the app at any time.',
  taken_in_hand: 'One of us has your ticket in hand.',
  customer_needed: 'We need something from you to go on. Open the app to see what.',
  preliminary_conclusion: 'There is a first conclusion, with a plan. Open the app to read it.',
  resolved:
    'Your ticket is resolved. If you see it otherwise, answer in the app or call us, and it is opened again.',
  closed: 'Your ticket is closed.',
  reopened: 'Your ticket is open again.',
  merged: 'Your ticket is closed: it became part of another one, where everything you told us goes on.',
  dispute_moved: 'There is news of a transaction you dispute.',
};

const frozen: Readonly<Record<CardMailEvent, { readonly about: string; readonly says: string }>> = {
  freeze_confirmed: {
    about: 'is frozen',
    says: 'is frozen: no purchase goes through. Refunds and payments you made before still arrive. To have it back, open the app.',
  },
  freeze_lifted: { about: 'can be used again', says: 'is frozen no more and can be used again.' },
};

function disputed({ status, merchantName, charged, amount }: MailDispute): string {
  return [
    ...(merchantName === undefined ? [] : [`Merchant: ${merchantName}`]),
    ...(charged === undefined ? [] : [`Charged:  ${formatAmount(charged, 'en')}`]),
    `Dispute:  ${disputeWording[status].en}`,
    ...(amount === undefined ? [] : [`Amount:   ${formatAmount(amount, 'en')}`]),
  ].join('\n');
}

export const englishMail: MailWords = {
  subject: (bank, about) => `${bank}: ${about}`,
  ticket: ({ event, ticketNumber, status, version, lastFour, into, dispute }, when) => ({
    about: `Ticket ${ticketNumber}: ${publicWording[status].en}`,
    paragraphs: [
      happened[event],
      ...(into === undefined ? [] : [`It goes on as ticket ${into}.`]),
      ...(dispute === undefined ? [] : [disputed(dispute)]),
      [
        `Ticket:  ${ticketNumber}`,
        ...(lastFour === undefined ? [] : [`Card:    ending ${lastFour}`]),
        `Status:  ${publicWording[status].en}`,
        `Version: ${version}`,
        `As of:   ${when}`,
      ].join('\n'),
      'The app shows how it stands now.',
    ],
  }),
  card: ({ event, lastFour }, when) => ({
    about: `Card ${lastFour} ${frozen[event].about}`,
    paragraphs: [`Your card ending ${lastFour} ${frozen[event].says}`, `As of ${when}.`],
  }),
  contactChanged: ({ what }) => ({
    about: changedInEnglish[what].replace(/\.$/, ''),
    paragraphs: [
      changedInEnglish[what],
      'If this was not you, call the number on your card at once.',
      'We write this to the address we had before as well, where there was another.',
    ],
  }),
  foot: (bank) =>
    [
      bank,
      'This mail has no link, and we never ask for a code, a PIN or a card number, by mail or by phone.',
      'To reach us, call the number on your card or open the app. Please do not answer this mail.',
    ].join('\n'),
};
