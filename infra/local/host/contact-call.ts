import type { ClockHandle, LocalClock } from '../clock.ts';
import type { Json } from '../front/json.ts';
import type { LocalContactFlow, LocalModel } from '../model.ts';
import type { LocalFlowAction } from '../template/contact-flows.ts';
import { contactEvent, flatMap, flowEvent, type InitiationMethod } from './contact-events.ts';
import type { CallState } from './customer-call.ts';

export interface ContactCentreOptions {
  readonly model: LocalModel;
  readonly invoke: (nameOrArn: string, event: unknown) => Promise<unknown>;
  readonly putEvent: (event: Json) => Promise<void>;
  readonly now: () => Date;
  readonly clock: LocalClock;
}

/** Most actions between two waits of a flow; more is a circle. */
const MOST_ACTIONS = 100;
/** So long Amazon Connect lets a phone ring. */
const RING_MS = 60_000;

export interface CallGiven {
  readonly contactId: string;
  /** The customer's number; undefined: withheld. */
  readonly from: string | undefined;
  readonly initiationMethod: InitiationMethod;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether this agent takes a call that is put through to them alone, at once. */
  readonly takesCalls?: (agentId: string) => boolean;
}

/**
 * One call in the flows of the template: it runs them action by action, calls the function with the very event Amazon
 * Connect sends, takes nothing but a flat map of texts for an answer, and tells of the contact as Connect does. An action
 * it does not know is an error that names it.
 */
