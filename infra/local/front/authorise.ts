import type { LocalClock } from '../clock.ts';
import type { LocalModel, PolicyStatement } from '../model.ts';
import type { Need } from './aws-call.ts';
import type { CallIdentity } from './identity.ts';
import { managedPolicy } from './managed-policies.ts';
import { type CompiledStatement, type Context, compileStatement, judge, type Verdict } from './policy.ts';

/** Why a call may not go ahead, in the terms a developer looks for in the template. */
export interface Refusal {
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
}

export interface Authoriser {
  /** The first of the call's needs (the keys behind them included) that is refused; undefined: all allowed. */
  refuse(identity: CallIdentity, needs: readonly Need[]): Refusal | undefined;
  /** The same for an AWS service that acts for a resource, e.g. SNS delivering from a topic to a queue. */
  refuseService(service: string, source: { arn: string }, needs: readonly Need[]): Refusal | undefined;
}

/** Whose policy speaks of a resource: an object has that of its bucket. */
const ownerOf = (resource: string): string =>
  resource.startsWith('arn:aws:s3:::') ? (resource.split('/')[0] ?? resource) : resource;

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly shownAs: string;
  readonly context: Context;
}

export function createAuthoriser(model: LocalModel, clock: LocalClock): Authoriser {
  const { byIdentity, byResource } = compilePolicies(model);
  const common = (): Record<string, string> => ({
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:RequestedRegion': model.region,
    'aws:ResourceAccount': model.account,
    'aws:CurrentTime': new Date(clock.now()).toISOString(),
  });

  const refuseCaller = (identity: CallIdentity, asked: Asked): Refusal | undefined => {
    const isKey = asked.action.startsWith('kms:');
    const context: Context = {
      ...common(),
      'aws:PrincipalArn': identity.arn,
      'aws:PrincipalAccount': model.account,
      'aws:PrincipalType': identity.kind === 'role' ? 'AssumedRole' : 'User',
      'aws:PrincipalIsAWSService': 'false',
      'aws:ViaAWSService': 'false',
      'aws:userid': identity.name,
      ...asked.context,
    };
    const question = { action: asked.action, resource: asked.resource, context };
    const principal = {
      kind: 'caller',
      arns: [identity.arn, identity.shownArn],
      account: model.account,
    } as const;
    const own = judge(byIdentity.get(identity.arn) ?? [], { ...question, principal });
    const policy = byResource.get(ownerOf(asked.resource));
    const theirs: Verdict = policy ? judge(policy, { ...question, principal }) : 'silent';
    const reason = reasonOf({ own, theirs, isKey, action: asked.action });
    return reason === undefined ? undefined : { action: asked.action, resource: asked.shownAs, reason };
  };

  const refuseService: Authoriser['refuseService'] = (service, source, needs) => {
    for (const asked of expand(needs, model, service)) {
      const context: Context = {
        ...common(),
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': service,
        'aws:SourceArn': source.arn,
        'aws:SourceAccount': model.account,
        'aws:SourceOwner': model.account,
        ...asked.context,
      };
      const { action, resource } = asked;
      const principal = { kind: 'service', name: service } as const;
      const verdict = judge(byResource.get(resource) ?? [], { action, resource, context, principal });
      if (verdict !== 'allow') {
        const reason = `the policy of ${resource} ${verdict === 'deny' ? 'denies' : 'does not allow'} it to ${service} for ${source.arn}`;
        return { action, resource, reason };
      }
    }
    return undefined;
  };

  return {
    refuse(identity, needs) {
      if (identity.kind === 'admin') return undefined;
      for (const asked of expand(needs, model)) {
        const refusal = refuseCaller(identity, asked);
        if (refusal) return refusal;
      }
      return undefined;
    },
    refuseService,
  };
}

interface Policies {
  /** By ARN of role or user. */
  readonly byIdentity: ReadonlyMap<string, readonly CompiledStatement[]>;
  /** By ARN of queue, topic, bus or key. */
  readonly byResource: ReadonlyMap<string, readonly CompiledStatement[]>;
}

/** All at once, at the start: what cannot be evaluated must not surface in the middle of a night. */
function compilePolicies(model: LocalModel): Policies {
  const compile = (statements: readonly PolicyStatement[], where: string) =>
    statements.map((statement) => compileStatement(statement, where));
  const byIdentity = new Map<string, readonly CompiledStatement[]>();
  for (const role of model.roles) {
    const managed = role.managed.map((arn) => managedPolicy(arn, role.name));
    byIdentity.set(
      role.arn,
      compile([...role.statements, ...managed], `role ${role.name} (${role.logicalId})`),
    );
  }
  const buses = [
    ...model.buses.map((bus) => bus.arn),
    `arn:aws:events:${model.region}:${model.account}:event-bus/default`,
  ];
  for (const name of ['bank', 'issuer']) {
    const arn = `arn:aws:iam::${model.account}:user/${name}`;
    byIdentity.set(arn, compile([{ Effect: 'Allow', Action: 'events:PutEvents', Resource: buses }], name));
  }
  const byResource = new Map<string, readonly CompiledStatement[]>();
  for (const owner of [
    ...model.queues,
    ...model.topics,
    ...model.buses,
    ...model.keys,
    ...(model.buckets ?? []),
  ]) {
    byResource.set(owner.arn, compile(owner.policy, `policy of ${owner.arn}`));
  }
  return { byIdentity, byResource };
}

/** Each need, followed by what it needs of the key that its data are encrypted with. */
function* expand(needs: readonly Need[], model: LocalModel, service?: string): Iterable<Asked> {
  for (const need of needs) {
    yield {
      action: need.action,
      resource: need.resource,
      shownAs: need.shownAs ?? need.resource,
      context: need.context ?? {},
    };
    if (!need.key) continue;
    const { keyArn, actions, via, encryptionContext } = need.key;
    const context: Record<string, string | string[]> = {
      'kms:CallerAccount': model.account,
      'kms:EncryptionContextKeys': Object.keys(encryptionContext),
    };
    // A service principal calls the key itself: there is no "via".
    if (!service) context['kms:ViaService'] = `${via}.${model.region}.amazonaws.com`;
    for (const [key, value] of Object.entries(encryptionContext))
      context[`kms:EncryptionContext:${key}`] = value;
    for (const action of actions) yield { action, resource: keyArn, shownAs: keyArn, context };
  }
}

/**
 * In one account, the caller's policy or the resource's is enough, and a Deny in either wins. A key is
 * stricter: its own policy must allow, by name or by handing the decision to IAM.
 */
function reasonOf(options: {
  own: Verdict;
  theirs: Verdict;
  isKey: boolean;
  action: string;
}): string | undefined {
  const { own, theirs, isKey, action } = options;
  if (own === 'deny') return `with an explicit deny in an identity-based policy`;
  if (theirs === 'deny') return `with an explicit deny in a resource-based policy`;
  if (theirs === 'allow') return undefined;
  if (isKey && theirs === 'silent') return `because the key policy does not allow the ${action} action`;
  if (own === 'allow') return undefined;
  return `because no identity-based policy allows the ${action} action`;
}
