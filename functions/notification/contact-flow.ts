import * as z from 'zod/mini';

/**
 * What Amazon Connect's flow block "AWS Lambda function" sends (Connect administrator guide, "Configure your Lambda
 * function to parse the event"); fields we do not read are left out, and new ones are ignored.
 */
export const contactFlowEventSchema = z.object({
  Name: z.literal('ContactFlowEvent'),
  Details: z.object({
    ContactData: z.object({
      ContactId: z.string().check(z.minLength(1), z.maxLength(256)),
      /** What the contact was given: of a call we make, which announced call it is. */
      Attributes: z.optional(z.nullable(z.record(z.string(), z.string()))),
      Channel: z.string(),
      InitiationMethod: z.string(),
      CustomerEndpoint: z.nullable(z.object({ Address: z.string(), Type: z.string() })),
    }),
    /** Values are texts; one without a value is an empty one. */
    Parameters: z.object({
      step: z.enum(['greet', 'freeze', 'lost', 'report', 'status', 'person', 'agent']),
      digits: z.optional(z.string()),
      language: z.optional(z.string()),
      /** Of the agent the call is put through to, where the flow runs for them. */
      agent: z.optional(z.string()),
    }),
  }),
});
export type ContactFlowEvent = z.output<typeof contactFlowEventSchema>;

/** A flow reads a flat map of texts, as `$.External.<name>`: nothing nested, nothing but texts. */
export type FlowAnswer = Readonly<Record<string, string>>;

const lastFour = /^\d{4}$/;

/** The digits keyed in, where they are four; `Timeout` and the like are none. */
export const keyedDigits = (digits: string | undefined): string | undefined =>
  digits !== undefined && lastFour.test(digits) ? digits : undefined;

/** The calling number in E.164; withheld ones are `anonymous`. */
export function callingNumber({ Details }: ContactFlowEvent): string | undefined {
  const { CustomerEndpoint } = Details.ContactData;
  const address = CustomerEndpoint?.Type === 'TELEPHONE_NUMBER' ? CustomerEndpoint.Address : '';
  return /^\+[1-9]\d{5,14}$/.test(address) ? address : undefined;
}
