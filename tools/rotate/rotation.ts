import { randomBytes } from 'node:crypto';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createRekeyContact } from '../../functions/card/rekey-contact.ts';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { createPhoneCipher } from '../../functions/notification/phone-cipher.ts';
import { type PhoneKeys, parsePhoneKeys, phoneDigests } from '../../functions/notification/phone-keys.ts';
import { write } from '../../functions/platform/database.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';

/** What stands under each version of the key; what moved away is not counted. */
export interface KeyUse {
  /** Customer ids by key version. */
  readonly contacts: ReadonlyMap<string, readonly string[]>;
  /** Digests of phones by key version. */
  readonly phones: ReadonlyMap<string, readonly PhoneUse[]>;
}
export interface PhoneUse {
  readonly digest: string;
  /** Nobody's contact, no alert: a stranger's. Nothing but this item knows of the number. */
  readonly stranger: boolean;
  readonly optedOut: boolean;
}

/** Rotating the key under which phone numbers are looked up. Every step may be repeated and left off at any point. */
export function createRotation(target: Target) {
  const { connection, casesTable, cardsTable, db } = target;
  const secrets = new SecretsManagerClient({ ...connection });
  const kms = new KMSClient({ ...connection });
  const rooms = roomsOn({ db, cardsTable, casesTable, now: () => new Date() });

  const read = async (): Promise<{ text: Record<string, string>; keys: PhoneKeys }> => {
    const { SecretString = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: target.phoneKeysSecretArn }),
    );
    const keys = parsePhoneKeys(SecretString);
    return { text: JSON.parse(SecretString) as Record<string, string>, keys };
  };
  const put = (text: Record<string, string>) =>
    secrets.send(
      new PutSecretValueCommand({ SecretId: target.phoneKeysSecretArn, SecretString: JSON.stringify(text) }),
    );

  async function* scan(TableName: string, prefix: string, sk: string) {
    const pages = paginateScan(
      { client: target.dynamodb },
      {
        TableName,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :prefix) AND sk = :sk',
        ExpressionAttributeValues: { ':prefix': { S: prefix }, ':sk': { S: sk } },
      },
    );
    for await (const { Items = [] } of pages) yield* Items.map((item) => unmarshall(item));
  }

  async function use(): Promise<KeyUse> {
    const contacts = new Map<string, string[]>();
    const phones = new Map<string, PhoneUse[]>();
    const add = <Value>(to: Map<string, Value[]>, digest: string, value: Value) => {
      const version = digest.split('.')[0] ?? '';
      to.set(version, [...(to.get(version) ?? []), value]);
    };
    for await (const { phoneDigest, customerId } of scan(cardsTable, 'CUSTOMER#', 'CONTACT'))
      if (typeof phoneDigest === 'string') add(contacts, phoneDigest, String(customerId));
    for await (const item of scan(casesTable, 'PHONE#', 'PHONE')) {
      if (item.movedTo !== undefined) continue;
      const digest = String(item.digest);
      const stranger = (item.customers ?? []).length === 0 && (item.alerts ?? []).length === 0;
      add(phones, digest, { digest, stranger, optedOut: (item.optedOut ?? item.optedOutAt) !== undefined });
    }
    return { contacts, phones };
  }

  return {
    keys: async () => (await read()).keys,
    use,
    /** A new key, current from now on; the others go on finding. Returns its version. */
    add: async (): Promise<string> => {
      const { text, keys } = await read();
      const version = String(Math.max(...[...keys.keys.keys()].map(Number)) + 1);
      await put({ ...text, [`key${version}`]: randomBytes(48).toString('base64url'), current: version });
      return version;
    },
    /** Brings every contact under the current key; what was done before is passed over. */
    rekey: async (onProgress: (done: number, of: number) => void): Promise<number> => {
      const { keys } = await read();
      const rekey = createRekeyContact({
        ...rooms,
        cipher: createPhoneCipher({ client: kms, keyArn: target.dataKeyArn }),
        digestsOf: (e164) => phoneDigests(keys, e164),
      });
      const { contacts } = await use();
      const open = [...contacts].flatMap(([version, ids]) => (version === keys.current ? [] : ids));
      let done = 0;
      for (const customerId of open) {
        await rekey(customerId);
        done += 1;
        onProgress(done, open.length);
      }
      return done;
    },
    /** Removes an older key; refuses while anything is found under it alone. */
    remove: async (
      version: string,
      options: { forgetStrangers: boolean },
    ): Promise<{ forgotten: number }> => {
      const { text, keys } = await read();
      if (version === keys.current) throw new PlainError(`Key ${version} is the current one.`);
      if (!keys.keys.has(version)) throw new PlainError(`There is no key ${version}.`);
      const { contacts, phones } = await use();
      const left = contacts.get(version)?.length ?? 0;
      const numbers = phones.get(version) ?? [];
      const known = numbers.filter(({ stranger }) => !stranger).length;
      if (left + known > 0) {
        throw new PlainError(
          `Key ${version} still finds ${left} contacts and ${known} numbers with alerts or customers. Run --rekey first.`,
        );
      }
      const outs = numbers.filter(({ optedOut }) => optedOut).length;
      if (outs > 0 && !options.forgetStrangers) {
        throw new PlainError(
          `Key ${version} still finds ${outs} numbers of nobody we know that want no texts. Nothing else knows these ` +
            'numbers, so they cannot be moved: keep the key, or forget them with --forget-strangers.',
        );
      }
      for (const { digest } of numbers) {
        const key = { pk: `PHONE#${digest}`, sk: 'PHONE' };
        await db.commit([write({ table: casesTable, spec: { kind: 'delete', key } })]);
      }
      const { [`key${version}`]: _gone, ...kept } = text;
      await put(kept);
      return { forgotten: numbers.length };
    },
    close: () => {
      secrets.destroy();
      kms.destroy();
    },
  };
}
