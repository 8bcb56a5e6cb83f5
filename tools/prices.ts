/**
 * AWS list prices of us-east-1, USD, without free tier or discount, as data: change a price here and every
 * figure follows. Noted on the date below from the pages named; AWS changes them without notice.
 */
export const prices = {
  region: 'us-east-1',
  notedOn: '2026-11-23',
  perMillion: {
    /** Custom events put on a bus, 64 KB each; delivery within the account is free. */
    busEvents: { usd: 1.0, source: 'https://aws.amazon.com/eventbridge/pricing/' },
    /** Standard queue requests, 64 KB each, up to 100 billion a month. */
    queueRequests: { usd: 0.4, source: 'https://aws.amazon.com/sqs/pricing/' },
    lambdaRequests: { usd: 0.2, source: 'https://aws.amazon.com/lambda/pricing/' },
    /** On demand, standard table class. */
    writeRequestUnits: { usd: 0.625, source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' },
    readRequestUnits: { usd: 0.125, source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' },
    tracesRecorded: { usd: 5.0, source: 'https://aws.amazon.com/xray/pricing/' },
  },
  /** arm64, first tier. */
  lambdaGigabyteSecond: { usd: 0.0000133334, source: 'https://aws.amazon.com/lambda/pricing/' },
  /** Standard class, taken in; a week's storage is a few hundredths of that and left out. */
  logGigabyte: { usd: 0.5, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
} as const;
