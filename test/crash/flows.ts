import { CARD_NUMBER, INBOUND } from './cells.ts';
import { caseFlows } from './flows-of-cases.ts';
import { deskFlows } from './flows-of-desk.ts';
import { proofFlows } from './flows-of-proof.ts';
import { rulesFlows } from './flows-of-rules.ts';
import {
  asked,
  buys,
  concludes,
  customer,
  type Flow,
  frozen,
  introduced,
  introducedWithEmail,
  issuer,
  passes,
  second,
  sweepAndText,
  texts,
  ticketNumber,
  twoCards,
} from './steps.ts';

export const flows: readonly Flow[] = [
  {
    name: 'card issued',
    before: [],
    act: [{ does: (scene, cell) => scene.bank.card(cell.card, cell.customerId) }],
  },
  {
    name: 'contact recorded',
    before: [],
    act: [{ does: (scene, cell) => scene.contact(cell) }],
    nameless: ['GetItem Cases PHONE/PHONE'],
  },
  { name: 'cleared transaction', before: [introduced, buys('ordinary', '1')], act: [buys('ordinary', '2')] },
  { name: 'suspicious transaction, alert only', before: [introduced], act: [buys('odd', '1')] },
  { name: 'suspicious transaction, freeze', before: [introduced], act: [buys('spree', '1'), passes(11)] },
  {
    name: 'fold-in of a second suspicious transaction',
    before: frozen,
    act: [buys('spree', '2'), passes(11)],
  },
  { name: 'fold-in that turns an alert into a freeze', before: asked, act: [buys('spree', '2'), passes(11)] },
  { name: 'reply 2 on an alert', before: asked, act: [texts('2')] },
  { name: 'reply 2 on a frozen card', before: frozen, act: [texts('2')] },
  { name: 'reply 1 on an alert', before: asked, act: [texts('1')] },
  { name: 'reply 1 on a frozen card', before: frozen, act: [texts('1')] },
  {
    name: 'H3 two alerts and a bare NO',
    before: [introduced, twoCards, buys('odd', '1'), buys('odd', '2', second)],
    act: [texts('NO')],
    unordered: true,
  },
  {
    name: 'reply 2 of a customer with an e-mail address',
    before: [introducedWithEmail, buys('odd', '1')],
    act: [texts('2')],
  },
  { name: 'STOP', before: asked, act: [texts('TD')] },
  { name: 'reply when nothing is open', before: [introduced], act: [texts('1')] },
  {
    name: 'reply with a full card number',
    before: asked,
    act: [texts(`my card is ${CARD_NUMBER}, is that you?`)],
  },
  {
    name: 'H5 the same reply twice',
    before: [...asked, texts('2')],
    act: [{ does: (scene, cell) => scene.text(cell, '2', { messageId: INBOUND({ ...cell, replies: [] }) }) }],
  },
  {
    name: 'posting and reversal with an open alert',
    before: [...asked],
    act: [
      {
        does: async (scene, { card, mark }) => {
          const amount = { minor: 500_000, currency: 'CNY' };
          const about = { transactionId: `T-${mark}-1`, cardToken: card, amount };
          await scene.bank.put('TransactionPosted', { ...about, billing: amount, postedAt: scene.now(-1) });
          await scene.bank.put('TransactionReversed', {
            ...about,
            kind: 'reversal',
            reversedAt: scene.now(-1),
          });
        },
      },
    ],
  },
  {
    name: 'issuer fails, then confirms',
    before: [introduced, issuer('fail')],
    act: [buys('spree', '1'), passes(11), issuer('confirm'), passes(60)],
    bySweep: ['sweep-deadlines', 'freeze-cards', 'record-card-status'],
  },
  {
    name: 'issuer silent for a while',
    before: [introduced, issuer('silent')],
    act: [buys('spree', '1'), passes(11), issuer('confirm'), passes(60)],
    bySweep: ['sweep-deadlines', 'freeze-cards', 'record-card-status'],
  },
  { name: 'second notice', before: [...asked, passes(290)], act: [passes(30)], bySweep: sweepAndText },
  { name: 'expiry', before: [...asked, passes(890)], act: [passes(30)], bySweep: sweepAndText },
  {
    name: 'malformed event',
    before: [introduced],
    act: [
      {
        does: (scene, cell) =>
          scene.bank.put('TransactionAuthorized', { cardToken: cell.card, nonsense: true }),
      },
    ],
  },
  {
    name: 'a chargeback confirms the fraud of an open alert, then takes it back',
    before: [introduced, buys('odd', '2')],
    act: [concludes('FraudConfirmed', 1), passes(5), concludes('FraudCleared', 2)],
  },
  { name: 'customer freezes', before: [introduced], act: [customer('freeze')] },
  { name: 'customer reports the card lost', before: [introduced], act: [customer('lost')] },
  {
    name: 'customer reports transactions in the app',
    before: [introduced, buys('ordinary', '1')],
    act: [
      {
        does: (scene, cell) => {
          const body = { cardToken: cell.card, transactionIds: [`T-${cell.mark}-1`], note: 'never there' };
          return scene.request(cell, 'customer', '/reports', body);
        },
      },
    ],
  },
  {
    name: 'customer asks for a person in the app',
    before: [...asked, texts('2')],
    act: [
      {
        does: async (scene, cell) => {
          const path = `/tickets/${await ticketNumber(scene, cell)}/person`;
          await scene.request(cell, 'customer', path, { phoneConsent: true });
        },
      },
    ],
  },
  {
    name: 'customer writes in the app',
    before: [...asked, texts('2')],
    act: [
      {
        does: async (scene, cell) => {
          const path = `/tickets/${await ticketNumber(scene, cell)}/messages`;
          await scene.request(cell, 'customer', path, { text: `my card is ${CARD_NUMBER}` });
        },
      },
    ],
  },
  {
    name: 'agent claims',
    before: [...asked, texts('2')],
    act: [
      {
        does: async (scene, cell) =>
          scene.request(cell, 'agent', `/agent/tickets/${await ticketNumber(scene, cell)}/claim`),
      },
    ],
  },
  {
    name: 'repeated event, cleared',
    before: [introduced, buys('ordinary', '1'), passes(3_600)],
    act: [buys('ordinary', '1')],
  },
  { name: 'repeated event, suspicious', before: [...frozen, passes(60)], act: [buys('spree', '1')] },
  ...proofFlows,
  ...rulesFlows,
  ...deskFlows,
  ...caseFlows,
];
