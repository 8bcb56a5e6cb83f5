import { createReleaseCard } from '../../functions/alert/release-alert.ts';
import { createClaimTicket } from '../../functions/ticket/claim-ticket.ts';
import { createCompareCode, createCompareTotp } from '../../functions/verification/compare-code.ts';
import type { PasskeyPort } from '../../functions/verification/device-port.ts';
import { createAskDevice, createProveDevice } from '../../functions/verification/device-proof.ts';
import { endVerification } from '../../functions/verification/end-verification.ts';
import { createOpenVerification } from '../../functions/verification/open-verification.ts';
import { createOrderCode } from '../../functions/verification/order-code.ts';
import { readSituation, stillThere } from '../../functions/verification/read-situation.ts';
import { createApproveUndo, createProposeUndo } from '../../functions/verification/staff-undo.ts';
import { createApproveVouch, createProposeVouch } from '../../functions/verification/staff-vouch.ts';
import { createTryFactor } from '../../functions/verification/try-factor.ts';
import { phoneKeys } from './phone-book.ts';
import { CASES, type SimulatedWorld } from './world.ts';

export interface Who {
  readonly customerId: string;
  readonly cardToken: string;
}
type OfVerification = Who & { readonly verificationId: string };
export interface DeviceAnswer {
  readonly challenge: string;
  /** What the device has counted. */
  readonly count: number;
}

/** What can be asked of the system about proofs; each says its outcome in the words of the use case. */
export interface ProofCalls {
  /** Gives the customer an authenticator, long ago. */
  enrolTotp(customerId: string, secret: string): Promise<void>;
  open(of: Who & { alertId?: string }): Promise<{ outcome: string; verificationId?: string }>;
  order(of: OfVerification): Promise<string>;
  guess(of: OfVerification & { kind: 'sim' | 'totp'; code: string; key: string }): Promise<string>;
  /** The challenge for the customer's device; undefined when there is none to be had. */
  askDevice(of: OfVerification): Promise<string | undefined>;
  answerDevice(of: OfVerification & DeviceAnswer): Promise<string>;
  release(of: OfVerification): Promise<string>;
  /** Takes the open ticket of this card in hand. */
  claim(of: Who & { agent: string }): Promise<string>;
  vouch(of: OfVerification & { agent: string; step: 'propose' | 'grant' }): Promise<string>;
  undo(of: Who & { alertId: string; agent: string; step: 'propose' | 'grant' }): Promise<string>;
  /** Alerts of this card, the oldest first; `isOpen`: not settled. */
  alertsOf(of: Who): Promise<readonly { alertId: string; isOpen: boolean }[]>;
}

const staff = (agent: string) => ({ id: agent, name: agent });
const together = (): [] => [];
const REASON = 'Called the customer at the number on file';

/** As a passkey by its contract: an answer is right for one challenge and one key, and says what the device counted. */
const passkey: PasskeyPort = {
  assertionOptions: async ({ challenge }) => ({ challenge }),
  registrationOptions: async ({ challenge }) => ({ challenge }),
  registration: async () => undefined,
  assertion: async ({ answer, challenge, device }) => {
    const [said, count] = answer.response.clientDataJSON.split('.');
    const isRight = said === challenge && answer.response.signature === device.publicKey;
    return isRight ? { signCount: Number(count) } : undefined;
  },
};

export const deviceOf = (customerId: string) => ({
  credentialId: `credential-of-${customerId}`,
  publicKey: `public-key-that-the-bank-registered-for-${customerId}`,
});

/** The use cases themselves, on the tables in memory. */
export function callsOnWorld(world: SimulatedWorld): ProofCalls {
  const rooms = world.rooms('api');
  const { newId } = world;
  const codeKeys = async () => phoneKeys;
  const open = createOpenVerification({ ...rooms, newId });
  const order = createOrderCode(rooms);
  const guess = createTryFactor({
    ...rooms,
    codeKeys,
    compare: {
      sim: createCompareCode({ ...rooms, codeKeys }),
      totp: createCompareTotp({ ...rooms, secretOf: async ({ ciphertext }) => ciphertext }),
    },
    newTicketIds: () => ({ ticketId: newId(), number: world.newTicketNumber() }),
  });
  const device = { ...rooms, passkey, newChallenge: newId };
  const ask = createAskDevice(device);
  const prove = createProveDevice(device);
  const release = createReleaseCard({ ...rooms, readSituation, stillThere, endVerification });
  const claim = createClaimTicket(rooms);
  const vouching = { propose: createProposeVouch(rooms), grant: createApproveVouch(rooms) };
  const undoing = { propose: createProposeUndo(rooms), grant: createApproveUndo(rooms) };

  return {
    enrolTotp: async (customerId, secretCipher) => {
      const enrolledAt = '2026-01-01T00:00:00.000Z';
      await rooms.db.commit([rooms.totps.enrol(undefined, { customerId, secretCipher, enrolledAt })]);
    },
    open: async (of) => {
      const opened = await open({ ...of, action: 'unfreeze', together });
      return 'verification' in opened
        ? { outcome: opened.outcome, verificationId: opened.verification.verificationId }
        : opened;
    },
    order: async (of) => (await order({ ...of, together })).outcome,
    guess: async (of) => (await guess({ ...of, together })).outcome,
    askDevice: async (of) => {
      const asked = await ask({ ...of, together });
      return asked.outcome === 'asked' ? String(asked.options.challenge) : undefined;
    },
    answerDevice: async ({ challenge, count, ...of }) => {
      const { credentialId: id, publicKey } = deviceOf(of.customerId);
      const response = {
        clientDataJSON: `${challenge}.${count}`,
        authenticatorData: '-',
        signature: publicKey,
      };
      const answer = { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response } as const;
      return (await prove({ ...of, answer, together })).outcome;
    },
    release: async (of) => (await release({ ...of, together })).outcome,
    claim: async ({ customerId, cardToken, agent }) => {
      const ticket = await rooms.tickets.ofIncident(customerId, cardToken);
      return ticket === undefined
        ? 'no_ticket'
        : (await claim(ticket.body.number, staff(agent), together)).outcome;
    },
    vouch: async ({ verificationId, agent, step }) => {
      const request = { verificationId, reason: REASON, by: staff(agent) };
      return (await vouching[step](request, together)).outcome;
    },
    undo: async ({ alertId, agent, step }) => {
      const request = { alertId, reason: REASON, by: staff(agent) };
      return (await undoing[step](request, together)).outcome;
    },
    alertsOf: async ({ cardToken }) =>
      world.db
        .items(CASES)
        .filter(({ pk, sk, cardToken: of }) => pk.startsWith('ALERT#') && sk === 'META' && of === cardToken)
        .sort((a, b) => (String(a.openedAt) < String(b.openedAt) ? -1 : 1))
        .map(({ alertId, status }) => ({
          alertId: String(alertId),
          isOpen: !String(status).startsWith('settled'),
        })),
  };
}
