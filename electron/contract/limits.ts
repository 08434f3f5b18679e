/** Limits that every surface shares. Lengths are in UTF-16 code units, as JavaScript and WhatsApp Web count them. */
export const limits = {
  /** Longer labels do not fit the rail, the rows or an error sentence. */
  accountLabelLength: 60,
  /** WhatsApp's own limit for one text message. */
  messageBodyLength: 65_536,
  idempotencyKeyLength: 128,
  /** Most rows that one page of a list may have. */
  pageSize: 200,
  /** Accounts of one console; the machine gives out long before. */
  accounts: 100,
} as const;
