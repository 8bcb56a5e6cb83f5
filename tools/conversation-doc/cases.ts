import type { MailOrder } from '../../functions/notification/email-facts.ts';
import type { TextOrder } from '../../functions/notification/texts.ts';

/** What a customer writes, what they are told, and what happens besides. */
export interface Turn {
  /** As the customer types it; absent: we write first. */
  readonly writes?: readonly [zh: string, en: string];
  /** Texts that answer; none: silence. */
  readonly told: readonly TextOrder[];
  /** E-mails that go out with it. */
  readonly mailed?: readonly MailOrder[];
  readonly after: string;
}

export interface Case {
  readonly id: string;
  readonly title: string;
  readonly turns: readonly Turn[];
}

const lastFour = '4417';
const ticketNumber = 'FR-7K3M9QXZ';
const purchase = {
  lastFour,
  amount: { minor: 388_800, currency: 'CNY' },
  merchant: 'GADGET HUB',
  occurredAt: '2026-11-22T15:40:00Z',
  count: 1,
  recurring: false,
} as const;
const question = (over: object = {}): TextOrder => ({
  kind: 'question',
  facts: { ...purchase, hold: 'confirmed', ...over },
});
const noted: TextOrder = { kind: 'notMineReceived', facts: { lastFour, hold: 'confirmed', ticketNumber } };
const which = (held: boolean): TextOrder => ({
  kind: 'whichAlert',
  facts: {
    held,
    choices: [
      { lastFour, tag: '3' },
      { lastFour: '8890', tag: '4' },
    ],
  },
});
const mail = (
  event: Extract<MailOrder, { kind: 'ticket' }>['facts']['event'],
  status: 'queued' | 'in_progress' | 'resolved',
  version: number,
): MailOrder => ({
  kind: 'ticket',
  facts: { event, ticketNumber, status, version, asOf: '2026-11-22T16:10:00Z', lastFour },
});
const neutral: TextOrder = { kind: 'nothingOpen', facts: {} };

