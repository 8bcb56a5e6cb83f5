import type { Action } from '../verification/verification-policy.ts';
import { formatAmount } from './amount.ts';
import { cleanMerchantName } from './merchant-name.ts';
import { publicWording } from './public-wording.ts';
import type { FactsOf } from './text-facts.ts';
import { localTime, type Room, type Templates, type Voice } from './text-template.ts';

const appOrCall = 'open the app or call the number on your card.';
const openAppOrCall = `O${appOrCall.slice(1)}`;
const coachedWords = {
  full: ' If someone tells you what to answer, stop.',
  brief: ' Told what to answer? Stop.',
  none: '',
} as const;

const actionWords: Readonly<Record<Action, string>> = {
  unfreeze: 'unfreeze card',
  enrol_device: 'add a device for card',
  enrol_totp: 'add an authenticator for card',
  change_contact: 'change contact data, card',
  close_replace: 'close and replace card',
  export_ticket: 'export the case of card',
  hear_transactions: 'hear transactions of card',
};

function charge(facts: FactsOf<'question'>, voice: Voice, room: Room): string {
  const { day, month, clock } = localTime(facts.occurredAt, voice.zone);
  const limit = room.merchant;
  const at = limit === 0 ? '' : ` at "${cleanMerchantName({ name: facts.merchant, language: 'en', limit })}"`;
  const more = facts.count > 1 ? ` and ${facts.count - 1} more` : '';
  const when = room.time ? `, ${day} ${month} ${clock}` : '';
  const kind = facts.recurring && !room.bare ? 'recurring ' : '';
  return `${kind}${formatAmount(facts.amount, 'en')}${at}${when}${more}`;
}

function question(facts: FactsOf<'question'>, voice: Voice, room: Room): string {
  const what = charge(facts, voice, room);
  const all = facts.count > 1 ? 'all ' : '';
  const told = {
    none: `Card ${facts.lastFour}: ${what}.`,
    requested: `We are checking card ${facts.lastFour}: ${what}.`,
    confirmed: `Card ${facts.lastFour} is frozen: ${what}.`,
  }[facts.hold];
  const name = facts.tag === undefined ? '' : `${facts.tag} `;
  const ask = voice.twoWay ? `Reply ${name}1 = ${all}mine, ${name}2 = not mine.` : `Yours? ${openAppOrCall}`;
  return `${told} ${ask}${coachedWords[room.coached]}`;
}

/** What may be said of the card: only a hold the issuer confirmed is "frozen" (H17). */
function cardState(facts: {
  readonly lastFour: string;
  readonly hold: 'none' | 'requested' | 'confirmed';
}): string {
  if (facts.hold === 'confirmed') return `Card ${facts.lastFour} is frozen.`;
  if (facts.hold === 'requested') return `We are acting on card ${facts.lastFour}.`;
  return `This is about card ${facts.lastFour}.`;
}

export const changedInEnglish = {
  phone: 'The phone number we have for you was changed.',
  email: 'The e-mail address we have for you was changed.',
  sim: 'Your phone number moved to another SIM card or operator.',
  device_added: 'A new device can now verify you with us.',
  device_removed: 'A device that could verify you was removed.',
  authenticator_added: 'A new authenticator app can now verify you with us.',
} as const satisfies Record<FactsOf<'contactChanged'>['what'], string>;

function statusLine(facts: FactsOf<'ticketStatus'>, voice: Voice): string {
  const { day, month, clock } = localTime(facts.asOf, voice.zone);
  return `Ticket ${facts.ticketNumber}: ${publicWording[facts.status].en} (version ${facts.version}, as of ${day} ${month} ${clock}).`;
}

