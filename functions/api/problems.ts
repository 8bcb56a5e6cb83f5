/**
 * Every way a request may end but the good one, as RFC 9457 names it: `urn:cardguard:problem:<name>`. Programs go by
 * the name; the title tells people what to do. No title, and nothing beside it, repeats what was sent (I10).
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not have the form this address takes.' },
  'idempotency-key': { status: 400, title: 'Send an Idempotency-Key header of 8 to 128 characters.' },
  'unknown-customer': { status: 403, title: 'This log-in does not belong to a customer of the bank.' },
  'cardholder-only': { status: 403, title: 'Only the person whose card it is sees its transactions.' },
  /** What is somebody else's reads like what is not there (I11). */
  'not-found': { status: 404, title: 'There is no such card, ticket or alert of yours.' },
  'no-such-route': { status: 404, title: 'There is nothing at this address.' },
  'card-closed': { status: 409, title: 'This card is closed for good.' },
  'alert-changed': {
    status: 409,
    title: 'More transactions joined than were shown. Show them, then ask again.',
  },
  'ticket-closed': { status: 409, title: 'This ticket is closed. Start a new one.' },
  'too-many-disputes': { status: 409, title: 'This ticket disputes as many transactions as one may.' },
  'no-such-dispute': { status: 409, title: 'This ticket does not dispute that transaction.' },
  'dispute-status': { status: 409, title: 'From the status it has, the dispute does not go there.' },
  'dispute-details': {
    status: 422,
    title: 'This step needs more: an amount, a reference, a cause, or words for the customer.',
  },
  'dispute-amount': { status: 422, title: 'More than was charged, or in another currency.' },
  'too-many-steps': { status: 409, title: 'The disputes of this ticket have as many steps as are kept.' },
  'disputes-open': {
    status: 409,
    title: 'Disputes of this ticket are undecided. Say why it is over all the same, or see to them first.',
  },
  'cannot-merge': {
    status: 409,
    title: 'A ticket is merged into another open one of the same customer, which has room for it.',
  },
  'too-much-evidence': { status: 409, title: 'This ticket has as many files as one may. Ask for a person.' },
  'not-disputed': { status: 409, title: 'This transaction is none that the ticket disputes.' },
  'file-too-large': { status: 422, title: 'A file may have 10 MB. Send a smaller one, or a photo of it.' },
  'file-type-not-taken': {
    status: 422,
    title: 'Files of this type are not taken. Send a PDF, or a picture as JPEG, PNG or HEIC.',
  },
  'evidence-not-ready': {
    status: 409,
    title: 'This file cannot be read: it is being checked, was refused or never came.',
  },
  'call-announced': { status: 409, title: 'A call is announced for this ticket already.' },
  'no-contact-centre': { status: 409, title: 'This bank has no contact centre that dials. Dial by hand.' },
  'no-contact-centre-user': {
    status: 409,
    title: 'Your sign-in names no user of the contact centre. Dial by hand, or ask who manages sign-ins.',
  },
  'no-call': { status: 409, title: 'You have announced no call for this ticket.' },
  'nothing-to-lift': { status: 409, title: 'No hold of this card is yours to lift by a proof of this.' },
  'nothing-to-replace': {
    status: 409,
    title: 'Nothing was reported about this card. Report it first, then ask for another.',
  },
  'concluded-as-fraud': { status: 409, title: 'You said this was not you. Only our staff can change that.' },
  'verification-over': { status: 409, title: 'This verification was used, failed or ran out. Open another.' },
  'verification-void': { status: 409, title: 'The hold changed since you began. Open another verification.' },
  'not-verified': { status: 409, title: 'This verification is not complete yet, or not any more.' },
  'phone-not-accepted': { status: 409, title: 'Codes to your phone are not accepted now. Use another way.' },
  'too-many-codes': {
    status: 409,
    title: 'Three codes were sent for this. Use another way, or ask for a person.',
  },
  'no-device': { status: 409, title: 'No device of yours is enrolled. Use another way.' },
  'too-many-devices': { status: 409, title: 'You have 20 devices. Remove one first.' },
  'not-accepted': { status: 422, title: 'This was not accepted.' },
  'not-claimable': { status: 409, title: 'A ticket of this status cannot be claimed.' },
  'claim-taken': { status: 409, title: 'Another agent has claimed this ticket.' },
  'at-capacity': {
    status: 409,
    title: 'You have as many tickets in work as one agent may. Finish one first.',
  },
  'wrong-status': { status: 409, title: 'From the status it has, the ticket does not go there.' },
  'nothing-to-take-over': { status: 409, title: 'Nobody else has this ticket in hand. Claim it.' },
  'ticket-followed': {
    status: 409,
    title: 'A later ticket of this card goes on with the incident. Work on that one.',
  },
  'no-such-transaction': { status: 409, title: 'A transaction named is not one of this card that is kept.' },
  'invalid-phone': { status: 422, title: 'This is no phone number. Give it with its country, e.g. +86.' },
  'nothing-to-undo': { status: 409, title: 'This alert is not settled as fraud.' },
  'not-your-ticket': { status: 409, title: 'Claim the ticket first: only who has it in hand may do this.' },
  'approval-waits': { status: 409, title: 'Another agent has asked for this already: approve it instead.' },
  'nothing-to-approve': {
    status: 409,
    title: 'Nothing waits for approval here: it ran out, was granted or declined.',
  },
  'not-permitted': { status: 403, title: 'Your role does not allow this. Ask who manages your sign-in.' },
  'rule-set-invalid': {
    status: 422,
    title: 'No rule set that could be used: the problems say where and why.',
  },
  'rule-set-exists': { status: 409, title: 'This version exists. Contents never change: take another name.' },
  'too-many-rule-sets': { status: 409, title: 'There are as many versions as are kept.' },
  'rule-set-not-usable': {
    status: 409,
    title: 'The contents of this version cannot be used by this release.',
  },
  'wrong-state': { status: 409, title: 'From the state it is in, a rule set does not go there.' },
  'needs-two': { status: 409, title: 'This takes two people: propose it, and another person approves.' },
  'too-many-shadows': { status: 409, title: 'Two sets are in shadow. Take one out first.' },
  'share-taken': { status: 409, title: 'Another set has a share of the cards. Take it back first.' },
  'proposal-waits': { status: 409, title: 'A proposal for this set waits already.' },
  'nothing-before': { status: 409, title: 'Nothing was live before.' },
  'live-changed': { status: 409, title: 'Another set is live now. Look again, then decide.' },
  'entry-invalid': { status: 422, title: 'This entry cannot be kept: the problems say why.' },
  'entry-exists': { status: 409, title: 'This stands on the list already.' },
  'too-many-entries': { status: 409, title: 'The list of this kind is full. Take entries off first.' },
  'same-person': { status: 403, title: 'Another person has to approve what you asked for.' },
  'too-large': { status: 413, title: 'The body of a request may have 16 KB, that of a rule set 400 KB.' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request.' },
  'too-many-requests': { status: 429, title: 'Too many requests. Wait as many seconds as Retry-After says.' },
  internal: { status: 500, title: 'Something went wrong on our side. Please try again.' },
} as const satisfies Readonly<Record<string, { status: number; title: string }>>;

export type ProblemName = keyof typeof problems;

export const problemType = (name: ProblemName): string => `urn:cardguard:problem:${name}`;
