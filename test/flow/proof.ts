import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { totpOf } from '../../functions/verification/totp.ts';
import { createTotpCipher } from '../../functions/verification/totp-cipher.ts';
import { people } from './bank.ts';
import type { Night } from './night.ts';

export interface VerificationPage {
  readonly verificationId: string;
  readonly status: string;
  readonly endReason?: string;
  readonly expiresAt: string;
  readonly waitsUntil?: string;
  readonly requirement: {
    readonly accepted: readonly string[];
    readonly mustInclude: readonly string[];
    readonly notBefore?: string;
    readonly reasons: readonly string[];
  };
  readonly factors: readonly { readonly kind: string }[];
  readonly offers: readonly string[];
}
export interface ProblemPage {
  readonly type: string;
}
type Person = keyof typeof people;

/** The secret every authenticator of the tests holds. */
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** What customers do to prove who they are, on a night's stack. */
export function createProof(night: Night) {
  const { stack, clock } = night;
  const client = {
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  };
  const dynamo = new DynamoDBClient(client);
  const cipher = createTotpCipher({
    client: new KMSClient(client),
    keyArn: stack.model.keys[0]?.arn ?? '',
  });
  const table = stack.model.tables.find(({ streamArn }) => streamArn === undefined)?.name;
  let presses = 0;
  const press = (): string => {
    presses += 1;
    return `press-of-proof-${presses}`;
  };

  const proof = {
    /** Gives the customer an authenticator, long ago unless told. */
    enrolTotp: async (person: Person, enrolledAt = '2026-01-01T00:00:00.000Z'): Promise<void> => {
      const { customerId } = people[person];
      const secretCipher = await cipher.encrypt({ secret: SECRET, owner: customerId });
      const item = { pk: `CUSTOMER#${customerId}`, sk: 'TOTP', customerId, secretCipher, enrolledAt };
      await dynamo.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
    },
    /** What the authenticator shows now, or so many steps away. */
    totp: (steps = 0): string => totpOf(SECRET).generate({ timestamp: clock.now() + steps * 30_000 }),
    /** The alert whose hold stands on the card's latest ticket. */
    alertOf: async (person: Person): Promise<string> => {
      const { timeline } = await night.onlyTicket(person);
      const opened = timeline.find(({ type }) => type === 'alert_opened');
      return String(opened?.data.alertId);
    },
    open: <Body = VerificationPage>(person: Person, cardToken: string, over: object = {}) =>
      night.post<Body>(person, '/verifications', press(), { action: 'unfreeze', cardToken, ...over }),
    read: async (person: Person, id: string) =>
      (await night.get<VerificationPage>(person, `/verifications/${id}`)).body,
    order: <Body = VerificationPage>(person: Person, id: string) =>
      night.post<Body>(person, `/verifications/${id}/code`, press()),
    /** The code of the last text that had one. */
    code: (person: Person): string =>
      night
        .texts(person)
        .map((text) => /\d{8}/.exec(text)?.[0])
        .findLast((code) => code !== undefined) ?? '',
    check: <Body = VerificationPage>(person: Person, id: string, code: string, key = press()) =>
      night.post<Body>(person, `/verifications/${id}/code/check`, key, { code }),
    tryTotp: <Body = VerificationPage>(person: Person, id: string, code: string, key = press()) =>
      night.post<Body>(person, `/verifications/${id}/totp`, key, { code }),
    unfreeze: <Body = ProblemPage>(
      person: Person,
      cardToken: string,
      verificationId: string,
      key = press(),
    ) => night.post<Body>(person, `/cards/${cardToken}/unfreeze`, key, { verificationId }),
    /** Both factors, in the app. */
    pass: async (person: Person, cardToken: string, over: object = {}): Promise<string> => {
      const { body } = await proof.open(person, cardToken, over);
      const { verificationId } = body;
      await proof.order(person, verificationId);
      await proof.check(person, verificationId, proof.code(person));
      await proof.tryTotp(person, verificationId, proof.totp());
      return verificationId;
    },
    stop: () => dynamo.destroy(),
  };
  return proof;
}
export type Proof = ReturnType<typeof createProof>;
