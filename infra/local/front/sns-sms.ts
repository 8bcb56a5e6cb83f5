import { type Json, recordOf, textOf } from './json.ts';
import type { PhoneLine } from './phone.ts';
import { xmlMap } from './wire.ts';

/** SNS' calls about the account's texts and the numbers that opted out, by action. */
export function createSmsSettings(phone: PhoneLine): Readonly<Record<string, (input: Json) => Json>> {
  const settings: Json = {};
  return {
    SetSMSAttributes(input) {
      Object.assign(settings, recordOf(input.attributes));
      return {};
    },
    GetSMSAttributes: () => ({ attributes: xmlMap(settings) }),
    CheckIfPhoneNumberIsOptedOut: ({ phoneNumber }) => ({
      isOptedOut: phone.isOptedOut(textOf(phoneNumber) ?? ''),
    }),
    ListPhoneNumbersOptedOut: () => ({ phoneNumbers: phone.optedOut() }),
    OptInPhoneNumber({ phoneNumber }) {
      phone.optIn(textOf(phoneNumber) ?? '');
      return {};
    },
  };
}
