import { z } from 'zod';
import { chatIdSchema, groupIdSchema, personIdSchema } from '../ids';
import { limits } from '../limits';
import { carried } from './outgoing';

/** `owner`: who made the group; an admin whom nobody can remove or demote. */
const groupRoleSchema = z.enum(['member', 'admin', 'owner']);
export type GroupRole = z.infer<typeof groupRoleSchema>;

/** Somebody who is in a group. */
export const groupParticipantSchema = z
  .strictObject({
    /** By number where WhatsApp tells it, else the hidden id. */
    id: chatIdSchema,
    /** International number with a plus sign, where it is known. */
    phone: z.string().optional(),
    /** As the phone's address book or the person has it. */
    name: z.string().optional(),
    role: groupRoleSchema,
  })
  .meta({ id: 'GroupParticipant' });
export type GroupParticipant = z.infer<typeof groupParticipantSchema>;

/** A group as WhatsApp Web has it. */
export const groupSchema = z
  .strictObject({
    id: groupIdSchema,
    name: z.string(),
    description: z.string().optional(),
    /** Time at which it was made. */
    createdMs: z.int().positive().optional(),
    ownerId: chatIdSchema.optional(),
    participantCount: z.int().nonnegative(),
    participants: z.array(groupParticipantSchema).optional(),
    /** What this account is in it; absent when it is no longer in it. */
    ownRole: groupRoleSchema.optional(),
    /** Only admins write. */
    messagesAdminOnly: z.boolean(),
    /** Only admins change name, description and picture. */
    infoAdminOnly: z.boolean(),
    /** Only admins add people. */
    addingAdminOnly: z.boolean(),
    /** Who wants in by the invite link waits for an admin. */
    joiningNeedsApproval: z.boolean(),
  })
  .meta({ id: 'Group' });
export type Group = z.infer<typeof groupSchema>;

/** What became of one person that was to be added. */
const addedParticipantStatusSchema = z.enum([
  'added',
  'already_member',
  /** An admin has to agree first. */
  'awaiting_approval',
  /** Lets nobody add them just like that: give them the group's invite link. */
  'invitation_needed',
  'not_on_whatsapp',
  /** Has left a short time ago: WhatsApp lets nobody add them for a while. */
  'left_recently',
  'group_full',
  /** Is on the do-not-contact list of this console, and was left out: WhatsApp was not asked. */
  'do_not_contact',
  'refused',
]);

const outcome = <Status extends z.ZodType>(status: Status) =>
  z.strictObject({
    id: personIdSchema,
    status,
    /** In words, for everybody with whom it did not go as asked. */
    message: z.string().optional(),
  });

/** Each has an outcome of their own. */
export const addedParticipantSchema = outcome(addedParticipantStatusSchema).meta({ id: 'AddedParticipant' });
export type AddedParticipant = z.infer<typeof addedParticipantSchema>;

/** What became of one person that was to be removed, promoted or demoted. */
const changedParticipantStatusSchema = z.enum([
  'removed',
  'promoted',
  'demoted',
  'already_admin',
  'no_admin',
  'not_a_member',
  'refused',
]);
export type ChangedParticipantStatus = z.infer<typeof changedParticipantStatusSchema>;

/** Each has an outcome of their own. */
export const changedParticipantSchema = outcome(changedParticipantStatusSchema).meta({ id: 'ChangedParticipant' });
export type ChangedParticipant = z.infer<typeof changedParticipantSchema>;

/** What WhatsApp calls the subject. */
export const groupNameSchema = carried(
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(limits.groupNameLength, `must have at most ${limits.groupNameLength} characters`),
);

/** Empty: none. */
export const groupDescriptionSchema = carried(
  z.string().max(limits.groupDescriptionLength, `must have at most ${limits.groupDescriptionLength} characters`),
);

/** People in one call; somebody who is named twice counts once. */
export const participantIdsSchema = z
  .array(personIdSchema)
  .min(1, 'must name at least one person')
  .max(limits.participantsAtOnce, `must name at most ${limits.participantsAtOnce} people at a time`);

/** The part of `https://chat.whatsapp.com/…` behind the slash; the whole link is taken as well. */
export const inviteCodeSchema = z
  .string()
  .trim()
  .regex(
    /^(https:\/\/chat\.whatsapp\.com\/(invite\/)?)?[A-Za-z0-9_-]{8,64}$/,
    'must be an invite code or a link such as https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv',
  );
