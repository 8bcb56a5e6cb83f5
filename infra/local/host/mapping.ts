/** An event source mapping that is running. */
export interface Mapping {
  /** ARN of the queue or stream. */
  readonly source: string;
  /** Grows with every batch that was found; two equal readings with nothing busy mean quiet. */
  readonly activity: number;
  readonly busy: boolean;
  stop(): Promise<void>;
}

/** EventBridge's pattern language, which Lambda's filters share. */
export type PatternMatcher = (pattern: Readonly<Record<string, unknown>>, event: unknown) => boolean;
