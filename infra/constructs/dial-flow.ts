import { act, compare, conditions, error, voice } from './flow-actions.ts';
import type { ContactFlowContent, FlowAction } from './flow-language.ts';

/** Seconds that somebody who picked up waits for the agent who called them. */
const WAIT_SECONDS = '25';

/**
 * The flow of a call we make, from the moment somebody picks up: that the bank calls, how to check it, and then the one
 * agent who announced it. The words and the agent come with the call, so that the flow has none of its own.
 */
export function dialFlow(parts: {
  /** Flow that runs for the agent before the call is put through. */
  readonly whisperFlowArn: string;
  /** Flow that runs for the customer until then. */
  readonly queueFlowArn: string;
}): ContactFlowContent {
  return {
    Version: '2019-10-30',
    StartAction: 'logging',
    Actions: [
      // A flow's log names the number that was called.
      act('logging', 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior: 'Disabled' }, { next: 'whisper' }),
      // One hook at a time: an action takes no more.
      hook('whisper', { AgentWhisper: parts.whisperFlowArn }, 'waiting'),
      hook('waiting', { CustomerQueue: parts.queueFlowArn }, 'which-voice'),
      compare('which-voice', '$.Attributes.language', { 'zh-CN': 'voice-zh' }, 'voice-en'),
      voice('voice-zh', 'Zhiyu', 'cmn-CN', 'greeting'),
      voice('voice-en', 'Joanna', 'en-US', 'greeting'),
      say('greeting', '$.Attributes.greeting', 'agent'),
      act(
        'agent',
        'UpdateContactTargetQueue',
        { AgentId: '$.Attributes.agentId' },
        { next: 'queue', failed: 'sorry' },
      ),
      {
        Identifier: 'queue',
        Type: 'TransferContactToQueue',
        Parameters: {},
        Transitions: { Errors: [error('QueueAtCapacity', 'sorry'), error('NoMatchingError', 'sorry')] },
      },
      ...sorry,
    ],
  };
}

/** What a customer hears until the agent is on the line; who does not come in time is excused, and the call ends. */
export function dialledQueueFlow(): ContactFlowContent {
  return {
    Version: '2019-10-30',
    StartAction: 'wait',
    Actions: [
      {
        Identifier: 'wait',
        Type: 'MessageParticipantIteratively',
        Parameters: {
          Messages: [{ Text: '$.Attributes.waiting' }],
          InterruptFrequencySeconds: WAIT_SECONDS,
        },
        Transitions: {
          Conditions: conditions({ MessagesInterrupted: 'sorry' }),
          Errors: [error('NoMatchingError', 'sorry')],
        },
      },
      ...sorry,
    ],
  };
}

const say = (id: string, Text: string, next: string): FlowAction =>
  act(id, 'MessageParticipant', { Text }, { next, failed: next });

const hook = (id: string, EventHooks: Readonly<Record<string, string>>, next: string): FlowAction =>
  act(id, 'UpdateContactEventHooks', { EventHooks }, { next, failed: next });

const sorry: readonly FlowAction[] = [
  say('sorry', '$.Attributes.sorry', 'end'),
  { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
];
