import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readDeliveryEvent } from '../../functions/notification/delivery-log.ts';
import { deliveryLogEntry } from '../../infra/local/front/phone-deliveries.ts';

const event = (batch: object) => ({
  awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') },
});
const data = (...messages: string[]) =>
  event({
    messageType: 'DATA_MESSAGE',
    owner: '123456789123',
    logGroup: 'sns/us-east-1/123456789123/DirectPublishToPhoneNumber/Failure',
    logStream: 'a',
    subscriptionFilters: ['failed'],
    logEvents: messages.map((message, id) => ({ id: String(id), timestamp: 1440442987000, message })),
  });
const failed = (providerResponse: string) =>
  JSON.stringify({
    notification: { messageId: 'm-1', timestamp: '2016-06-28 00:40:34.559' },
    delivery: { mnc: 0, destination: '+12065550100', mcc: 0, providerResponse, dwellTimeMs: 1420 },
    status: 'FAILURE',
  });

describe('delivery statuses of SNS', () => {
  test('a text that arrived, and one that did not, as the developer guide shows them', () => {
    const arrived = JSON.stringify({
      notification: {
        messageId: '34d9b400-c6dd-5444-820d-fbeb0f1f54cf',
        timestamp: '2016-06-28 00:40:34.558',
      },
      delivery: {
        phoneCarrier: 'My Phone Carrier',
        mnc: 270,
        numberOfMessageParts: 1,
        destination: '+12065550100',
        priceInUSD: 0.00645,
        smsType: 'Transactional',
        mcc: 310,
        providerResponse: 'Message has been accepted by phone carrier',
        dwellTimeMs: 599,
        dwellTimeMsUntilDeviceAck: 1344,
      },
      status: 'SUCCESS',
    });
    expect(readDeliveryEvent(data(arrived, failed('Unknown error attempting to reach phone')))).toEqual({
      unreadable: 0,
      reports: [
        { messageId: '34d9b400-c6dd-5444-820d-fbeb0f1f54cf', delivered: true },
        { messageId: 'm-1', delivered: false, reason: 'unknown_error' },
      ],
    });
  });

  test.each([
    ['Blocked as spam by phone carrier', 'blocked_as_spam'],
    ['Destination is on a blocked list', 'blocked_list'],
    ['Invalid phone number', 'invalid_number'],
    ['Message body is invalid', 'invalid_body'],
    ['Phone carrier has blocked this message', 'carrier_blocked'],
    ['Phone carrier is currently unreachable/unavailable', 'carrier_unreachable'],
    ['Phone has blocked SMS', 'phone_blocks_texts'],
    ['Phone is on a blocked list', 'blocked_list'],
    ['Phone is currently unreachable/unavailable', 'phone_unreachable'],
    ['Phone number is opted out', 'opted_out'],
    ['This delivery would exceed max price', 'max_price'],
    ['No quota left for account', 'spend_limit'],
    ['Destination is a landline', 'landline'],
    ['+1 206 555 0100 said no', 'not_delivered'],
  ])('%s: %s', (words, reason) => {
    expect(readDeliveryEvent(data(failed(words))).reports).toMatchObject([{ reason }]);
  });

  test('what SNS writes on a laptop is read the same', () => {
    const entry = deliveryLogEntry({
      messageId: 'm-2',
      number: '+8613812345678',
      providerResponse: 'Phone is currently unreachable/unavailable',
      takenAt: 0,
      failedAt: 900,
    });
    expect(readDeliveryEvent(data(JSON.stringify(entry))).reports).toEqual([
      { messageId: 'm-2', delivered: false, reason: 'phone_unreachable' },
    ]);
  });

  test('a trial of the subscription is nothing; an entry that is no status is left out and counted', () => {
    expect(
      readDeliveryEvent(event({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'x' }] })),
    ).toEqual({ reports: [], unreadable: 0 });
    expect(readDeliveryEvent(data('START RequestId', failed('Phone has blocked SMS')))).toMatchObject({
      unreadable: 1,
      reports: [{ messageId: 'm-1' }],
    });
  });

  test('anything else is a fault whose words hold nothing of it (I10)', () => {
    for (const wrong of [{}, { awslogs: { data: 'no gzip +12065550100' } }, event({ logEvents: 1 })]) {
      expect(() => readDeliveryEvent(wrong)).toThrow(/^[a-z ]+$/);
    }
  });
});
