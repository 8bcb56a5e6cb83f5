import type * as z from 'zod/mini';
import type { EvidenceAction, TableAccess } from './constructs/permissions.ts';

/** What a function is, may do and is woken by; `functions.ts` lists them. */
export interface FunctionSpec {
  /** Logical id. */
  readonly id: string;
  readonly purpose: string;
  readonly environment: z.ZodMiniObject;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly cards?: TableAccess;
  readonly cases?: TableAccess;
  /** Queues it sends to. */
  readonly sends?: readonly QueueName[];
  /** Puts events of source `cardguard` on the bus. */
  readonly putsEvents?: true;
  /** Reads the HMAC keys of phone numbers. */
  readonly readsPhoneKeys?: true;
  /** Reads the HMAC keys of one-time codes. */
  readonly readsCodeKeys?: true;
  /** Uses the key itself on a stored phone number. */
  readonly phoneCipher?: 'kms:Encrypt' | 'kms:Decrypt';
  /** Uses the key itself on the stored secret of a customer's one-time passwords. */
  readonly totpCipher?: readonly ('kms:Encrypt' | 'kms:Decrypt')[];
  /** What it does with files of the bucket of evidence: signs uploads or downloads, looks at them, takes them off. */
  readonly evidence?: readonly EvidenceAction[];
  /** Texts phone numbers. */
  readonly texts?: true;
  /** Sends e-mail from the stage's address. */
  readonly mails?: true;
  /** Has the contact centre dial, where the stage has one. */
  readonly dials?: true;
  /** Called by a schedule, that is asynchronously. */
  readonly calledByRule?: true;
  /** Called by a log subscription, asynchronously as well. */
  readonly calledByLogs?: true;
}

export type QueueName =
  | 'transactions'
  | 'card-status'
  | 'customers'
  | 'labels'
  | 'freezes'
  | 'ask'
  | 'sms'
  | 'email'
  | 'publish'
  | 'dial'
  | 'sms-replies'
  | 'contacts'
  | 'evidence';
