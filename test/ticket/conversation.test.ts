import { expect, test } from 'vitest';
import { withPersonAsked } from '../../functions/ticket/conversation.ts';
import { minute, played } from './clock-acts.ts';

const asks = (ticket: ReturnType<typeof played>, minutes: number) =>
  withPersonAsked(ticket, { phoneConsent: true, at: minute(minutes) });

test('D8 a person asked for twice before the call is asked for once; after the call it is asked for anew', () => {
  const asked = played([2, 'not_mine'], [3, 'person_asked']);
  expect(asks({ ...asked, callbackFrom: minute(3) }, 5)).toBeUndefined();
  const called = played([2, 'not_mine'], [3, 'person_asked'], [10, 'claimed'], [12, 'connected']);
  expect(asks({ ...called, callbackFrom: minute(3) }, 60)).toMatchObject({ callbackFrom: minute(60) });
});
