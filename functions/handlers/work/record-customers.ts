import type { SQSRecord } from 'aws-lambda';
import { customerReaders } from '../../card/card-readers.ts';
import { createIssueCard } from '../../card/issue-card.ts';
import { createRecordContact } from '../../card/record-contact.ts';
import { createRecordDevice } from '../../card/record-device.ts';
import { createRecordSimChange } from '../../card/record-sim-change.ts';
import { SEALED_OWNER } from '../../notification/inbound-sms.ts';
import type { PhoneCipher } from '../../notification/phone-cipher.ts';
import type { PhoneDigests } from '../../notification/phone-keys.ts';
import { sealBody } from '../../platform/sealed-body.ts';
import { bankEventHandler } from '../bank-events.ts';
import type { PlainWork } from './work.ts';

const CREDENTIAL_TAKEN = { reason: 'credential_taken', detail: 'the credential is of another customer' };

/** What of an event about a customer may be kept: all of it, encrypted. */
export function keptOfCustomer(cipher: Pick<PhoneCipher, 'encrypt'>) {
  return ({ body }: SQSRecord): Promise<string> =>
    sealBody(body, (text) => cipher.encrypt({ e164: text, owner: SEALED_OWNER }));
}

/** Records one message of the customers queue. */
export function recordCustomers(
  deps: PlainWork & {
    readonly cipher: Pick<PhoneCipher, 'encrypt'>;
    readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
  },
) {
  const { rooms, telemetry } = deps;
  const issueCard = createIssueCard(rooms);
  const recordSimChange = createRecordSimChange(rooms);
  const recordDevice = createRecordDevice(rooms);
  const recordContact = createRecordContact({ ...rooms, ...deps });
  return bankEventHandler({
    telemetry,
    quarantine: rooms.quarantine,
    kept: keptOfCustomer(deps.cipher),
    now: rooms.now,
    readers: customerReaders,
    handle: async (event) => {
      if (event.type === 'CardIssued') {
        const { outcome } = await issueCard(event.detail);
        telemetry.log('card_recorded', { cardToken: event.detail.cardToken, outcome });
        return undefined;
      }
      if (event.type === 'SimChanged') {
        const { outcome } = await recordSimChange(event.detail);
        telemetry.log('sim_change_recorded', { customerId: event.detail.customerId, outcome });
        return undefined;
      }
      if (event.type === 'DeviceRegistered') {
        const { outcome } = await recordDevice(event.detail);
        telemetry.log('device_recorded', { customerId: event.detail.customerId, outcome });
        return outcome === 'taken' ? CREDENTIAL_TAKEN : undefined;
      }
      const { outcome } = await recordContact(event.detail);
      telemetry.log('contact_recorded', { customerId: event.detail.customerId, outcome });
      return undefined;
    },
  });
}
