import { type ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
import { failedCall, isRefused, isWorthAnotherTry } from '../platform/failed-call.ts';
import { CallNotPlaced, type CallPlaced, type CallRefusal, type OutboundCalls } from './outbound-calls.ts';

/** Where an Amazon Connect instance dials from. */
export interface ConnectLine {
  readonly instanceId: string;
  readonly flowId: string;
  /** Its outbound number is the one the customer sees, unless there is a `sourceNumber`. */
  readonly queueId: string;
  /** E.164; absent: the queue's. */
  readonly sourceNumber?: string;
}

/**
 * Calls by Amazon Connect. The client may repeat a request: under one `ClientToken` Connect gives back the contact it
 * started. It says so of a contact that lives, so a token is not what keeps a message that comes again much later from
 * ringing twice; the claim of the effect is (`functions/ticket/dial-call.ts`).
 */
export function createConnectCalls(client: Pick<ConnectClient, 'send'>, line: ConnectLine): OutboundCalls {
  return {
    place: async ({ callId, to, attributes }) => {
      try {
        const { ContactId } = await client.send(
          new StartOutboundVoiceContactCommand({
            InstanceId: line.instanceId,
            ContactFlowId: line.flowId,
            QueueId: line.queueId,
            SourcePhoneNumber: line.sourceNumber,
            DestinationPhoneNumber: to,
            ClientToken: callId,
            Attributes: { ...attributes },
          }),
        );
        if (ContactId === undefined) return { outcome: 'unknown', code: 'NoContactId' };
        return { outcome: 'dialling', contactId: ContactId };
      } catch (error) {
        return judge(error);
      }
    },
  };
}

/** Codes of the Connect API (StartOutboundVoiceContact, common errors) without their `Exception` ending. */
const refusals: Readonly<Record<string, CallRefusal>> = {
  DestinationNotAllowed: 'destination_not_allowed',
  OutboundContactNotPermitted: 'calls_not_permitted',
  InvalidParameter: 'invalid_number',
  InvalidRequest: 'rejected',
  ResourceNotFound: 'not_set_up',
  AccessDenied: 'not_set_up',
};

/** The message of an error may quote the number: only codes go on (I10). */
function judge(error: unknown): CallPlaced {
  const failed = failedCall(error);
  const { code } = failed;
  if (isWorthAnotherTry(failed)) throw new CallNotPlaced(code);
  const listed = refusals[code];
  if (listed !== undefined) return { outcome: 'refused', reason: listed, code };
  return isRefused(failed) ? { outcome: 'refused', reason: 'rejected', code } : { outcome: 'unknown', code };
}
