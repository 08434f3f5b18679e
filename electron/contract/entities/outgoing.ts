import { z } from 'zod';
import { messageIdSchema } from '../ids';
import { limits } from '../limits';

/** A text that WhatsApp can carry unchanged. */
export const carried = (field: z.ZodString): z.ZodString =>
  field
    .refine(
      (text) => text.isWellFormed(),
      'contains half of a character (a lone surrogate), which WhatsApp cannot carry',
    )
    .refine((text) => !text.includes('\u0000'), 'contains a NUL character, which WhatsApp cannot carry');

const oneLine = (longest: number): z.ZodString =>
  carried(z.string().trim().min(1, 'must not be empty').max(longest, `must have at most ${longest} characters`));

/** Text of an outgoing message: anything a person can write, as long as WhatsApp can carry it unchanged. */
export const messageBodySchema = carried(
  z
    .string()
    .max(
      limits.messageBodyLength,
      `must have at most ${limits.messageBodyLength} characters, WhatsApp's limit for one message`,
    )
    .refine((body) => body.trim().length > 0, 'must not be empty'),
);

/** Text of a status, on its coloured ground. */
export const statusTextSchema = carried(
  z
    .string()
    .max(limits.statusLength, `must have at most ${limits.statusLength} characters, WhatsApp's limit for one status`)
    .refine((body) => body.trim().length > 0, 'must not be empty'),
);

export const statusColorSchema = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'must be a colour such as #7ACCA5');

/** One of WhatsApp's eight, by number. */
export const statusFontSchema = z.int().min(0, 'must be 0 to 7').max(7, 'must be 0 to 7');

/** Text under media; may be absent, not blank. */
export const captionSchema = carried(
  z
    .string()
    .min(1, 'must not be empty; leave it out instead')
    .max(limits.captionLength, `must have at most ${limits.captionLength} characters`),
);

/** Id of a file that was handed over for sending (uploads.create). */
export const mediaIdSchema = z
  .string()
  .regex(/^[0-9A-F]{32}$/, 'must be the mediaId of an upload')
  .brand<'MediaId'>();
export type MediaId = z.infer<typeof mediaIdSchema>;

/** What WhatsApp shall make of a file. `auto`: what its type says; anything can go as a document. */
export const mediaFormSchema = z.enum(['auto', 'document', 'voice', 'sticker']);

export const latitudeSchema = z.number().min(-90, 'must be -90 to 90').max(90, 'must be -90 to 90');
export const longitudeSchema = z.number().min(-180, 'must be -180 to 180').max(180, 'must be -180 to 180');
export const placeNameSchema = oneLine(limits.placeNameLength);

/** A vCard 2.1 to 4.0, as phones exchange them. */
export const vcardSchema = carried(
  z
    .string()
    .max(limits.vcardLength, `must have at most ${limits.vcardLength} characters`)
    .regex(/^BEGIN:VCARD\r?\n[\s\S]*\r?\nEND:VCARD\s*$/, 'must be a vCard, from BEGIN:VCARD to END:VCARD'),
);

export const pollQuestionSchema = oneLine(limits.pollQuestionLength);
export const pollOptionsSchema = z
  .array(oneLine(limits.pollOptionLength))
  .min(2, 'must have at least 2 options')
  .max(limits.pollOptions, `must have at most ${limits.pollOptions} options`)
  .refine((options) => new Set(options).size === options.length, 'must not have the same option twice');

const textContent = z.strictObject({
  kind: z.literal('text'),
  body: messageBodySchema,
  /** Present when a link in the text shall show nothing of what is behind it. */
  linkPreview: z.literal(false).optional(),
});
const locationContent = z.strictObject({
  kind: z.literal('location'),
  latitude: latitudeSchema,
  longitude: longitudeSchema,
  name: placeNameSchema.optional(),
  address: placeNameSchema.optional(),
});
const contactContent = z.strictObject({ kind: z.literal('contact'), vcard: vcardSchema });
const pollContent = z.strictObject({
  kind: z.literal('poll'),
  question: pollQuestionSchema,
  options: pollOptionsSchema,
  multipleAnswers: z.boolean(),
});

/** What a message on its way out consists of. */
export const outgoingContentSchema = z.discriminatedUnion('kind', [
  textContent,
  z.strictObject({
    kind: z.literal('media'),
    mediaId: mediaIdSchema,
    form: mediaFormSchema,
    mimetype: z.string(),
    filename: z.string(),
    /** Bytes. */
    size: z.int().positive(),
    caption: captionSchema.optional(),
  }),
  locationContent,
  contactContent,
  pollContent,
  /** Text for everybody who sees the account's statuses; it goes to no chat. */
  z.strictObject({
    kind: z.literal('status'),
    body: statusTextSchema,
    backgroundColor: statusColorSchema,
    font: statusFontSchema,
  }),
]);
export type OutgoingContent = z.infer<typeof outgoingContentSchema>;

/** An emoji as one reacts with; empty to take the reaction back. */
export const reactionEmojiSchema = z
  .string()
  .max(64)
  .refine(
    (text) => text === '' || /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v.test(text),
    'must be one emoji, or empty to take the reaction back',
  );

/** A message that is there, as the content of a new one; the bytes of media come along and have no upload yet. */
export const forwardedContentSchema = z.discriminatedUnion('kind', [
  textContent,
  locationContent,
  contactContent,
  pollContent,
  z.strictObject({
    kind: z.literal('media'),
    form: mediaFormSchema,
    mimetype: z.string(),
    filename: z.string(),
    caption: captionSchema.optional(),
    /** Base64. */
    data: z.string(),
  }),
]);
export type ForwardedContent = z.infer<typeof forwardedContentSchema>;

/** The message that this one answers, by its id in the same chat. */
export const quotedMessageIdSchema = messageIdSchema;