const templates: Templates = {
  question,
  secondNotice: (facts, voice, room) => `Reminder. ${question(facts, voice, room)}`,
  notMineReceived: (facts) =>
    `Thank you, noted as not yours. ${cardState(facts)} Ticket ${facts.ticketNumber}: a person will follow up.`,
  mineOnAlert: (facts) =>
    `Thank you. The charge on card ${facts.lastFour} is noted as yours.${
      facts.declined && !facts.recurring ? ' If it was declined, you can try again.' : ''
    }`,
  mineOnFrozen: (facts, _voice, room) =>
    `Noted. ${facts.hold === 'confirmed' ? `Card ${facts.lastFour} stays frozen.` : cardState(facts)} To verify, ${appOrCall}${coachedWords[room.coached]}`,
  whichAlert: (facts, voice) => {
    const names = facts.choices.map((choice) => choice.tag ?? choice.lastFour);
    const held = facts.held ? 'Noted, cards protected. ' : '';
    if (!voice.twoWay) return `${held}More than one question is open: ${appOrCall}`;
    const list = facts.choices
      .map((c) => (c.tag === undefined ? c.lastFour : `${c.tag} (${c.lastFour})`))
      .join(', ');
    return `${held}Which one: ${list}? Reply ${names[0]} 1 = mine, ${names[0]} 2 = not mine.`;
  },
  unclear: (facts, voice) => {
    const name = facts.tag === undefined ? '' : `${facts.tag} `;
    if (!voice.twoWay) return `We could not read your answer. ${openAppOrCall}`;
    return `We could not read your answer. Reply ${name}1 = mine or ${name}2 = not mine, or ${appOrCall}`;
  },
  nothingOpen: () =>
    'We have no open question for you. If a text asked you to reply, it may not be ours: call the number on your card.',
  lateYes: (facts) =>
    `Your answer came after the question closed. ${
      facts.hold === 'confirmed' ? `Card ${facts.lastFour} stays frozen.` : cardState(facts)
    } To go on, ${appOrCall}`,
  alreadyNotMine: (facts) =>
    `Noted before as not yours; that stands. ${cardState(facts)} Ticket ${facts.ticketNumber}. To change it, call the number on your card.`,
  stopConfirmed: () =>
    'You will get no more texts from us. Your cards stay protected and open cases go on. Use the app or call the number on your card.',
  startConfirmed: (_facts, voice) =>
    `You will get texts about your cards again.${voice.twoWay ? ' STOP ends them.' : ''}`,
  help: (_facts, voice) =>
    `Fraud alerts.${voice.twoWay ? ' Answer a question with 1 = mine or 2 = not mine; AGENT: a person; STOP: no texts.' : ''} Help: call the number on your card.`,
  personAsked: ({ ticketNumber }) =>
    `A person will get back to you.${ticketNumber === undefined ? '' : ` Ticket ${ticketNumber}.`} If somebody calls, the app tells whether it is us.`,
  freezeReceived: (facts) =>
    facts.hold === 'confirmed'
      ? `Card ${facts.lastFour} is frozen as you asked. To lift this, ${appOrCall}`
      : `We have your request for card ${facts.lastFour} and are acting on it. To follow it, ${appOrCall}`,
  freezeUnknownCard: () => `We could not match that card. Please ${appOrCall}`,
  freezeWhichCard: (_facts, voice) =>
    voice.twoWay
      ? `Which card? Reply FREEZE and its last four digits, or ${appOrCall}`
      : `Which card? To freeze one, ${appOrCall}`,
  ticketStatus: statusLine,
  ticketNews: (facts, voice) => `${statusLine(facts, voice)} Open the app to read it.`,
  contactChanged: (facts) => `${changedInEnglish[facts.what]} Not you? Call the number on your card at once.`,
  statusWhichCase: (_facts, voice) =>
    voice.twoWay
      ? `Which case? Reply STATUS and the last four digits of the card, or ${appOrCall}`
      : `Which case? To see them, ${appOrCall}`,
  verificationCode: ({ action, lastFour = '', code = '' }) =>
    `${code} is your code to ${actionWords[action]} ${lastFour}. 5 min, in the app only. We never ask for it by phone: tell nobody.`,
  cardNumberWarning: () =>
    `Please never send card numbers or security digits by text. We removed them. For help, ${appOrCall}`,
  wrongNumberNoted: () => 'Thank you for telling us. You will get no more texts from us on this number.',
};

export const english = {
  templates,
  sign: (bank: string, body: string) => `${bank}: ${body}`,
};
