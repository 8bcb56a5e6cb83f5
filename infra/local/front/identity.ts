import { randomBytes } from 'node:crypto';
import type { LocalModel } from '../model.ts';
import { parseRecord, textOf } from './json.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Who makes a call, as told by the access key of its signature. */
export interface CallIdentity {
  readonly kind: 'admin' | 'role' | 'user';
  /** Role name, or `admin`, `bank`, `issuer`. */
  readonly name: string;
  /** ARN of the role or user: what policies name. */
  readonly arn: string;
  /** ARN as AWS prints it in a refusal (an assumed role with its session). */
  readonly shownArn: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}

export interface Identities {
  /** Throw-away keys of a role (by ARN or name) or of `admin`, `bank`, `issuer`. */
  accessKeyFor(who: string, session?: { functionName?: string; invocationId?: string }): Credentials;
  readonly admin: Credentials;
  /** Undefined when the key was not handed out by this front. */
  find(accessKeyId: string, sessionToken: string | undefined): CallIdentity | undefined;
  /** What an address signed with this key must have been signed with. */
  secretOf(accessKeyId: string): string;
}

interface Holder {
  readonly kind: CallIdentity['kind'];
  readonly name: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly onlyFunction?: string;
}

export function createIdentities(model: LocalModel): Identities {
  const byKey = new Map<string, Holder>();
  const byWho = new Map<string, Holder>();
  const add = (kind: Holder['kind'], name: string, arn: string): void => {
    const functions = model.functions.filter((fn) => fn.roleArn === arn);
    const holder: Holder = {
      kind,
      name,
      arn,
      accessKeyId: `LKIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(20).toString('hex'),
      onlyFunction: functions.length === 1 ? functions[0]?.name : undefined,
    };
    byKey.set(holder.accessKeyId, holder);
    byWho.set(name, holder).set(arn, holder);
  };
  for (const role of model.roles) add('role', role.name, role.arn);
  for (const name of ['admin', 'bank', 'issuer']) {
    add(name === 'admin' ? 'admin' : 'user', name, `arn:aws:iam::${model.account}:user/${name}`);
  }

  const accessKeyFor: Identities['accessKeyFor'] = (who, session) => {
    const holder = byWho.get(who);
    if (!holder) throw new Error(`no role or principal "${who}" in the model`);
    return {
      accessKeyId: holder.accessKeyId,
      secretAccessKey: holder.secretAccessKey,
      sessionToken: Buffer.from(JSON.stringify(session ?? {})).toString('base64url'),
    };
  };

  const find: Identities['find'] = (accessKeyId, sessionToken) => {
    const holder = byKey.get(accessKeyId);
    if (!holder) return undefined;
    const session = sessionToken ? parseRecord(Buffer.from(sessionToken, 'base64url').toString()) : undefined;
    const functionName = textOf(session?.functionName) ?? holder.onlyFunction;
    return {
      kind: holder.kind,
      name: holder.name,
      arn: holder.arn,
      shownArn:
        holder.kind === 'role'
          ? `arn:aws:sts::${model.account}:assumed-role/${holder.name}/${functionName ?? 'local'}`
          : holder.arn,
      functionName,
      invocationId: textOf(session?.invocationId),
    };
  };
  const secretOf = (accessKeyId: string) => byKey.get(accessKeyId)?.secretAccessKey ?? '';
  return { accessKeyFor, admin: accessKeyFor('admin'), find, secretOf };
}
