import { type ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
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

/** Refused at the door, or never left this machine: certainly not dialled, and worth another try. */
const notPlaced: ReadonlySet<string> = new Set([
  // Calls at once that the instance may have: one of them ends.
  'LimitExceeded',
  'Throttling',
  'Throttled',
  'TooManyRequests',
  'ExpiredToken',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'InvalidClientTokenId',
  'UnrecognizedClient',
  'CredentialsProviderError',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** The message of an error may quote the number: only codes go on (I10). */
function judge(error: unknown): CallPlaced {
  const { code, status } = describe(error);
  if (notPlaced.has(code)) throw new CallNotPlaced(code);
  const listed = refusals[code];
  if (listed !== undefined) return { outcome: 'refused', reason: listed, code };
  const refused = status >= 400 && status < 500 && status !== 408;
  return refused ? { outcome: 'refused', reason: 'rejected', code } : { outcome: 'unknown', code };
}

function describe(error: unknown): { readonly code: string; readonly status: number } {
  if (!(error instanceof Error)) return { code: 'unknown', status: 0 };
  const system = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const name = system !== undefined && /^E[A-Z_]+$/.test(system) ? system : error.name;
  const metadata = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : null;
  const status = metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  return { code: name.replace(/Exception$/, ''), status: typeof status === 'number' ? status : 0 };
}
