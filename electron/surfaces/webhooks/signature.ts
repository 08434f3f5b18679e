import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

export interface SignedParts {
  /** Header `webhook-id`; it holds no dot. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The header `webhook-signature` of the Standard Webhooks specification, version 1: HMAC-SHA256 over `id.timestamp.body`. */
export const signatureOf = (secret: string, { id, timestamp, body }: SignedParts): string => {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
};
