/** The last message of each account (its `ord` there) that webhooks were told of. */
export const webhookMarks = `
CREATE TABLE webhook_marks (
  account_id TEXT    PRIMARY KEY,
  ord        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
