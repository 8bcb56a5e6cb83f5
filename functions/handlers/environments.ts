import * as z from 'zod/mini';

/**
 * What each function must find in its environment. The infrastructure types its variables from these
 * schemas, so that a missing or misspelt variable is a type error at synth and not a crash at night. Marked pure, so
 * that a bundle keeps the schema of its own function only; a spread among the fields would keep it all the same.
 */
const text = z.string().check(z.minLength(1));

export const screenTransactionsEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
});
export const recordCardStatusEnvironment = /* @__PURE__ */ z.object({ CARDS_TABLE: text, CASES_TABLE: text });
export const recordCustomersEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  PHONE_KEYS_SECRET_ARN: text,
  DATA_KEY_ARN: text,
});
export const recordLabelsEnvironment = /* @__PURE__ */ z.object({ CARDS_TABLE: text, CASES_TABLE: text });
export const watchFreezesEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  /** Figures of the breaker that differ from the shipped ones, e.g. `leastFreezes=30`; empty: none differs. */
  FREEZE_BREAKER: /* @__PURE__ */ z.string(),
});
export const freezeCardsEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  BUS_NAME: text,
});
export const routeEffectsEnvironment = /* @__PURE__ */ z.object({
  ASK_QUEUE_URL: text,
  SMS_QUEUE_URL: text,
  EMAIL_QUEUE_URL: text,
  PUBLISH_QUEUE_URL: text,
  DIAL_QUEUE_URL: text,
});
export const askCustomersEnvironment = /* @__PURE__ */ z.object({ CARDS_TABLE: text, CASES_TABLE: text });
export const sendSmsEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  DATA_KEY_ARN: text,
  CODE_KEYS_SECRET_ARN: text,
  /** The bank's name as the customer reads it, e.g. `示例银行`; the signature 【…】 of a Chinese text. */
  BANK_NAME_ZH: text,
  BANK_NAME_EN: text,
  /** IANA zone in which customers read times, e.g. `Asia/Shanghai`. */
  ISSUER_ZONE: text,
  /** `two-way` when customers can answer a text; `none` makes texts say "open the app or call". */
  SMS_REPLIES: /* @__PURE__ */ z.enum(['two-way', 'none']),
  /** Highest price of one text in USD, passed to SNS as `AWS.SNS.SMS.MaxPrice`. */
  SMS_MAX_PRICE_USD: text,
  /** Sender shown where a country allows one (up to 11 letters); empty: none. */
  SMS_SENDER_ID: /* @__PURE__ */ z.string(),
  /** Number the text comes from, E.164; empty: SNS chooses. */
  SMS_ORIGINATION_NUMBER: /* @__PURE__ */ z.string(),
  /** Countries we may text, ISO 3166-1 alpha-2, comma separated. */
  SMS_COUNTRIES: text,
  /** Countries whose texts go another way, e.g. `GB sender=EXBANK price=0.10; US number=+12065550100`; empty: none. */
  SMS_ROUTES: /* @__PURE__ */ z.string(),
  /** Caps on texts that differ from the shipped ones, e.g. `unasked.system.minute=60`; empty: none differs. */
  SMS_CAPS: /* @__PURE__ */ z.string(),
});
export const sendEmailEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  DATA_KEY_ARN: text,
  BANK_NAME_ZH: text,
  BANK_NAME_EN: text,
  ISSUER_ZONE: text,
  /** Address e-mails come from, of an identity SES has verified; empty: this stage sends none. */
  EMAIL_FROM: /* @__PURE__ */ z.string(),
});
export const dialCallsEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  DATA_KEY_ARN: text,
  BANK_NAME_ZH: text,
  BANK_NAME_EN: text,
  /** Amazon Connect instance that dials; empty, as all four: this stage has no contact centre. */
  CONNECT_INSTANCE_ID: /* @__PURE__ */ z.string(),
  /** Queue whose outbound number the customer sees. */
  CONNECT_QUEUE_ID: /* @__PURE__ */ z.string(),
  /** ARN of the flow that speaks to whoever picks up. */
  CONNECT_DIAL_FLOW_ARN: /* @__PURE__ */ z.string(),
  /** Number shown instead of the queue's, E.164; empty: the queue's. */
  CONNECT_SOURCE_NUMBER: /* @__PURE__ */ z.string(),
});
export const recordDeliveriesEnvironment = /* @__PURE__ */ z.object({ CASES_TABLE: text });
export const publishEventsEnvironment = /* @__PURE__ */ z.object({
  CASES_TABLE: text,
  BUS_NAME: text,
  DATA_KEY_ARN: text,
});
export const receiveSmsRepliesEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  PHONE_KEYS_SECRET_ARN: text,
  DATA_KEY_ARN: text,
});
export const answerCallsEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  PHONE_KEYS_SECRET_ARN: text,
  BANK_NAME_ZH: text,
  BANK_NAME_EN: text,
  ISSUER_ZONE: text,
  /** Milliseconds after which a caller goes to a person instead of waiting for an answer. */
  ANSWER_WITHIN_MS: text,
});
export const recordEvidenceEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  EVIDENCE_BUCKET: text,
  /** `required`: no file may be read before a scanner found nothing in it. */
  EVIDENCE_SCAN: /* @__PURE__ */ z.enum(['required', 'none']),
});
export const recordContactsEnvironment = /* @__PURE__ */ z.object({ CASES_TABLE: text, CARDS_TABLE: text });
export const sweepDeadlinesEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  EVIDENCE_BUCKET: text,
  /** IANA zone in which customers' quiet hours are meant. */
  ISSUER_ZONE: text,
});
export const reconcileCardsEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  /** IANA zone in which the desk's figures count days. */
  ISSUER_ZONE: text,
});
/** Requests to the bucket of evidence are signed without a call to it, so where it answers has to be known. */
export const customerApiEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  /** E.g. `https://bucket.s3.eu-west-1.amazonaws.com`. */
  EVIDENCE_ORIGIN: text,
  EVIDENCE_REGION: text,
});
export const verificationApiEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  CODE_KEYS_SECRET_ARN: text,
  DATA_KEY_ARN: text,
  BANK_NAME_EN: text,
  /** Domain that passkeys belong to (WebAuthn relying party), e.g. `bank.example`. */
  PASSKEY_RP_ID: text,
  /** Origins a passkey may be used from, comma separated, e.g. `https://app.bank.example`. */
  PASSKEY_ORIGINS: text,
});
export const agentApiEnvironment = /* @__PURE__ */ z.object({
  CARDS_TABLE: text,
  CASES_TABLE: text,
  EVIDENCE_ORIGIN: text,
  EVIDENCE_REGION: text,
  PHONE_KEYS_SECRET_ARN: text,
  /** `dials`: calls to customers can be dialled by the contact centre; `none`: this stage has none. */
  CONTACT_CENTRE: /* @__PURE__ */ z.enum(['dials', 'none']),
  ISSUER_ZONE: text,
});
export const rulesApiEnvironment = /* @__PURE__ */ z.object({ CARDS_TABLE: text, CASES_TABLE: text });

/** Parses the environment once, at import; the error names every variable that is missing. */
export function readEnvironment<Schema extends z.ZodMiniType>(schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  throw new Error(`environment incomplete: ${parsed.error.issues.map((i) => i.path.join('.')).join(', ')}`);
}
