/** Limits that every surface shares. Lengths are in UTF-16 code units, as JavaScript and WhatsApp Web count them. */
export const limits = {
  /** As long as an id, which a program may give as the label too. Longer ones do not fit the rail, the rows or an error sentence. */
  accountLabelLength: 64,
  /** What a program may note with an account: entries, and the lengths of a name, of a value, and of all together. */
  metadataEntries: 32,
  metadataNameLength: 64,
  metadataValueLength: 1_024,
  metadataLength: 8_192,
  /** WhatsApp's own limit for one text message. */
  messageBodyLength: 65_536,
  /** WhatsApp Web cuts captions that are longer. */
  captionLength: 1_024,
  /** WhatsApp's limit for pictures and films sent as such is smaller and is WhatsApp's to refuse; in bytes. */
  mediaBytes: 64 * 1024 * 1024,
  /** WhatsApp's own limit for a text status. */
  statusLength: 700,
  /** A received file as an answer to one call, in bytes: it travels as base64 text. */
  receivedMediaBytes: 32 * 1024 * 1024,
  /** Files that come along with one page of messages, and their bytes in all; no more are begun after so many ms. */
  mediaAtOnce: 20,
  mediaAtOnceBytes: 32 * 1024 * 1024,
  mediaAtOnceMs: 60_000,
  /** WhatsApp's longest pin of a message: 30 days, in ms. */
  pinDurationMs: 30 * 86_400_000,
  searchQueryLength: 200,
  filenameLength: 200,
  placeNameLength: 200,
  vcardLength: 16_384,
  pollQuestionLength: 255,
  pollOptionLength: 100,
  pollOptions: 12,
  /** Rows of one account that may wait in the outbox at a time. */
  waitingSends: 10_000,
  idempotencyKeyLength: 128,
  /** WhatsApp's own limits for what an account says about itself. */
  profileNameLength: 25,
  aboutLength: 139,
  /** A profile picture has 640 pixels a side at most; in bytes. */
  pictureBytes: 1024 * 1024,
  /** WhatsApp's own limits for the name and the description of a group. */
  groupNameLength: 100,
  groupDescriptionLength: 2_048,
  /** People that one call may add or remove: WhatsApp Web takes them one after the other, and a call has to end in time. */
  participantsAtOnce: 50,
  /** Labels on one chat; WhatsApp Business has no more in all. */
  labelsAtOnce: 20,
  /** Webhooks of this console. */
  webhooks: 100,
  webhookHeaders: 20,
  /** Deliveries of one webhook that may wait at a time, by number and by bytes. */
  webhookQueue: 20_000,
  webhookQueueBytes: 64 * 1024 * 1024,
  /** Bulk sends of this console, and the people of each. */
  campaigns: 1_000,
  campaignNameLength: 100,
  campaignRecipients: 10_000,
  campaignVariables: 50,
  campaignVariableNameLength: 64,
  campaignVariableLength: 4_096,
  /** All texts of a bulk send together: each is kept as it will leave. */
  campaignTextLength: 32 * 1024 * 1024,
  /** Bytes of a call that plans a bulk send. */
  campaignBytes: 16 * 1024 * 1024,
  /** Numbers that one page of a rehearsal asks WhatsApp for: a number that asks a lot looks like one that collects. */
  numbersAtOnce: 50,
  /** Most rows that one page of a list may have. */
  pageSize: 200,
  /** Most rows that a page may skip: each of them is read. */
  pageOffset: 10_000,
  /** Bounds that a program may set to what it marks as read. */
  markReadMessages: 10_000,
  markReadDays: 3_650,
  /** Longest wait that a program may ask for. */
  waitSeconds: 300,
  /** Accounts of one console; the machine gives out long before. */
  accounts: 100,
} as const;