export const cases: readonly Case[] = [
  {
    id: 'H1',
    title: 'The same transaction told twice',
    turns: [
      {
        told: [question()],
        after:
          'One question, however often and in whatever order the bank tells it. The same id with another body is kept apart for people; the customer hears nothing of it.',
      },
    ],
  },
  {
    id: 'H2',
    title: 'Several suspicious transactions within minutes',
    turns: [
      { told: [question()], after: 'The card is held before the text goes out.' },
      {
        told: [{ kind: 'secondNotice', facts: { ...purchase, hold: 'confirmed', count: 3 } }],
        after:
          'What joined within the five minutes is counted in the second notice, not texted one by one; the app lists all. At most three texts in three days.',
      },
    ],
  },
  {
    id: 'H3',
    title: 'A reply while two alerts are open',
    turns: [
      {
        writes: ['1', '1'],
        told: [which(false)],
        after:
          'A bare YES changes nothing. The alert whose text the provider says is answered is named first, and that is all the provider’s hint does.',
      },
      {
        writes: ['2', '2'],
        told: [which(true)],
        after: 'A bare NO holds every card concerned, each ticket at P1; none is settled until it is named.',
      },
      {
        writes: ['3 2', '3 2'],
        told: [noted],
        after: 'The one named is settled as fraud; the other stays held and open.',
      },
    ],
  },
  {
    id: 'H4',
    title: 'Late and contradictory answers',
    turns: [
      {
        writes: ['1', '1'],
        told: [{ kind: 'mineOnFrozen', facts: { lastFour, hold: 'confirmed' } }],
        after:
          'On a frozen card a YES only claims: a second factor in the app, or a person, has to prove it within 15 minutes.',
      },
      {
        writes: ['1 (第16分钟)', '1 (16 minutes later)'],
        told: [{ kind: 'lateYes', facts: { lastFour, hold: 'confirmed' } }],
        after: 'A late YES never releases; two factors in the app still do.',
      },
      {
        writes: ['2', '2'],
        told: [noted],
        after: 'A NO wins, late or early, before or after a YES, whichever arrives first.',
      },
      {
        writes: ['1', '1'],
        told: [{ kind: 'alreadyNotMine', facts: { lastFour, hold: 'confirmed', ticketNumber } }],
        mailed: [mail('not_mine_queued', 'queued', 2)],
        after:
          'Only two of staff undo a NO. Until a conclusion it is a provisional label. The receipt comes with the first NO.',
      },
    ],
  },
  {
    id: 'H5',
    title: 'The same reply twice',
    turns: [
      {
        writes: ['2 (再次送达)', '2 (delivered again)'],
        told: [],
        after:
          'No second effect, no second answer; also when the provider gives no id, for a day and longer.',
      },
    ],
  },
  {
    id: 'H6',
    title: 'Words we cannot read',
    turns: [
      {
        writes: ['你好，在吗？', 'Hello, who is this?'],
        told: [{ kind: 'unclear', facts: {} }],
        after: 'Asked once more.',
      },
      {
        writes: ['什么意思', 'What do you mean'],
        told: [],
        after: 'A person takes over: P2 with a hold, P3 without.',
      },
    ],
  },
  {
    id: 'H7',
    title: 'A flood of texts',
    turns: [
      {
        writes: ['2 (第五次)', '2 (for the fifth time)'],
        told: [],
        after:
          'Four answers per alert, then silence; the ticket notes each text as unanswered. What a text does is done all the same.',
      },
    ],
  },
  {
    id: 'H8',
    title: 'Wrong number',
    turns: [
      {
        writes: ['打错了', 'Wrong number'],
        told: [{ kind: 'wrongNumberNoted', facts: {} }],
        after:
          'The last text to this number until the bank sends a newer contact. The freeze stands; the ticket goes to a person at P1, who needs another channel.',
      },
    ],
  },
  {
    id: 'H9',
    title: 'A number that several customers share, or an unknown one',
    turns: [
      { told: [question({ tag: '3' })], after: 'Every question to a shared number carries its tag.' },
      {
        writes: ['1', '1'],
        told: [{ kind: 'whichAlert', facts: { held: false, choices: [{ lastFour, tag: '3' }] } }],
        after: 'A YES without the tag changes nothing, even with one alert open. A NO needs no tag.',
      },
      {
        writes: ['1 (陌生号码)', '1 (from an unknown number)'],
        told: [neutral],
        after:
          'Nothing is revealed. A number that moved to another customer cannot say YES for the former one; its NO still blocks.',
      },
    ],
  },
  {
    id: 'H10',
    title: 'STOP',
    turns: [
      {
        writes: ['退订', 'STOP'],
        told: [{ kind: 'stopConfirmed', facts: {} }],
        after:
          'No more texts; the freeze and the case go on. “CANCEL my card” is a sentence, not an opt-out.',
      },
      {
        writes: ['恢复短信', 'START'],
        told: [{ kind: 'startConfirmed', facts: {} }],
        after: 'Texts again; each change is kept with time, source and word.',
      },
    ],
  },
  {
    id: 'H11',
    title: 'HELP, STATUS, FREEZE',
    turns: [
      { writes: ['帮助', 'HELP'], told: [{ kind: 'help', facts: {} }], after: 'Nothing changes.' },
      {
        writes: ['人工', 'AGENT'],
        told: [{ kind: 'personAsked', facts: { ticketNumber } }],
        after: 'The call-back clock runs on the ticket that is open; with none open it is HELP.',
      },
      {
        writes: ['进度', 'STATUS'],
        told: [
          {
            kind: 'ticketStatus',
            facts: { ticketNumber, status: 'in_progress', version: 4, asOf: '2026-11-22T16:10:00Z' },
          },
        ],
        after: 'The open ticket, whatever channel opened it, as the app shows it.',
      },
      {
        writes: ['进度 (两张工单)', 'STATUS (two cases)'],
        told: [{ kind: 'statusWhichCase', facts: {} }],
        after: 'The same on a shared number: the card has to be named.',
      },
      {
        writes: ['冻结 4417', 'FREEZE 4417'],
        told: [{ kind: 'freezeReceived', facts: { lastFour, hold: 'requested' } }],
        after: 'The customer’s own hold, at once and whatever the caps; no ticket is needed.',
      },
      {
        writes: ['冻结', 'FREEZE'],
        told: [{ kind: 'freezeWhichCard', facts: {} }],
        after: 'Said to somebody with several cards and no question open about one of them.',
      },
      {
        writes: ['冻结 0000', 'FREEZE 0000'],
        told: [{ kind: 'freezeUnknownCard', facts: {} }],
        after: 'The same words whether the card is somebody else’s, nobody’s, or the number unknown.',
      },
    ],
  },
  {
    id: 'H12',
    title: 'A text that cannot be sent',
    turns: [
      {
        told: [],
        after:
          'No phone, landline, opted out, wrong or changed number, country not allowed, refused: the freeze stands, the alert is undeliverable with its reason, the ticket is with people at P1.',
      },
    ],
  },
  {
    id: 'H13',
    title: 'Abroad, without texts',
    turns: [
      {
        told: [],
        after:
          'The app offers whatever proves the customer without the phone number: a passkey, one-time passwords, staff. Two kinds are needed, a code by text is only one of them.',
      },
    ],
  },
  {
    id: 'H14',
    title: 'Codes that do not count',
    turns: [
      {
        told: [{ kind: 'verificationCode', facts: { action: 'unfreeze', lastFour, code: '40719283' } }],
        after: 'To be typed in the app, within five minutes, once; never asked for by phone or by text.',
      },
      {
        told: [],
        after:
          'One answer for wrong, old, used, not the newest and one for something else. After the third a person takes over and the card stays frozen; nine failures in 30 days, or six codes in a day, end it as well.',
      },
    ],
  },
  {
    id: 'H15',
    title: 'A card number in a text',
    turns: [
      {
        writes: ['不是我 6222 0212 3456 7894', 'Not mine 6222 0212 3456 7894'],
        told: [noted, { kind: 'cardNumberWarning', facts: {} }],
        after:
          'The answer counts; the number is masked before anything is stored. Warned once per incident, within the same four answers.',
      },
    ],
  },
  {
    id: 'H16',
    title: 'A hold that is not ours',
    turns: [
      {
        writes: ['1', '1'],
        told: [{ kind: 'mineOnAlert', facts: { lastFour, declined: false, recurring: false } }],
        after:
          'The charge is noted as theirs; the hold the customer, the bank or a lost report set stands as before, and the app says so. Nobody is told the card works.',
      },
    ],
  },
  {
    id: 'H17',
    title: 'The freeze is not confirmed yet',
    turns: [
      {
        told: [question({ hold: 'requested' })],
        after:
          'Ten seconds without the issuer’s word: neutral words, and a person at P1. Nobody is told “frozen” before it is true.',
      },
    ],
  },
  {
    id: 'H18',
    title: 'The same purchase after a proven YES',
    turns: [
      {
        told: [],
        after:
          'It passes, twice in 24 hours, at 80–110 % of the amount at the same merchant; no text. Anything else is a new question.',
      },
    ],
  },
  {
    id: 'H19',
    title: 'A hostile merchant name',
    turns: [
      {
        told: [question({ merchant: '【银行】http://evil.test/ call +1 555 0100\u202e now' })],
        after:
          'Links, signature brackets, numbers to call and control characters are gone, and the rest is cut to fit.',
      },
    ],
  },
  {
    id: 'H20',
    title: 'Thousands of alerts',
    turns: [
      {
        told: [],
        after:
          'Beyond the caps the card is held and the ticket opened without a text; the app asks, and a person calls.',
      },
    ],
  },
  {
    id: 'H21',
    title: 'Ten thousand freezes at once',
    turns: [{ told: [question()], after: 'Cards are frozen first; texts follow, at most twenty a second.' }],
  },
  {
    id: 'H22',
    title: 'Something of ours is down',
    turns: [
      {
        writes: ['2', '2'],
        told: [noted],
        after: 'The answer comes later, and counts as of when it was sent. The hold stands all the while.',
      },
    ],
  },
  {
    id: 'H23',
    title: 'A refund while the question is open',
    turns: [{ told: [], after: 'Noted on the ticket. The question stands, and nothing is released.' }],
  },
  {
    id: 'H24',
    title: 'A recurring charge',
    turns: [
      { told: [question({ hold: 'none', recurring: true })], after: 'An alert without a hold.' },
      {
        writes: ['1', 'YES'],
        told: [{ kind: 'mineOnAlert', facts: { lastFour, declined: true, recurring: true } }],
        after: 'Settled as genuine; nothing is said of trying again, which nobody can.',
      },
    ],
  },
  {
    id: 'H25',
    title: 'A transaction told too late',
    turns: [
      {
        told: [],
        after:
          'No question by text about what is long past: the ticket is with people at once, and the app shows it.',
      },
    ],
  },
  {
    id: 'H26',
    title: 'Several agents at one ticket',
    turns: [
      {
        told: [],
        mailed: [mail('taken_in_hand', 'in_progress', 3)],
        after: 'One of them has it, and the customer hears of one.',
      },
    ],
  },
  {
    id: 'H27',
    title: 'An answer on another channel',
    turns: [
      {
        told: [],
        after: 'Answered in the app, the same alert and ticket move on; a reminder not yet sent is left out.',
      },
    ],
  },
  {
    id: 'H28',
    title: 'A ticket is opened again',
    turns: [
      {
        told: [],
        mailed: [mail('reopened', 'queued', 6)],
        after:
          'The same number. It comes back by a new alert of the card within seven days, or by the customer’s own words.',
      },
    ],
  },
  {
    id: 'H29',
    title: 'An event nobody can read',
    turns: [{ told: [], after: 'The customer sees nothing of it, until it is mended and sent again.' }],
  },
  {
    id: 'H30',
    title: 'A reply when nothing is open',
    turns: [{ writes: ['1', 'YES'], told: [neutral], after: 'Twice a day at most.' }],
  },
  {
    id: 'H31',
    title: 'A YES dictated by a scammer',
    turns: [
      {
        told: [question()],
        after:
          'Every question, and every answer to a YES on a frozen card, says to stop when somebody dictates the answer. From a number or SIM changed in the last 72 hours a YES only claims, also where nothing is frozen.',
      },
    ],
  },
  {
    id: 'H32',
    title: 'A card we have not heard of yet',
    turns: [
      {
        told: [],
        after:
          'Held and with people at once, P1: without a contact nobody can be asked. A contact that comes later does not change that; an older one never replaces a newer.',
      },
    ],
  },
  {
    id: 'H33',
    title: 'A bad rule freezes hundreds',
    turns: [
      {
        told: [],
        mailed: [{ kind: 'card', facts: { event: 'freeze_lifted', lastFour, asOf: '2026-11-22T16:10:00Z' } }],
        after: 'Frozen cards are released together by two of staff; each customer is told of theirs.',
      },
    ],
  },
];
