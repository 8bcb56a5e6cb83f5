import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { PhoneCipherError } from '../../functions/notification/phone-cipher.ts';
import { failsForGood, passingFault } from '../../functions/platform/faults.ts';
import { parseStored } from '../../functions/platform/stored.ts';

const named = (name: string, over: object = {}) => Object.assign(new Error('of a test'), { name, ...over });
const answered = (name: string) => named(name, { $metadata: { httpStatusCode: 400 }, $fault: 'client' });

function misfit(): unknown {
  try {
    return parseStored(z.object({ a: z.string() }), { pk: 'X#1', sk: 'Y', a: 1 });
  } catch (error) {
    return error;
  }
}

test.each([
  ['throttled', answered('ProvisionedThroughputExceededException')],
  ['broken service', answered('InternalServerError')],
  ['permission missing after a release', answered('AccessDeniedException')],
  ['no answer', named('TimeoutError')],
  ['no connection', named('Error', { code: 'ECONNREFUSED' })],
  ['key service down', new PhoneCipherError('encrypt', 'KMSInternalException')],
  ['throttled transaction', named('TransactionCanceledException', { message: 'cancelled: ThrottlingError' })],
  ['contention', passingFault('changed by others 5 times in a row')],
])('%s passes', (_, error) => expect(failsForGood(error)).toBe(false));

test.each([
  ['mistake in code', new TypeError('x is undefined')],
  ['Node refusing an argument', named('TypeError', { code: 'ERR_INVALID_ARG_TYPE' })],
  ['stored item that does not fit', misfit()],
  ['broken promise of ours', new Error('an alert without its ticket or card')],
  ['item too large', answered('ValidationException')],
  [
    'item too large in a transaction',
    named('TransactionCanceledException', { message: 'cancelled: ValidationError, None' }),
  ],
  ['no error at all', 'thrown text'],
])('%s does not', (_, error) => expect(failsForGood(error)).toBe(true));
