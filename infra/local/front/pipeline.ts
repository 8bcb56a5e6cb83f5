import type { LocalClock } from '../clock.ts';
import type { Authoriser, Refusal } from './authorise.ts';
import type { AwsCall, Capacity, Plan, Service } from './aws-call.ts';
import { AwsError, unknownService } from './aws-error.ts';
import type { Call, CallRecorder } from './calls.ts';
import { type FaultableCall, type FaultKind, type FaultPicker, faultError } from './faults.ts';
import type { CallIdentity, Identities } from './identity.ts';
import { checkPresigned, presignedToken } from './presigned.ts';
import { refusalError, refusalMessage } from './refusal.ts';
import { readWire, type WireAnswer, type WireRequest, writeAnswer, writeError } from './wire.ts';

export interface IncomingCall {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly signature: { readonly accessKeyId: string; readonly service: string };
  /** The signature is in the address: made for somebody else to use, so it is checked. */
  readonly presigned?: true;
  /** `GET /path`: all there is to name a call of a REST service by. */
  readonly line: string;
  readonly body: string;
  /** The body as it came, and the whole address: what S3 needs. */
  readonly bytes: Buffer;
  readonly method: string;
  readonly url: string;
  readonly requestBytes: number;
  readonly gone: AbortSignal;
}

/** How the connection goes on: with an answer, broken off, or silent for good. */
export type Ending =
  | { readonly kind: 'answer'; readonly answer: WireAnswer }
  | { readonly kind: 'break' }
  | { readonly kind: 'silence' };

export type Pipeline = (incoming: IncomingCall) => Promise<Ending>;

interface Deps {
  readonly services: Readonly<Record<string, Service>>;
  readonly identities: Identities;
  readonly authoriser: Authoriser;
  readonly calls: CallRecorder;
  readonly faults: FaultPicker;
  readonly clock: LocalClock;
  readonly log: (text: string) => void;
}

/** What is known of a call so far, for the log and for the faults. */
interface Progress {
  identity?: CallIdentity;
  wire: WireRequest;
  resources: readonly string[];
  fault?: FaultKind;
  capacity?: Capacity;
}

/** Every AWS call: who, what, allowed?, meant to fail?, done, counted. */
export function createPipeline(deps: Deps): Pipeline {
  return async (incoming) => {
    const startedAt = performance.now();
    deps.calls.begin();
    const progress: Progress = {
      wire: { ...incoming.signature, action: '?', protocol: 'json-1.0', streams: false, input: {} },
      resources: [],
    };
    let error: AwsError | undefined;
    let ending: Ending;
    try {
      ending = await serve(deps, incoming, progress);
    } catch (cause) {
      error = cause instanceof AwsError ? cause : brokenFront(cause, deps, progress);
      ending = { kind: 'answer', answer: writeError(progress.wire, error) };
    }
    deps.calls.end(
      entryOf({ deps, incoming, progress, ending, error, durationMs: performance.now() - startedAt }),
    );
    return ending;
  };
}

async function serve(deps: Deps, incoming: IncomingCall, progress: Progress): Promise<Ending> {
  progress.wire = readWire(incoming.headers, incoming.signature, incoming);
  const { wire } = progress;
  progress.identity = identify(deps, incoming);
  if (incoming.presigned)
    checkPresigned(incoming, deps.identities.secretOf(wire.accessKeyId), deps.clock.now());
  const service = deps.services[wire.service];
  if (!service) throw unknownService(wire.service, wire.action);
  const call: AwsCall = { ...wire, identity: progress.identity, gone: incoming.gone };
  const plan: Plan = service.plan(call);
  progress.resources = plan.resources;
  const refusal = deps.authoriser.refuse(call.identity, plan.needs);
  if (refusal) throw refuse(deps, call, refusal);

  const struck: FaultableCall = {
    ...call,
    resources: plan.resources,
    resource: plan.resources[0] ?? '',
    functionName: call.identity.functionName,
    roleArn: call.identity.kind === 'role' ? call.identity.arn : undefined,
    attempt: attemptOf(incoming.headers),
  };
  progress.fault = deps.faults.pick(struck);
  if (progress.fault === 'hang') return { kind: 'silence' };
  const planned = progress.fault && faultError(progress.fault, struck);
  if (planned) throw planned;

  const outcome = await handle(service, call, progress.fault);
  progress.capacity = outcome?.capacity;
  if (progress.fault === 'kill-after') {
    deps.faults.kill(call.identity);
    return { kind: 'silence' };
  }
  if (progress.fault === 'lose-answer') return { kind: 'break' };
  return { kind: 'answer', answer: outcome?.s3 ?? writeAnswer(wire, outcome?.output ?? {}) };
}

/** A lost answer may have been an error as well: the caller must not learn which. */
async function handle(service: Service, call: AwsCall, fault: FaultKind | undefined) {
  if (fault === undefined) return service.handle(call);
  try {
    return await service.handle(call);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function identify({ identities }: Deps, incoming: IncomingCall): CallIdentity {
  const { headers, signature } = incoming;
  const token = headers['x-amz-security-token'] ?? presignedToken(incoming.url);
  const identity = identities.find(signature.accessKeyId, typeof token === 'string' ? token : undefined);
  if (identity) return identity;
  throw new AwsError({
    code: 'UnrecognizedClientException',
    queryCode: 'InvalidClientTokenId',
    status: 403,
    message: `The access key ${signature.accessKeyId} was not handed out by this local stack (keys change with every start).`,
  });
}

function refuse({ calls }: Deps, call: AwsCall, refusal: Refusal): AwsError {
  const message = refusalMessage(call.identity.shownArn, refusal);
  calls.refused({
    ...refusal,
    principal: call.identity.name,
    functionName: call.identity.functionName,
    message,
  });
  return refusalError(call.service, refusal, message);
}

function brokenFront(cause: unknown, deps: Deps, { wire }: Progress): AwsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  deps.log(`The local stack failed on ${wire.service}:${wire.action}: ${reason}`);
  return new AwsError({ code: 'InternalFailure', status: 500, message: `local stack: ${reason}` });
}

/** `amz-sdk-request: attempt=2; max=3` */
function attemptOf(headers: IncomingCall['headers']): number {
  return Number(/attempt=(\d+)/.exec(String(headers['amz-sdk-request'] ?? ''))?.[1] ?? 1);
}

function entryOf(options: {
  deps: Deps;
  incoming: IncomingCall;
  progress: Progress;
  ending: Ending;
  error: AwsError | undefined;
  durationMs: number;
}): Call {
  const { deps, incoming, progress, ending, error } = options;
  const { identity, wire, resources } = progress;
  const trace = incoming.headers['x-amzn-trace-id'];
  return {
    id: deps.calls.mark() + 1,
    time: deps.clock.now(),
    principal: identity?.name ?? 'unknown',
    roleArn: identity?.kind === 'role' ? identity.arn : undefined,
    functionName: identity?.functionName,
    invocationId: identity?.invocationId,
    traceId: typeof trace === 'string' ? trace : undefined,
    service: wire.service,
    action: wire.action,
    resource: resources[0] ?? '',
    resources,
    attempt: attemptOf(incoming.headers),
    requestBytes: incoming.requestBytes,
    responseBytes: ending.kind === 'answer' ? Buffer.byteLength(ending.answer.body) : 0,
    status: ending.kind === 'answer' ? ending.answer.status : 0,
    errorCode: error?.code,
    capacity: progress.capacity,
    fault: progress.fault,
    durationMs: options.durationMs,
  };
}
