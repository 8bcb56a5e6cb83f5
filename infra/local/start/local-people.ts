import * as z from 'zod';
import type { Pool } from '../host/tokens.ts';
import type { LocalStack } from '../stack.ts';
import { PlainError } from './checks.ts';
import { claimsOf, DEMO_AGENT, DEMO_KEEPERS, TOKEN_SECONDS } from './details.ts';
import { readPeople } from './sample.ts';

interface LocalPerson {
  readonly subject: string;
  readonly name: string;
  /** What tells them apart on the list. */
  readonly note: string;
  readonly groups: readonly string[];
  /** Of an agent whom the contact centre knows. */
  readonly connectUserId?: string;
  readonly phone?: string;
  readonly email?: string;
}

const agents: readonly LocalPerson[] = [DEMO_AGENT, ...DEMO_KEEPERS].map((agent) => ({
  ...agent,
  note: agent.groups.join(', '),
}));

/** Everybody one can be on the local stack: the sample's customers, and staff of each role. */
export function localPeople() {
  const { customers, cards } = readPeople();
  const own = (customerId: string) => cards.filter(({ cardholderId }) => cardholderId === customerId);
  return {
    customers: customers.map(
      ({ customerId, subject, name, phone, email }): LocalPerson => ({
        subject,
        name,
        note: own(customerId)
          .map(({ lastFour }) => lastFour)
          .join(' · '),
        groups: [],
        phone: phone ?? undefined,
        email,
      }),
    ),
    agents,
    cards: cards.map(({ cardToken, lastFour, cardholderId }) => ({
      cardToken,
      lastFour,
      name: customers.find(({ customerId }) => customerId === cardholderId)?.name ?? cardholderId,
    })),
  };
}

export const signInSchema = z.strictObject({ side: z.enum(['customers', 'agents']), subject: z.string() });

/** A token for whomever one says one is: on this machine nobody needs a password. */
export async function signInAs(
  { tokens }: Pick<LocalStack, 'tokens'>,
  { side, subject }: { side: Pool; subject: string },
): Promise<{ accessToken: string; name: string }> {
  const person = localPeople()[side].find((one) => one.subject === subject);
  if (person === undefined) throw new PlainError(`There is no ${subject} here.`);
  const { name, groups, connectUserId } = person;
  const accessToken = await tokens.issue({
    pool: side,
    subject,
    name,
    claims: claimsOf({ groups, connectUserId }),
    expiresInSeconds: TOKEN_SECONDS,
  });
  return { accessToken, name };
}
