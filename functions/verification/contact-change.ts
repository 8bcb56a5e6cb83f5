import type { CustomerJournalStore } from '../card/customer-journal-store.ts';
import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type NoProof, type ProofDeps, readProof } from './use-proof.ts';

export interface ContactChangeDeps extends ProofDeps {
  readonly customerJournal: CustomerJournalStore;
  readonly phoneCipher: Pick<PhoneCipher, 'encrypt'>;
  readonly now: () => Date;
}

export interface ContactWanted {
  /** E.164. */
  readonly phone?: string;
  readonly email?: string;
}

export type ContactChangeRequested = { readonly outcome: 'requested' | NoProof | 'repeated' };

/**
 * Hands a proven wish for another number or address on to the bank, whose contact data it is: it becomes true by the
 * bank's own `CustomerContactChanged`, of which old and new are told. Until it is published the number lies encrypted.
 */
export function createRequestContactChange(deps: ContactChangeDeps) {
  return (request: {
    readonly verificationId: string;
    readonly customerId: string;
    readonly wanted: ContactWanted;
    readonly together: () => readonly Write<unknown>[];
  }): Promise<ContactChangeRequested> =>
    retryWhenChanged<ContactChangeRequested>(8, async () => {
      const now = deps.now();
      const { verificationId, customerId, wanted } = request;
      const proof = await readProof(deps, { verificationId, customerId, action: 'change_contact' }, now);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      const { phone, email } = wanted;
      const sealed =
        phone === undefined
          ? undefined
          : {
              phoneCipher: await deps.phoneCipher.encrypt({ e164: phone, owner: customerId }),
              owner: customerId,
            };
      const head = await deps.customerJournal.head(customerId);
      const detail = { customerId, verificationId, requestedAt: now.toISOString(), email };
      const entry = {
        type: 'contact_change_requested',
        by: `customer:${customerId}`,
        data: { verificationId, phone: phone !== undefined, email: email !== undefined },
        effect: {
          effect: 'publish',
          payload: { type: 'ContactChangeRequested', detail, ...(sealed === undefined ? {} : { sealed }) },
        },
      } as const;
      const committed = await deps.db.commit<unknown>([
        ...proof.use({ type: 'contact_change_requested' }),
        ...deps.customerJournal.append(head, customerId, { now, entries: [entry] }),
        ...request.together(),
      ]);
      if (committed.outcome === 'done') return { outcome: 'requested' };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