export function createCall(options: ContactCentreOptions, flow: LocalContactFlow, given: CallGiven) {
  const { contactId, from, initiationMethod } = given;
  const heard: string[] = [];
  const answers: Readonly<Record<string, string>>[] = [];
  const attributes: Record<string, string> = { ...given.attributes };
  const times: Record<string, string> = {};
  let agent: { id: string; name: string } | undefined;
  let external: Readonly<Record<string, string>> = {};
  let stored = '';
  let hooks: Readonly<Record<string, string>> = {};
  let queueArn = '';
  let wantedAgent: string | undefined;
  let state: CallState = initiationMethod === 'API' ? 'ringing' : 'menu';
  let waitsAt: LocalFlowAction | undefined;
  let timer: ClockHandle | undefined;

  const at = () => options.now().toISOString();
  const tell = (eventType: string, disconnectReason?: string) =>
    options.putEvent(
      contactEvent(eventType, {
        ...{ contactId, flow, queueArn, times, agent, at: at() },
        ...{ initiationMethod, disconnectReason },
      }),
    );
  const flowOf = (hook: string) => options.model.contactFlows?.find(({ arn }) => arn === hooks[hook]);

  /** Goes on by itself after so long, unless something else happens before. */
  function later(ms: number, goOn: () => Promise<void>): void {
    timer = options.clock.setTimeout(goOn, ms);
  }
  function interrupt(): void {
    if (timer !== undefined) options.clock.clear(timer);
    timer = undefined;
  }

  /** `$.External.prompt` and the like; a name nothing stands for is empty, as in Connect. */
  const resolved = (value: unknown): string => {
    const [, space, name = ''] = /^\$\.(External|Attributes|Agent)\.(\w+)$/.exec(String(value)) ?? [];
    if (space === 'External') return external[name] ?? '';
    if (space === 'Attributes') return attributes[name] ?? '';
    if (space === 'Agent') return name === 'UserName' ? (agent?.name ?? '') : '';
    if (value === '$.StoredCustomerInput') return stored;
    if (String(value).startsWith('$.')) throw new Error(`contact flow: ${value} is not known here`);
    return String(value);
  };
  const resolvedAll = (values: unknown): Record<string, string> =>
    Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, resolved(value)]));

  const failed = (action: LocalFlowAction, type: string): string | undefined =>
    action.Transitions.Errors.find(({ ErrorType }) => ErrorType === type)?.NextAction ??
    action.Transitions.Errors.find(({ ErrorType }) => ErrorType === 'NoMatchingError')?.NextAction;
  const chosen = (action: LocalFlowAction, value: string): string | undefined =>
    action.Transitions.Conditions.find(({ Condition }) => Condition.Operands.includes(value))?.NextAction ??
    failed(action, 'NoMatchingCondition');

  async function invoke(action: LocalFlowAction): Promise<string | undefined> {
    const event = flowEvent({
      ...{ contactId, from, attributes, instanceArn: flow.instanceArn, queueArn, initiationMethod },
      parameters: resolvedAll(action.Parameters.LambdaInvocationAttributes),
    });
    try {
      external = flatMap(await options.invoke(String(action.Parameters.LambdaFunctionARN), event));
    } catch {
      return failed(action, 'NoMatchingError');
    }
    answers.push(external);
    return action.Transitions.NextAction;
  }

  function aim({ Parameters: { QueueId, AgentId } }: LocalFlowAction): void {
    wantedAgent = AgentId === undefined ? undefined : resolved(AgentId);
    queueArn =
      wantedAgent === undefined ? resolved(QueueId) : `${flow.instanceArn}/queue/agent/${wantedAgent}`;
  }

  async function enqueue(): Promise<void> {
    state = 'queued';
    times.enqueueTimestamp = at();
    await tell('QUEUED');
    if (wantedAgent !== undefined && given.takesCalls?.(wantedAgent)) {
      await connect({ id: wantedAgent, name: wantedAgent });
      return;
    }
    const waiting = flowOf('CustomerQueue');
    if (waiting !== undefined) await run(waiting, waiting.start);
  }

  /** Words over and over, until the time to interrupt them has come. */
  function repeat(of: LocalContactFlow, action: LocalFlowAction): void {
    const { Messages, InterruptFrequencySeconds } = action.Parameters;
    for (const { Text } of Array.isArray(Messages) ? Messages : []) heard.push(resolved(Text));
    const seconds = Number(InterruptFrequencySeconds);
    if (seconds > 0) later(seconds * 1000, () => run(of, chosen(action, 'MessagesInterrupted')));
  }

  /** Does one action; the next one's name, or undefined where the flow waits or ends. */
  async function step(of: LocalContactFlow, action: LocalFlowAction): Promise<string | undefined> {
    const { Parameters: params, Transitions } = action;
    switch (action.Type) {
      case 'UpdateFlowLoggingBehavior':
      case 'UpdateContactTextToSpeechVoice':
        return Transitions.NextAction;
      case 'UpdateContactEventHooks':
        hooks = { ...hooks, ...oneHook(resolvedAll(params.EventHooks)) };
        return Transitions.NextAction;
      case 'InvokeLambdaFunction':
        return invoke(action);
      case 'UpdateContactAttributes':
        Object.assign(attributes, resolvedAll(params.Attributes));
        return Transitions.NextAction;
      case 'Compare':
        return chosen(action, resolved(params.ComparisonValue));
      case 'MessageParticipant':
        heard.push(resolved(params.Text));
        return Transitions.NextAction;
      case 'MessageParticipantIteratively':
        return void repeat(of, action);
      case 'GetParticipantInput':
        heard.push(resolved(params.Text));
        state = params.StoreInput === 'True' ? 'digits' : 'menu';
        waitsAt = action;
        return undefined;
      case 'UpdateContactTargetQueue':
        aim(action);
        return Transitions.NextAction;
      case 'TransferContactToQueue':
        return void (await enqueue());
      case 'DisconnectParticipant':
        return void (await end('CONTACT_FLOW_DISCONNECT'));
      case 'EndFlowExecution':
        return undefined;
      default:
        throw new Error(`contact flow "${flow.name}": the local stack does not know ${action.Type}`);
    }
  }

  async function run(of: LocalContactFlow, from: string | undefined): Promise<void> {
    let next = from;
    for (let done = 0; next !== undefined; done += 1) {
      if (done > MOST_ACTIONS) throw new Error(`contact flow "${of.name}" goes round in a circle at ${next}`);
      const action = of.actions.get(next);
      if (action === undefined) throw new Error(`contact flow "${of.name}" has no action ${next}`);
      next = await step(of, action);
    }
  }

  async function connect(to: { id: string; name: string }): Promise<void> {
    if (state !== 'queued') throw new Error(`nobody waits: the call is ${state}`);
    interrupt();
    agent = to;
    const whispers = flowOf('AgentWhisper');
    if (whispers !== undefined) await run(whispers, whispers.start);
    state = 'connected';
    times.connectedToAgentTimestamp = at();
    await tell('CONNECTED_TO_AGENT');
  }

  async function end(reason: string): Promise<void> {
    if (state === 'ended') return;
    interrupt();
    state = 'ended';
    times.disconnectTimestamp = at();
    await tell('DISCONNECTED', reason);
  }

  return {
    contactId,
    from: from ?? 'anonymous',
    heard,
    answers,
    attributes,
    get state() {
      return state;
    },
    async start() {
      times.initiationTimestamp = at();
      await tell('INITIATED');
      if (state === 'ringing') later(RING_MS, () => end('TELECOM_TIMEOUT'));
      else await run(flow, flow.start);
    },
    async press(keys: string) {
      const action = waitsAt;
      if (action === undefined || (state !== 'menu' && state !== 'digits'))
        throw new Error(`nothing listens to keys: the call is ${state}`);
      waitsAt = undefined;
      if (keys === '') return run(flow, failed(action, 'InputTimeLimitExceeded'));
      stored = keys;
      await run(flow, state === 'digits' ? action.Transitions.NextAction : chosen(action, keys));
    },
    async pickUp() {
      if (state !== 'ringing') throw new Error(`nothing rings: the call is ${state}`);
      interrupt();
      state = 'menu';
      times.connectedToSystemTimestamp = at();
      await tell('CONNECTED_TO_SYSTEM');
      await run(flow, flow.start);
    },
    decline: () => end('TELECOM_BUSY'),
    connect,
    hangUp: () => end('CUSTOMER_DISCONNECT'),
    agentHangsUp: () => end('AGENT_DISCONNECT'),
    async finish() {
      times.afterContactWorkStartTimestamp = times.disconnectTimestamp ?? at();
      times.afterContactWorkEndTimestamp = at();
      await tell('COMPLETED');
    },
    drop: interrupt,
  };
}

/** An action sets one hook; a second one in it is refused by Connect. */
function oneHook(hooks: Record<string, string>): Record<string, string> {
  if (Object.keys(hooks).length !== 1) throw new Error('contact flow: an action sets exactly one event hook');
  return hooks;
}
