import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createTotpCipher } from '../../../functions/verification/totp-cipher.ts';
import type { LocalStack } from '../../../infra/local/stack.ts';
import { type Authenticator, createAuthenticator } from '../../../tools/story/authenticator.ts';
import type { ProofCalls, Who } from '../proof-calls.ts';
import { type Answer, listOf, type Requests, recordOf } from './requests.ts';

const APP = { origin: 'http://localhost', rpId: 'localhost' };
const REASON = { reason: 'Called the customer at the number on file' };
const OVER = ['resolved', 'closed', 'merged'];

/** What the contract of proofs says, asked by the routes; refusals come as their status. */
export function createProofRequests(stack: LocalStack, requests: Requests) {
  const settings = {
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  };
  const dynamodb = new DynamoDBClient(settings);
  const kms = new KMSClient(settings);
  const cipher = createTotpCipher({ client: kms, keyArn: stack.model.keys[0]?.arn ?? '' });
  const cardsTable = stack.model.tables.find(({ streamArn }) => streamArn === undefined)?.name;
  const devices = new Map<string, Authenticator>();
  const deviceOf = (customerId: string): Authenticator => {
    const device = devices.get(customerId) ?? createAuthenticator(APP);
    devices.set(customerId, device);
    return device;
  };
  const as = (yes: string) => (answer: Answer) =>
    answer.status < 300 ? yes : `${answer.status} ${String(answer.body.type ?? '')}`;

  async function ticketOf({ customerId, cardToken }: Who): Promise<string | undefined> {
    const { body } = await requests.get({ customer: customerId }, '/tickets');
    const own = listOf(body.tickets).filter((ticket) => ticket.cardToken === cardToken);
    const open = own.find(({ status }) => !OVER.includes(String(status))) ?? own[0];
    return open === undefined ? undefined : String(open.number);
  }

  const calls: ProofCalls = {
    enrolTotp: async (customerId, secret) => {
      const secretCipher = await cipher.encrypt({ secret, owner: customerId });
      const enrolledAt = '2026-01-01T00:00:00.000Z';
      const Item = marshall({
        pk: `CUSTOMER#${customerId}`,
        sk: 'TOTP',
        customerId,
        secretCipher,
        enrolledAt,
      });
      await dynamodb.send(new PutItemCommand({ TableName: cardsTable, Item }));
    },
    open: async ({ customerId, ...about }) => {
      const asked = { action: 'unfreeze', ...about };
      const answer = await requests.post({ customer: customerId }, '/verifications', asked);
      const { verificationId } = answer.body;
      const outcome = as('opened')(answer);
      return typeof verificationId === 'string' ? { outcome, verificationId } : { outcome };
    },
    order: ({ customerId, verificationId }) =>
      requests.post({ customer: customerId }, `/verifications/${verificationId}/code`).then(as('ordered')),
    guess: ({ customerId, verificationId, kind, code }) => {
      const path = `/verifications/${verificationId}/${kind === 'sim' ? 'code/check' : 'totp'}`;
      return requests.post({ customer: customerId }, path, { code }).then(as('passed'));
    },
    askDevice: async ({ customerId, verificationId }) => {
      const path = `/verifications/${verificationId}/device/options`;
      const { body } = await requests.post({ customer: customerId }, path);
      const { challenge } = recordOf(body.publicKey);
      return typeof challenge === 'string' ? challenge : undefined;
    },
    answerDevice: ({ customerId, verificationId, challenge, count }) => {
      const response = deviceOf(customerId).assert(challenge, { signCount: count });
      const path = `/verifications/${verificationId}/device`;
      return requests.post({ customer: customerId }, path, { response }).then(as('passed'));
    },
    release: ({ customerId, cardToken, verificationId }) =>
      requests
        .post({ customer: customerId }, `/cards/${cardToken}/unfreeze`, { verificationId })
        .then(as('released')),
    claim: async ({ agent, ...who }) => {
      const number = await ticketOf(who);
      if (number === undefined) return 'no_ticket';
      return requests.post({ agent }, `/agent/tickets/${number}/claim`).then(as('claimed'));
    },
    vouch: ({ verificationId, agent, step }) => {
      const path = `/agent/verifications/${verificationId}/vouch`;
      return step === 'propose'
        ? requests.post({ agent }, path, REASON).then(as('proposed'))
        : requests.post({ agent }, `${path}/approve`).then(as('granted'));
    },
    undo: ({ alertId, agent, step }) => {
      const path = `/agent/alerts/${alertId}/undo-not-mine`;
      return step === 'propose'
        ? requests.post({ agent }, path, REASON).then(as('proposed'))
        : requests.post({ agent }, `${path}/approve`).then(as('granted'));
    },
    alertsOf: async (who) => {
      const number = await ticketOf(who);
      if (number === undefined) return [];
      const { body } = await requests.get({ agent: 'agent-li' }, `/agent/tickets/${number}`);
      const latest = recordOf(body.ticket).alertId;
      const isOpen = !String(recordOf(body.alert).status).startsWith('settled');
      return listOf(body.timeline)
        .filter(({ type }) => type === 'alert_opened')
        .map(({ data }) => String(recordOf(data).alertId))
        .map((alertId) => ({ alertId, isOpen: isOpen && alertId === latest }));
    },
  };
  return {
    calls,
    deviceOf,
    close: () => {
      dynamodb.destroy();
      kms.destroy();
    },
  };
}
