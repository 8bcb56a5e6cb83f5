import { hash } from 'node:crypto';
import type { ContactStore } from '../card/contact-store.ts';
import type { NoteContactChange } from '../card/note-contact-change.ts';
import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Device, isActive, MOST_DEVICES } from './device.ts';
import { type Challenge, isAnswerable, newChallengeFor } from './device-challenge.ts';
import type { ChallengeStore } from './device-challenge-store.ts';
import type { Options, PasskeyPort, RegistrationAnswer } from './device-port.ts';
import type { DeviceStore } from './device-store.ts';
import { type NoProof, type Proof, type ProofDeps, readProof } from './use-proof.ts';

export interface EnrolDeviceDeps extends ProofDeps {
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly devices: DeviceStore;
  readonly challenges: ChallengeStore;
  readonly passkey: PasskeyPort;
  /** Journal and texts of a change; handed in, being of another room. */
  readonly noteContactChange: NoteContactChange;
  readonly newChallenge: () => string;
  readonly newId: () => string;
  readonly now: () => Date;
}

interface Asked {
  readonly verificationId: string;
  readonly customerId: string;
}

const proofOf = (asked: Asked) => ({ ...asked, action: 'enrol_device' }) as const;

export type EnrolmentAsked =
  | { readonly outcome: 'asked'; readonly options: Options }
  | { readonly outcome: NoProof | 'too_many_devices' | 'repeated' };

/** The options of a new passkey, for who has proven themselves with two kinds of factor (D5). */
export function createAskEnrolment(deps: EnrolDeviceDeps) {
  return (
    request: Asked & { readonly together: (options: Options) => readonly Write<unknown>[] },
  ): Promise<EnrolmentAsked> =>
    retryWhenChanged<EnrolmentAsked>(8, async () => {
      const now = deps.now();
      const proof = await readProof(deps, proofOf(request), now);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      const { verificationId, customerId } = request;
      const [devices, before] = await Promise.all([
        deps.devices.ofCustomer(customerId),
        deps.challenges.get(verificationId, 'enrol'),
      ]);
      if (devices.length >= MOST_DEVICES) return { outcome: 'too_many_devices' };
      const challenge = deps.newChallenge();
      const options = await deps.passkey.registrationOptions({
        challenge,
        // The same for all devices of a customer, and no way back to them.
        customer: {
          handle: hash('sha256', `customer\n${customerId}`, 'base64url'),
          name: proof.standing.contact?.name ?? 'Customer',
        },
        credentialIds: devices.map(({ body }) => body.credentialId),
      });
      const committed = await deps.db.commit<unknown>([
        deps.challenges.save(before, newChallengeFor({ verificationId, purpose: 'enrol', challenge }, now)),
        ...request.together(options),
      ]);
      if (committed.outcome === 'done') return { outcome: 'asked', options };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

export type Enrolled =
  | { readonly outcome: 'enrolled'; readonly device: Device }
  /** The answer does not hold up, or not to the newest challenge. */
  | { readonly outcome: NoProof | 'refused' | 'credential_taken' | 'too_many_devices' | 'repeated' };

/** Enrols the device, uses the proof up and tells the customer: all or nothing. */
export function createEnrolDevice(deps: EnrolDeviceDeps) {
  return (
    request: Asked & {
      readonly name: string;
      readonly answer: RegistrationAnswer;
      readonly together: (device: Device) => readonly Write<unknown>[];
    },
  ): Promise<Enrolled> => {
    const deviceId = deps.newId();
    return retryWhenChanged<Enrolled>(8, async () => {
      const now = deps.now();
      const [proof, challenge, devices] = await Promise.all([
        readProof(deps, proofOf(request), now),
        deps.challenges.get(request.verificationId, 'enrol'),
        deps.devices.ofCustomer(request.customerId),
      ]);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      if (devices.length >= MOST_DEVICES) return { outcome: 'too_many_devices' };
      const key = await answered(deps, challenge, request.answer, now);
      if (challenge === undefined || key === undefined) return { outcome: 'refused' };
      const { customerId, verificationId, name } = request;
      const device: Device = {
        ...{ customerId, deviceId, name, ...key },
        enrolledAt: now.toISOString(),
        enrolledBy: { by: 'verification', verificationId },
      };
      const committed = await deps.db.commit<unknown>([
        ...(await enrolWrites(deps, device, { proof, challenge, now })),
        ...request.together(device),
      ]);
      if (committed.outcome === 'done') return { outcome: 'enrolled', device };
      if (committed.refusals.some(isRequestKnown)) return { outcome: 'repeated' };
      return committed.refusals.some(isTaken) ? { outcome: 'credential_taken' } : 'changed';
    });
  };
}

type Proven = Extract<Proof, { outcome: 'proven' }>;

/** The key of a right answer to the newest challenge; a wrong one uses the challenge up. */
async function answered(
  deps: EnrolDeviceDeps,
  challenge: Versioned<Challenge> | undefined,
  answer: RegistrationAnswer,
  now: Date,
) {
  const at = now.toISOString();
  if (challenge === undefined || !isAnswerable(challenge.body, at)) return undefined;
  const key = await deps.passkey.registration({ answer, challenge: challenge.body.challenge });
  if (key === undefined) await deps.db.commit([deps.challenges.use(challenge, at)]);
  return key;
}

async function enrolWrites(
  deps: EnrolDeviceDeps,
  device: Device,
  { proof, challenge, now }: { proof: Proven; challenge: Versioned<Challenge>; now: Date },
): Promise<readonly Write<unknown>[]> {
  const { customerId, deviceId, enrolledAt: at } = device;
  return [
    deps.challenges.use(challenge, at),
    ...deps.devices.register(undefined, device),
    ...proof.use({ type: 'device_enrolled' }),
    ...(await deps.noteContactChange(
      {
        customerId,
        what: 'device_added',
        by: `customer:${customerId}`,
        occurredAt: at,
        data: { deviceId },
        reachable: proof.standing.contact?.phoneCipher !== undefined,
        doubtful: false,
      },
      now,
    )),
  ];
}

const isTaken = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'credential' in refusal;

export type Removed =
  | { readonly outcome: 'removed'; readonly device: Device }
  | { readonly outcome: 'not_yours' | 'repeated' };

/** Takes a device away at once: it only blocks, so basic identity is enough (D5). The customer is told. */
export function createRemoveDevice(deps: EnrolDeviceDeps) {
  return (request: {
    readonly customerId: string;
    readonly deviceId: string;
    readonly together: (device: Device) => readonly Write<unknown>[];
  }): Promise<Removed> =>
    retryWhenChanged<Removed>(8, async () => {
      const { customerId, deviceId } = request;
      const [stored, contact] = await Promise.all([
        deps.devices.get(customerId, deviceId),
        deps.contacts.get(customerId),
      ]);
      if (stored === undefined || !isActive(stored.body)) return { outcome: 'not_yours' };
      const now = deps.now();
      const at = now.toISOString();
      const by = `customer:${customerId}`;
      const device: Device = { ...stored.body, removedAt: at, removedBy: by };
      const change = { customerId, what: 'device_removed', by, occurredAt: at, data: { deviceId } } as const;
      const reachable = contact?.phoneCipher !== undefined;
      const committed = await deps.db.commit<unknown>([
        deps.devices.save(stored, device),
        ...(await deps.noteContactChange({ ...change, reachable, doubtful: false }, now)),
        ...request.together(device),
      ]);
      if (committed.outcome === 'done') return { outcome: 'removed', device };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
