import type { WebhookReach } from '../../contract/entities/webhook';

/** One signed request of the Standard Webhooks specification. */
export interface WebhookCall {
  readonly url: string;
  readonly reach: WebhookReach;
  /** Header `webhook-id`; without dots. */
  readonly id: string;
  /** Time of this attempt, wall-clock ms. */
  readonly atMs: number;
  /** JSON, sent byte for byte as it is signed. */
  readonly body: string;
  /** `whsec_…` */
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type WebhookReply =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** Nobody can tell whether the receiver has it. `problem` is a short sentence without what is secret in an address. */
  | { readonly kind: 'unanswered'; readonly problem: string };

/** Sends to webhooks: never to an address that they may not reach, whatever name leads there, and never after a redirect. */
export interface WebhookSender {
  /** What is wrong with an address before anything is sent; undefined: nothing that can be known from it alone. */
  problemWith(url: string, reach: WebhookReach): string | undefined;
  /** The reply never rejects and comes before a deadline; `end` makes it `unanswered` at once. */
  send(call: WebhookCall): { readonly reply: Promise<WebhookReply>; end(): void };
}
