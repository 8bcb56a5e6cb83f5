import { hash } from 'node:crypto';
import { type Database, type Item, queryAll, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { type Device, deviceSchema, isActive } from './device.ts';

/** The credential is another customer's (WebAuthn §7.1, step 26). */
export type DeviceRefusal = Changed<Device> | { readonly credential: 'taken' };

/** Most device items read at once, removed ones included. */
const MOST_ITEMS = 200;

/** Devices of customers, and the guard that gives a credential to one customer only. */
export interface DeviceStore {
  /** One device, removed or not. */
  get(customerId: string, deviceId: string): Promise<Versioned<Device> | undefined>;
  /** Those a customer can use, the latest enrolled first. */
  ofCustomer(customerId: string): Promise<readonly Versioned<Device>[]>;
  save(previous: Versioned<Device> | undefined, device: Device): Write<Changed<Device>>;
  /** Saves a device that is registered, with the guard of its credential. */
  register(previous: Versioned<Device> | undefined, device: Device): readonly Write<DeviceRefusal>[];
}

export function createDeviceStore(options: { db: Database; cardsTable: string }): DeviceStore {
  const { db, cardsTable: table } = options;
  const pk = (customerId: string) => `CUSTOMER#${customerId}`;
  const documents = createDocuments({
    db,
    table,
    schema: deviceSchema,
    name: 'device',
    key: (id) => {
      const [customerId = '', deviceId = ''] = id.split('#');
      return { pk: pk(customerId), sk: `DEVICE#${deviceId}` };
    },
    // Neither part has a `#`.
    idOf: ({ customerId, deviceId }) => `${customerId}#${deviceId}`,
  });
  // An id may be longer than a key: 1,023 bytes of credential id are 1,364 characters.
  const guardKey = (credentialId: string) => ({
    pk: `CREDENTIAL#${hash('sha256', credentialId, 'hex')}`,
    sk: 'GUARD',
  });
  return {
    get: (customerId, deviceId) => documents.get(`${customerId}#${deviceId}`),
    ofCustomer: async (customerId) => {
      const sk = { beginsWith: 'DEVICE#' };
      const items: readonly Item[] = await queryAll(
        db,
        { table, pk: pk(customerId), sk, consistent: true },
        MOST_ITEMS,
      );
      return items
        .map(documents.parse)
        .filter(({ body }) => isActive(body))
        .sort((a, b) => (a.body.enrolledAt > b.body.enrolledAt ? -1 : 1));
    },
    save: documents.save,
    register: (previous, device) => [
      documents.save(previous, device),
      write({
        table,
        spec: { kind: 'put', item: { ...guardKey(device.credentialId), customerId: device.customerId } },
        when: {
          any: [{ item: 'absent' }, { attribute: 'customerId', is: '=', value: device.customerId }],
        },
        refused: () => ({ credential: 'taken' }) as const,
      }),
    ],
  };
}
