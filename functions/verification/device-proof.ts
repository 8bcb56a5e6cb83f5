import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Device, used } from './device.ts';
import { isAnswerable, newChallengeFor } from './device-challenge.ts';
import type { ChallengeStore } from './device-challenge-store.ts';
import type { AssertionAnswer, Options, PasskeyPort } from './device-port.ts';
import type { DeviceStore } from './device-store.ts';
import { endVerification } from './end-verification.ts';
import { passWrites } from './pass-factor.ts';
import { readSituation, type SituationDeps, type Standing } from './read-situation.ts';
import { isBoundTo, type Verification } from './verification.ts';
import { verificationEntry } from './verification-entry.ts';
import type { VerificationStore } from './verification-store.ts';

export interface DeviceProofDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly devices: DeviceStore;
  readonly challenges: ChallengeStore;
  readonly passkey: PasskeyPort;
  readonly newChallenge: () => string;
  readonly now: () => Date;
}

interface Asked {
  readonly verificationId: string;
  readonly customerId: string;
}

type Open =
  | { readonly outcome: 'open'; readonly stored: Versioned<Verification>; readonly standing: Standing }
  | { readonly outcome: 'not_yours' | 'over' }
  | 'changed';

/** The verification while it takes factors. */
async function readOpen(deps: DeviceProofDeps, of: Asked, now: Date): Promise<Open> {
  const at = now.toISOString();
  const stored = await deps.verifications.get(of.verificationId);
  if (stored?.body.customerId !== of.customerId) return { outcome: 'not_yours' };
  const standing = await readSituation(deps, stored.body, { at });
  if (standing === undefined) return { outcome: 'not_yours' };
  if (stored.body.status !== 'pending' || stored.body.expiresAt < at) return { outcome: 'over' };
  if (isBoundTo(stored.body, standing.bound)) return { outcome: 'open', stored, standing };
  const end = { status: 'failed', reason: 'changed' } as const;
  return (await endVerification(deps, { stored, standing }, end, now)) ?? { outcome: 'over' };
}

export type DeviceAsked =
  | { readonly outcome: 'asked'; readonly options: Options }
  | { readonly outcome: 'not_yours' | 'over' | 'no_device' | 'repeated' };

/** A challenge for the customer's devices, in the place of any before it. */
export function createAskDevice(deps: DeviceProofDeps) {
  return (
    request: Asked & { readonly together: (options: Options) => readonly Write<unknown>[] },
  ): Promise<DeviceAsked> =>
    retryWhenChanged<DeviceAsked>(8, async () => {
      const now = deps.now();
      const open = await readOpen(deps, request, now);
      if (open === 'changed' || open.outcome !== 'open') return open;
      const { verificationId } = request;
      const [devices, before] = await Promise.all([
        deps.devices.ofCustomer(request.customerId),
        deps.challenges.get(verificationId, 'prove'),
      ]);
      if (devices.length === 0) return { outcome: 'no_device' };
      const challenge = deps.newChallenge();
      const credentialIds = devices.map(({ body }) => body.credentialId);
      const options = await deps.passkey.assertionOptions({ challenge, credentialIds });
      const fresh = newChallengeFor({ verificationId, purpose: 'prove', challenge }, now);
      const committed = await deps.db.commit<unknown>([
        deps.challenges.save(before, fresh),
        ...request.together(options),
      ]);
      if (committed.outcome === 'done') return { outcome: 'asked', options };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

/** `refused` whatever was wrong: nobody learns which (H14). */
export type DeviceTried =
  | { readonly outcome: 'passed'; readonly verification: Verification }
  | { readonly outcome: 'refused' };
export type DeviceProven =
  | { readonly outcome: 'passed'; readonly verification: Verification }
  /** `copied`: the answer was right, but its counter went back: somebody holds a copy of the key. */
  | { readonly outcome: 'refused'; readonly reason?: 'copied' }
  | { readonly outcome: 'not_yours' | 'over' | 'repeated' };

/**
 * Takes a device's answer. Right or wrong, it uses its challenge up, so that nothing can be tried twice; the device's
 * counter is written on the condition that it is the one that was judged.
 */
export function createProveDevice(deps: DeviceProofDeps) {
  return (
    request: Asked & {
      readonly answer: AssertionAnswer;
      readonly together: (tried: DeviceTried) => readonly Write<unknown>[];
    },
  ): Promise<DeviceProven> =>
    retryWhenChanged<DeviceProven>(8, async () => {
      const now = deps.now();
      const at = now.toISOString();
      const open = await readOpen(deps, request, now);
      if (open === 'changed' || open.outcome !== 'open') return open;
      const challenge = await deps.challenges.get(request.verificationId, 'prove');
      if (challenge === undefined || !isAnswerable(challenge.body, at)) return { outcome: 'refused' };
      const judged = await judge(deps, request, challenge.body.challenge, at);
      const { tried, writes } = consequences(deps, open, judged, now);
      const committed = await deps.db.commit<unknown>([
        deps.challenges.use(challenge, at),
        ...writes,
        ...request.together(tried),
      ]);
      if (committed.outcome === 'refused') {
        return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
      }
      return judged.kind === 'copied' ? { outcome: 'refused', reason: 'copied' } : tried;
    });
}

/** The factor and the device's counter where it was right; else a note on the ticket. */
function consequences(
  deps: DeviceProofDeps,
  open: { readonly stored: Versioned<Verification>; readonly standing: Standing },
  judged: Judged,
  now: Date,
): { readonly tried: DeviceTried; readonly writes: readonly Write<unknown>[] } {
  const refused = { outcome: 'refused' } as const;
  if (judged.kind !== 'right') return { tried: refused, writes: failedNote(deps, open, judged.kind, now) };
  const { deviceId, enrolledAt } = judged.after;
  const factor = { kind: 'device', by: `device:${deviceId}`, at: now.toISOString(), enrolledAt } as const;
  const passed = passWrites(deps, { ...open, factor, now });
  if (passed === undefined) return { tried: refused, writes: failedNote(deps, open, 'not_taken', now) };
  return {
    tried: { outcome: 'passed', verification: passed.verification },
    writes: [...passed.writes, deps.devices.save(judged.device, judged.after)],
  };
}

type Judged =
  | { readonly kind: 'right'; readonly device: Versioned<Device>; readonly after: Device }
  | { readonly kind: 'wrong' | 'copied' };

async function judge(
  deps: DeviceProofDeps,
  { customerId, answer }: { customerId: string; answer: AssertionAnswer },
  challenge: string,
  at: string,
): Promise<Judged> {
  const devices = await deps.devices.ofCustomer(customerId);
  const device = devices.find(({ body }) => body.credentialId === answer.id);
  const right = device && (await deps.passkey.assertion({ answer, challenge, device: device.body }));
  if (device === undefined || right === undefined) return { kind: 'wrong' };
  const after = used(device.body, { signCount: right.signCount, at });
  return after === undefined ? { kind: 'copied' } : { kind: 'right', device, after };
}

function failedNote(
  deps: DeviceProofDeps,
  { stored, standing: { ticket } }: { stored: Versioned<Verification>; standing: Standing },
  reason: string,
  now: Date,
): readonly Write<unknown>[] {
  if (ticket === undefined) return [];
  const entry = verificationEntry('factor_failed', stored.body, { kind: 'device', reason });
  return deps.tickets.save(ticket, ticket.body, { now, entries: [entry] });
}
