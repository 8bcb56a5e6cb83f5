import { heldByPartitions } from '../../alert/alert-store.ts';
import { createBulkReleaseStore } from '../../alert/bulk-release-store.ts';
import { createRaiseCase } from '../../alert/raise-case.ts';
import { createRecordText } from '../../alert/record-text.ts';
import { createReleaseHeld } from '../../alert/release-held.ts';
import { createRunBulkRelease } from '../../alert/run-bulk-release.ts';
import { createSweepDue } from '../../alert/sweep-deadlines.ts';
import { createPreferenceStore } from '../../card/preference-store.ts';
import { isQuiet } from '../../notification/quiet-hours.ts';
import { createGiveUpText } from '../../notification/send-text.ts';
import type { Key } from '../../platform/database.ts';
import { findDue, postpone } from '../../platform/due.ts';
import { failsForGood } from '../../platform/faults.ts';
import type { ClockNews } from '../../ticket/clock-times.ts';
import { createGiveUpDial } from '../../ticket/dial-call.ts';
import type { EvidenceShelf } from '../../ticket/evidence-shelf.ts';
import { createEvidenceStore } from '../../ticket/evidence-store.ts';
import { createSweepEvidence } from '../../ticket/sweep-evidence.ts';
import { createSweepTicket } from '../../ticket/sweep-ticket.ts';
import { createSweepVerification } from '../../verification/sweep-verification.ts';
import type { Work } from './work.ts';

/** Items one query finds; more is read as long as there is time. */
const PAGE_SIZE = 50;
/**
 * Of the 55 seconds a sweep may take, so many must be left when it begins with one more item: deadlines get the first
 * 30 seconds, effects what is left of 40. The rest is due again in a minute.
 */
const MUST_REMAIN_MS = { documents: 25_000, effects: 15_000 } as const;
/** What fails for good is looked at again this much later, so that a thousand of it leave time for the others. */
const POSTPONED_MS = 10 * 60_000;

/** One sweep over everything that is due by now. */
export function sweepDeadlines({
  rooms,
  telemetry,
  newId,
  newTicketNumber,
  shelf,
  zone = 'Asia/Shanghai',
}: Work & {
  readonly shelf: EvidenceShelf;
  /** IANA zone of the issuer, in which quiet hours are meant. */
  readonly zone?: string;
}) {
  const preferences = createPreferenceStore(rooms);
  const sweepDue = createSweepDue({
    ...rooms,
    raiseCase: createRaiseCase(rooms),
    wantsQuiet: async (customerId, at) =>
      isQuiet((await preferences.get(customerId))?.body.quiet, { at, zone }),
    giveUpText: createGiveUpText({ ...rooms, recordText: createRecordText(rooms) }),
    giveUpDial: createGiveUpDial(rooms),
  });

  const sweepVerification = createSweepVerification({
    ...rooms,
    newTicketIds: () => ({ ticketId: newId(), number: newTicketNumber() }),
  });
  const releases = createBulkReleaseStore(rooms);
  const runBulkRelease = createRunBulkRelease({
    ...rooms,
    releases,
    partitionsOf: heldByPartitions,
    releaseHeld: createReleaseHeld({ ...rooms, releases }),
    onFault: (error) => telemetry.warn('message_failed', error),
  });
  const sweepTicket = createSweepTicket(rooms);
  const sweepEvidence = createSweepEvidence({ ...rooms, evidence: createEvidenceStore(rooms), shelf });
  const sweepKey = async ({ pk, sk }: Key) => {
    if (sk === 'META' && pk.startsWith('VER#')) return sweepVerification(pk.slice('VER#'.length));
    if (sk === 'META' && pk.startsWith('BULK#')) return runBulkRelease(pk.slice('BULK#'.length));
    if (sk === 'META' && pk.startsWith('TICKET#')) {
      const { outcome, news } = await sweepTicket(pk.slice('TICKET#'.length));
      news.forEach(countNews);
      return outcome;
    }
    if (sk.startsWith('DOC#') && pk.startsWith('TICKET#')) {
      return sweepEvidence({ ticketId: pk.slice('TICKET#'.length), evidenceId: sk.slice('DOC#'.length) });
    }
    return sweepDue({ pk, sk });
  };

  function countNews(news: ClockNews): void {
    if (news.kind === 'unclaimed') telemetry.count('UrgentUnclaimed');
    else if (news.leg === 'ACK') telemetry.count('AcknowledgementLate');
    else if (news.kind === 'breach') telemetry.count('ClockBreached');
    else telemetry.count('ClockWarned');
  }

  async function sweepOne(key: Key): Promise<'swept' | 'failed'> {
    try {
      const outcome = await sweepKey(key);
      telemetry.log('deadline_swept', { outcome });
      if (outcome === 'issuer_unconfirmed') telemetry.count('IssuerUnconfirmed');
      if (outcome === 'text_given_up') telemetry.count('SmsNotSent');
      if (outcome === 'email_given_up') telemetry.count('EmailNotSent');
      if (outcome === 'dial_given_up') telemetry.count('CallsNotPlaced');
      return 'swept';
    } catch (error) {
      // One item must not keep the others waiting.
      telemetry.warn('message_failed', error);
      if (failsForGood(error)) await putOff(key);
      return 'failed';
    }
  }

  async function putOff(key: Key): Promise<void> {
    const now = rooms.now();
    const until = new Date(now.getTime() + POSTPONED_MS);
    try {
      await rooms.db.commit([postpone(rooms.casesTable, key, { now, until })]);
    } catch (error) {
      telemetry.warn('message_failed', error);
    }
  }

  return async (remainingMs: () => number): Promise<{ swept: number; failed: number }> => {
    const done = { swept: 0, failed: 0 };
    const now = rooms.now();
    for (const kind of ['documents', 'effects'] as const) {
      for await (const key of findDue(rooms.db, rooms.casesTable, { now, kind, pageSize: PAGE_SIZE })) {
        if (remainingMs() < MUST_REMAIN_MS[kind]) break;
        done[await sweepOne(key)] += 1;
      }
    }
    return done;
  };
}
