import type { Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type AnswerPhoneDeps, directText, type Inbound } from './answer-phone.ts';
import { type Consent, newPhone, optedIn, optedOut } from './phone.ts';

/** What STOP and START in a text do; undefined where the text says something else (too) that is still to be done. */
export async function changeConsent(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
): Promise<string | 'changed' | undefined> {
  const { reading } = inbound;
  if (reading.kind === 'start') return optIn(deps, inbound);
  if (reading.kind !== 'stop' && !reading.alsoOptOut) return undefined;
  const outcome = await optOut(deps, inbound);
  return outcome === 'changed' || reading.kind === 'stop' ? outcome : undefined;
}

/** STOP: no more texts to this number, confirmed once. Nothing is released, no case stops (H10). */
async function optOut(deps: AnswerPhoneDeps, inbound: Inbound): Promise<string | 'changed'> {
  const now = deps.now();
  const { digest, phone } = inbound.sender;
  const only = inbound.reading.kind === 'stop';
  const after = optedOut(phone?.body ?? newPhone(digest), consentOf(inbound, now));
  if (after === undefined) {
    if (!only) return 'opted_out';
    const seen = await deps.db.commit<unknown>([deps.phones.see(inbound.text.messageId, now)]);
    return seen.outcome === 'refused' ? 'changed' : 'silence';
  }
  const numbered = { ...after, seq: after.seq + 1 };
  const writes: readonly Write<unknown>[] = [
    deps.phones.save(phone, numbered),
    deps.phones.answer(numbered, now, await directText(deps, inbound, 'stopConfirmed')),
    // With a NO beside it the message has more to do; its guard comes with that.
    ...(only ? [deps.phones.see(inbound.text.messageId, now)] : []),
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'opted_out';
}

/**
 * START: texts again, confirmed once; undefined when the number never opted out, so that the word is answered
 * like any other. An opt-out the provider keeps by itself is lifted there only: the next text is refused again
 * and recorded again.
 */
async function optIn(deps: AnswerPhoneDeps, inbound: Inbound): Promise<string | 'changed' | undefined> {
  const now = deps.now();
  const { phone } = inbound.sender;
  const after = phone && optedIn(phone.body, consentOf(inbound, now));
  if (after === undefined) return undefined;
  const numbered = { ...after, seq: after.seq + 1 };
  const writes: readonly Write<unknown>[] = [
    deps.phones.save(phone, numbered),
    deps.phones.answer(numbered, now, await directText(deps, inbound, 'startConfirmed')),
    deps.phones.see(inbound.text.messageId, now),
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'opted_in';
}

/** The word is one of a list of ours: nothing personal is in it. */
const consentOf = ({ text }: Inbound, now: Date): Consent => ({
  at: now.toISOString(),
  source: 'sms',
  word: text.body.normalize('NFKC').trim().slice(0, 24),
});

export type TextsPreference = (
  digest: string,
  order: { readonly wanted: boolean; readonly source: 'app' | 'staff' | 'provider' },
) => Promise<'recorded' | 'unchanged'>;

/**
 * Texts on or off for a number, said elsewhere than by text: in the app, by an agent for the customer, or by a
 * provider who refuses the number. No text confirms it; the app does. Said twice, the first time stands.
 */
export function createTextsPreference(deps: Pick<AnswerPhoneDeps, 'db' | 'phones' | 'now'>): TextsPreference {
  return (digest, { wanted, source }) =>
    retryWhenChanged<'recorded' | 'unchanged'>(5, async () => {
      const phone = await deps.phones.get(digest);
      if (phone === undefined && wanted) return 'unchanged';
      const consent = { at: deps.now().toISOString(), source };
      const known = phone?.body ?? newPhone(digest);
      const after = wanted ? optedIn(known, consent) : optedOut(known, consent);
      if (after === undefined) return 'unchanged';
      const saved = await deps.db.commit([deps.phones.save(phone, after)]);
      return saved.outcome === 'refused' ? 'changed' : 'recorded';
    });
}
