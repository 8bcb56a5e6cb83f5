import type { LocalModel } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { type Json, listOf, recordOf, textOf } from './json.ts';
import type { MailLine } from './mailbox.ts';

/** Actions of the SES v2 REST API that are answered, by method and path. */
export const sesActions: Readonly<Record<string, string>> = {
  'POST /v2/email/outbound-emails': 'SendEmail',
};

/** The parts of a SendEmail request (SES API v2 reference) that an e-mail of ours is made of. */
interface Request {
  readonly from: string;
  /** The address alone. */
  readonly fromAddress: string;
  readonly to: readonly string[];
  readonly subject: string | undefined;
  readonly text: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** SES with every domain verified: e-mails land in the local mailboxes. */
export function createSes(model: LocalModel, mailbox: MailLine): Service {
  const identityArn = (name: string) => `arn:aws:ses:${model.region}:${model.account}:identity/${name}`;
  return {
    plan({ action, input }: AwsCall): Plan {
      if (action !== 'SendEmail') throw unknownAction('ses', action);
      const { fromAddress } = readRequest(input);
      const domain = fromAddress.slice(fromAddress.indexOf('@') + 1);
      const context = { 'ses:FromAddress': fromAddress };
      return {
        needs: [{ action: 'ses:SendEmail', resource: identityArn(domain), context }],
        resources: ['email'],
      };
    },
    handle({ input }) {
      const { from, to, subject, text, headers } = readRequest(input);
      const [address, ...others] = to;
      // The message never quotes an address: it goes into logs.
      if (address === undefined || others.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(address)) {
        throw new AwsError({ code: 'BadRequestException', message: 'One address of a reader, please' });
      }
      if (subject === undefined || text === undefined) {
        throw new AwsError({
          code: 'BadRequestException',
          message: 'A simple message with subject and text, please',
        });
      }
      const refused = mailbox.refusalOf(address);
      if (refused !== undefined) {
        const status = refused === 'TooManyRequestsException' ? 429 : 400;
        throw new AwsError({ code: refused, status, message: 'Refused for a test' });
      }
      return { output: { MessageId: mailbox.deliver({ from, to: address, subject, text, headers }) } };
    },
  };
}

function readRequest(input: Json): Request {
  const from = textOf(input.FromEmailAddress) ?? '';
  const simple = recordOf(recordOf(input.Content).Simple);
  return {
    from,
    fromAddress: /<([^>]+)>$/.exec(from)?.[1] ?? from,
    to: listOf(recordOf(input.Destination).ToAddresses).map(String),
    subject: textOf(recordOf(simple.Subject).Data),
    text: textOf(recordOf(recordOf(simple.Body).Text).Data),
    headers: Object.fromEntries(
      listOf(simple.Headers)
        .map(recordOf)
        .map(({ Name, Value }) => [String(Name), String(Value)]),
    ),
  };
}
