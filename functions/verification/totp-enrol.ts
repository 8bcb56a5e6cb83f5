import type { NoteContactChange } from '../card/note-contact-change.ts';
import type { Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { totpOf, totpStep } from './totp.ts';
import type { TotpCipher } from './totp-cipher.ts';
import type { TotpOfferStore } from './totp-offer-store.ts';
import type { TotpStore } from './totp-store.ts';
import { type NoProof, type ProofDeps, readProof } from './use-proof.ts';

export interface EnrolTotpDeps extends ProofDeps {
  readonly totps: TotpStore;
  readonly totpOffers: TotpOfferStore;
  readonly totpCipher: TotpCipher;
  readonly noteContactChange: NoteContactChange;
  /** 160 random bits, base32 (RFC 4226 §4). */
  readonly newSecret: () => string;
  /** Whose one-time passwords these are, as the authenticator app names them. */
  readonly bankName: string;
  readonly now: () => Date;
}

interface Asked {
  readonly verificationId: string;
  readonly customerId: string;
}

const proofOf = (asked: Asked) => ({ ...asked, action: 'enrol_totp' }) as const;

export type TotpOffered =
  | { readonly outcome: 'offered'; readonly uri: string }
  | { readonly outcome: NoProof };

/**
 * A secret for the customer's authenticator app, shown this once and nowhere kept in clear: asked again, it is another
 * one. It counts only when a right code has confirmed it.
 */
export function createOfferTotp(deps: EnrolTotpDeps) {
  return (request: Asked): Promise<TotpOffered> =>
    retryWhenChanged<TotpOffered>(8, async () => {
      const now = deps.now();
      const proof = await readProof(deps, proofOf(request), now);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      const { verificationId, customerId } = request;
      const before = await deps.totpOffers.get(verificationId);
      const secret = deps.newSecret();
      const secretCipher = await deps.totpCipher.encrypt({ secret, owner: customerId });
      const validUntil = proof.verification.expiresAt;
      const offer = { verificationId, customerId, secretCipher, validUntil };
      const committed = await deps.db.commit([deps.totpOffers.save(before, offer)]);
      if (committed.outcome === 'refused') return 'changed';
      const totp = totpOf(secret);
      totp.issuer = deps.bankName;
      totp.label = proof.standing.contact?.name ?? 'Customer';
      return { outcome: 'offered', uri: totp.toString() };
    });
}

export type TotpEnrolled = { readonly outcome: 'enrolled' | NoProof | 'refused' | 'repeated' };

/** Takes the secret into use on its first right code, in place of any before it; uses the proof up and tells. */
export function createConfirmTotp(deps: EnrolTotpDeps) {
  return (
    request: Asked & { readonly code: string; readonly together: () => readonly Write<unknown>[] },
  ): Promise<TotpEnrolled> =>
    retryWhenChanged<TotpEnrolled>(8, async () => {
      const now = deps.now();
      const at = now.toISOString();
      const { verificationId, customerId, code } = request;
      const [proof, offer, before] = await Promise.all([
        readProof(deps, proofOf(request), now),
        deps.totpOffers.get(verificationId),
        deps.totps.get(customerId),
      ]);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      if (offer === undefined || offer.body.customerId !== customerId) return { outcome: 'refused' };
      const { secretCipher } = offer.body;
      const secret = await deps.totpCipher.decrypt({ ciphertext: secretCipher, owner: customerId });
      const step = totpStep({ secret, code, at: now });
      if (step === undefined) return { outcome: 'refused' };
      const change = {
        customerId,
        what: 'authenticator_added',
        by: `customer:${customerId}`,
        occurredAt: at,
        reachable: proof.standing.contact?.phoneCipher !== undefined,
        doubtful: false,
      } as const;
      const committed = await deps.db.commit<unknown>([
        // The code that confirmed it is used up by that.
        deps.totps.enrol(before, { customerId, secretCipher, enrolledAt: at, lastStep: step }),
        ...proof.use({ type: 'totp_enrolled' }),
        ...(await deps.noteContactChange(change, now)),
        ...request.together(),
      ]);
      if (committed.outcome === 'done') return { outcome: 'enrolled' };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
