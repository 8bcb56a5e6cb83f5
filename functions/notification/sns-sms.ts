import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { failedCall, isRefused, isWorthAnotherTry } from '../platform/failed-call.ts';
import { type SmsMessage, SmsNotSent, type SmsOutcome, type SmsPort, type SmsRefusal } from './sms.ts';

/**
 * Texts by SNS. The client must be made with `maxAttempts: 1`: Publish has no idempotency key, so a retry inside the
 * SDK after a lost answer would text twice. `accepted` means SNS took the message; opt-out, spend limit and price
 * cap mostly show only in the delivery log, hours later.
 */
export function createSnsSms(client: Pick<SNSClient, 'send'>): SmsPort {
  return {
    send: async (message) => {
      try {
        const answer = await client.send(publish(message));
        if (answer.MessageId === undefined) return { outcome: 'unknown', code: 'NoMessageId' };
        return { outcome: 'accepted', messageId: answer.MessageId };
      } catch (error) {
        return judge(error);
      }
    },
  };
}

function publish(message: SmsMessage): PublishCommand {
  const attributes: Record<string, MessageAttributeValue> = {
    'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
    'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: message.maxPriceUsd },
  };
  if (message.senderId) {
    attributes['AWS.SNS.SMS.SenderID'] = { DataType: 'String', StringValue: message.senderId };
  }
  if (message.originationNumber) {
    attributes['AWS.MM.SMS.OriginationNumber'] = {
      DataType: 'String',
      StringValue: message.originationNumber,
    };
  }
  return new PublishCommand({
    PhoneNumber: message.to,
    Message: message.text,
    MessageAttributes: attributes,
  });
}

/**
 * Codes of the SNS API (Publish, common errors) without their `Exception` ending; the text service behind SNS
 * adds its own. What is not listed and has a 4xx answer was refused; anything else is unknown.
 */
const refusals: Readonly<Record<string, SmsRefusal>> = {
  OptedOut: 'opted_out',
  AuthorizationError: 'not_allowed',
  AccessDenied: 'not_allowed',
  InvalidSecurity: 'not_allowed',
  UserError: 'not_allowed',
  ServiceQuotaExceeded: 'spend_limit',
};

/** SNS names its reason only in the message, which quotes the number: matched here, never passed on (I10). */
function judge(error: unknown): SmsOutcome {
  const failed = failedCall(error);
  const { code, words } = failed;
  if (isWorthAnotherTry(failed)) throw new SmsNotSent(code);
  const listed = refusals[code];
  if (listed !== undefined) return { outcome: 'refused', reason: listed, code };
  if (isRefused(failed)) return { outcome: 'refused', reason: refusalByWords(words), code };
  return { outcome: 'unknown', code };
}

function refusalByWords(words: string): SmsRefusal {
  if (/opted[ _-]?out/i.test(words)) return 'opted_out';
  if (/spend|quota/i.test(words)) return 'spend_limit';
  if (/sandbox|not verified|origination|not allowed|blocked/i.test(words)) return 'not_allowed';
  if (/phone ?number/i.test(words)) return 'invalid_number';
  return 'rejected';
}
