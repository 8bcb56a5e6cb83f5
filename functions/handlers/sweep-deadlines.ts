import middy from '@middy/core';
import { createRaiseCase } from '../alert/raise-case.ts';
import { createRecordText } from '../alert/record-text.ts';
import { createSweepDue } from '../alert/sweep-deadlines.ts';
import { createGiveUpText } from '../notification/send-text.ts';
import { findDue } from '../platform/due.ts';
import { readEnvironment, sweepDeadlinesEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(sweepDeadlinesEnvironment);
const telemetry = createTelemetry('sweep-deadlines');
const rooms = createRooms(environment);
const sweepDue = createSweepDue({
  ...rooms,
  raiseCase: createRaiseCase(rooms),
  giveUpText: createGiveUpText({ ...rooms, recordText: createRecordText(rooms) }),
});

/** Due items handled per shard and sweep, at most; the rest is due again in a minute. */
const MOST_PER_SHARD = 50;

export const handler = middy<unknown, { swept: number; failed: number }>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler(async () => {
    const due = await findDue(rooms.db, environment.CASES_TABLE, {
      now: rooms.now(),
      mostPerShard: MOST_PER_SHARD,
    });
    let failed = 0;
    for (const key of due) {
      try {
        const outcome = await sweepDue(key);
        telemetry.log('deadline_swept', { outcome });
        if (outcome === 'issuer_unconfirmed') telemetry.count('IssuerUnconfirmed');
        if (outcome === 'text_given_up') telemetry.count('SmsNotSent');
      } catch (error) {
        // One item must not keep the others waiting; it stays due and is tried again in a minute.
        failed += 1;
        telemetry.warn('message_failed', error);
      }
    }
    return { swept: due.length - failed, failed };
  });
