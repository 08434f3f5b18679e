import { z } from 'zod';
import { type EventType, eventTypes } from '../events';
import { accountIdSchema } from '../ids';
import { limits } from '../limits';

export const webhookIdSchema = z
  .string()
  .regex(/^wh-[0-9a-f]{16}$/, 'must be the id of a webhook')
  .brand<'WebhookId'>();
export type WebhookId = z.infer<typeof webhookIdSchema>;

const isTopic = (topic: string): boolean =>
  topic === '*' || eventTypes.some((type) => type === topic || type.startsWith(`${topic}.`));

/** The beginning of event types, such as `message` or `session.changed`; `*` for all. */
export const webhookTopicSchema = z.string().refine(isTopic, {
  error: `must be * or the beginning of an event’s type: ${[...new Set(eventTypes.map((type) => type.split('.')[0]))].join(', ')}`,
});

export const webhookUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be a web address that starts with https:// or http://' })
  .max(2_000)
  .refine((url) => !/^[a-z]+:\/*[^/?#]*@/i.test(url), {
    error: 'must not hold a user or password; give an Authorization in headers instead',
  });

/** What the request itself needs, and what the specification keeps for itself. */
const ownHeaders =
  /^(host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*|webhook-.*)$/i;

/** Further headers of each request, e.g. an `Authorization` for the receiver. Kept secret like the key. */
export const webhookHeadersSchema = z
  .record(
    z
      .string()
      .max(100)
      .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/i, 'must be the name of a header')
      .refine((name) => !ownHeaders.test(name), 'is set by Switchboard itself'),
    z
      .string()
      .max(2_000)
      .regex(/^[\x20-\x7e]*$/, 'must be one line of plain ASCII'),
  )
  .refine((headers) => Object.keys(headers).length <= limits.webhookHeaders, {
    error: `must have at most ${limits.webhookHeaders} entries`,
  });

/**
 * How far a webhook may reach. `internet`: addresses of the open internet only. `computer`: this computer, too, as developers
 * test. `network`: private networks, too. Never addresses with a special meaning, such as those of cloud metadata.
 */
export const webhookReachSchema = z.enum(['internet', 'computer', 'network']);
export type WebhookReach = z.infer<typeof webhookReachSchema>;

export const webhookStatusSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('active') }),
  /** The first of those that wait could not be delivered; it is tried again, and the others wait behind it. */
  z.strictObject({ state: z.literal('failing'), sinceMs: z.int(), nextAttemptMs: z.int(), problem: z.string() }),
  /** Nothing is sent and nothing more is noted until somebody enables it. `gone`: the receiver has said that it is not there any more. */
  z.strictObject({
    state: z.literal('disabled'),
    sinceMs: z.int(),
    why: z.enum(['gone', 'failing', 'secret_lost']),
    problem: z.string(),
  }),
]);
export type WebhookStatus = z.infer<typeof webhookStatusSchema>;

/** Who is told of events by HTTP, as the Standard Webhooks specification has it. Its secret is shown once and kept in the system's secret store. */
export const webhookSchema = z
  .strictObject({
    id: webhookIdSchema,
    /** Absent: of all accounts, and of what concerns the whole console. */
    accountId: accountIdSchema.optional(),
    url: z.string(),
    events: z.array(z.string()),
    /** Names only: the values are secret. */
    headerNames: z.array(z.string()),
    reach: webhookReachSchema,
    /** `command_line`: it comes and goes with `--webhook-host`. */
    origin: z.enum(['call', 'command_line']),
    createdAtMs: z.int(),
    status: webhookStatusSchema,
    /** Deliveries that wait. */
    waiting: z.int().nonnegative(),
    /** Events that nobody will be told of, because too many waited or it was disabled. The next delivery but one says so: a `gap`. */
    missed: z.int().nonnegative(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof webhookSchema>;

/** One try to deliver. */
export const deliveryAttemptSchema = z.strictObject({
  atMs: z.int(),
  durationMs: z.int().nonnegative(),
  /** HTTP status of the answer, when there was one. */
  status: z.int().optional(),
  /** What went wrong, in words. */
  problem: z.string().optional(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;

/** An event on its way to a webhook, and afterwards the record of it, without what was in it. */
export const webhookDeliverySchema = z
  .strictObject({
    /** The header `webhook-id`: the same in every attempt, and for every webhook that is told of the event. */
    id: z.string(),
    webhookId: webhookIdSchema,
    /** Type of the event, or `gap`. */
    event: z.string(),
    accountId: accountIdSchema.optional(),
    createdAtMs: z.int(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.array(deliveryAttemptSchema),
    /** Of one that waits and has been tried. */
    nextAttemptMs: z.int().optional(),
    settledAtMs: z.int().optional(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

export type WebhookEvent = EventType | 'gap';
