import { chatsAndMessages } from './0001-chats-and-messages';
import { outbox } from './0002-outbox';
import { timelineAndAbsence } from './0003-timeline-and-absence';
import { sends } from './0004-sends';
import { searchAndReactions } from './0005-search-and-reactions';
import { drafts } from './0006-drafts';

/**
 * The steps of the account database in order: number n brings the schema from version n − 1 to n. Forward only; a step
 * that was released is never edited.
 */
export const migrations: readonly string[] = [
  chatsAndMessages,
  outbox,
  timelineAndAbsence,
  sends,
  searchAndReactions,
  drafts,
];
