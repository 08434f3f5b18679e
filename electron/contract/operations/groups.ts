import { z } from 'zod';
import { pictureSchema } from '../entities/contact';
import {
  addedParticipantSchema,
  changedParticipantSchema,
  groupDescriptionSchema,
  groupNameSchema,
  groupParticipantSchema,
  groupSchema,
  inviteCodeSchema,
  participantIdsSchema,
} from '../entities/group';
import { accountIdSchema, groupIdSchema } from '../ids';
import { limits } from '../limits';
import { defineOperation } from '../operation';
import { groupErrors, groupInput, groupsPath, pageErrors } from './group-parts';

const page = {
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

const people = z.strictObject({ ...groupInput, participants: participantIdsSchema });
const changedPeople = z.strictObject({ groupId: groupIdSchema, participants: z.array(changedParticipantSchema) });

/**
 * Groups themselves, who is in them, and the ways in and out. Reaching out to people (making groups, adding, joining) needs the
 * right `send`, deciding over them `control`, and what cannot be taken back `admin`.
 */
export const groupOperations = {
  'groups.list': defineOperation({
    name: 'groups.list',
    title: 'List groups',
    summary: 'The groups that the account is in, as WhatsApp Web has them, in pages.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: groupsPath },
    input: z.strictObject({
      accountId: accountIdSchema,
      sortBy: z.enum(['name', 'id']).default('name'),
      sortOrder: z.enum(['asc', 'desc']).default('asc'),
      ...page,
      /** Fields to leave out, with commas between them. */
      exclude: z
        .string()
        .regex(
          /^(participants|description)(,(participants|description))*$/,
          'must be participants, description or both',
        )
        .optional(),
    }),
    output: z.strictObject({ groups: z.array(groupSchema), total: z.int().nonnegative() }),
    errors: pageErrors,
  }),
  'groups.count': defineOperation({
    name: 'groups.count',
    title: 'Count groups',
    summary: 'How many groups the account is in.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${groupsPath}/count` },
    input: z.strictObject({ accountId: accountIdSchema }),
    output: z.strictObject({ count: z.int().nonnegative() }),
    errors: pageErrors,
  }),
  'groups.get': defineOperation({
    name: 'groups.get',
    title: 'Get a group',
    summary:
      'One group with everybody in it and its rules. One that was left is answered as it was last known, without ownRole.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${groupsPath}/:groupId` },
    input: z.strictObject(groupInput),
    output: z.strictObject({ group: groupSchema }),
    errors: groupErrors,
  }),
  'groups.create': defineOperation({
    name: 'groups.create',
    title: 'Create a group',
    summary:
      'Makes a group and tells what became of each person. Nobody is written to: whoever has to be invited gets the status invitation_needed and can be sent the invite code as a message. Who is on the do-not-contact list is left out.',
    effect: 'write',
    idempotent: false,
    scope: 'send',
    http: { method: 'POST', path: groupsPath },
    input: z.strictObject({
      accountId: accountIdSchema,
      name: groupNameSchema,
      participants: participantIdsSchema,
      description: groupDescriptionSchema.optional(),
    }),
    output: z.strictObject({
      groupId: groupIdSchema,
      participants: z.array(addedParticipantSchema),
      /** The group was made, and this was not: why the description could not be set. */
      descriptionProblem: z.string().optional(),
    }),
    errors: [...pageErrors, 'DO_NOT_CONTACT', 'STORE_UNAVAILABLE'],
  }),
  'groups.leave': defineOperation({
    name: 'groups.leave',
    title: 'Leave a group',
    summary: 'Leaves a group. Its history stays; only somebody in it can bring the account back.',
    effect: 'destroy',
    idempotent: true,
    scope: 'admin',
    http: { method: 'POST', path: `${groupsPath}/:groupId/leave` },
    input: z.strictObject(groupInput),
    output: z.strictObject({ groupId: groupIdSchema }),
    errors: groupErrors,
  }),
  'groups.listParticipants': defineOperation({
    name: 'groups.listParticipants',
    title: 'List who is in a group',
    summary: 'Everybody in a group and their role, in pages.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${groupsPath}/:groupId/participants` },
    input: z.strictObject({ ...groupInput, ...page }),
    output: z.strictObject({ participants: z.array(groupParticipantSchema), total: z.int().nonnegative() }),
    errors: groupErrors,
  }),
  'groups.addParticipants': defineOperation({
    name: 'groups.addParticipants',
    title: 'Add people to a group',
    summary:
      'Adds people and tells what became of each. Nobody is written to: whoever has to be invited gets the status invitation_needed. Who is on the do-not-contact list is left out.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: `${groupsPath}/:groupId/participants` },
    input: people,
    output: z.strictObject({ groupId: groupIdSchema, participants: z.array(addedParticipantSchema) }),
    errors: [...groupErrors, 'NOT_GROUP_ADMIN', 'STORE_UNAVAILABLE'],
  }),
  'groups.removeParticipants': defineOperation({
    name: 'groups.removeParticipants',
    title: 'Remove people from a group',
    summary: 'Removes people and tells what became of each. Whoever made the group cannot be removed.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'DELETE', path: `${groupsPath}/:groupId/participants` },
    input: people,
    output: changedPeople,
    errors: [...groupErrors, 'NOT_GROUP_ADMIN'],
  }),
  'groups.promoteParticipants': defineOperation({
    name: 'groups.promoteParticipants',
    title: 'Make people admins',
    summary: 'Makes people in a group its admins and tells what became of each.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: `${groupsPath}/:groupId/admins` },
    input: people,
    output: changedPeople,
    errors: [...groupErrors, 'NOT_GROUP_ADMIN'],
  }),
  'groups.demoteParticipants': defineOperation({
    name: 'groups.demoteParticipants',
    title: 'Make admins ordinary members',
    summary: 'Takes the admin role from people and tells what became of each. Whoever made the group keeps it.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'DELETE', path: `${groupsPath}/:groupId/admins` },
    input: people,
    output: changedPeople,
    errors: [...groupErrors, 'NOT_GROUP_ADMIN'],
  }),
  'groups.join': defineOperation({
    name: 'groups.join',
    title: 'Join a group by its invite code',
    summary: 'Goes into a group by its code or link; where an admin has to agree first, asks to be let in.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: `${groupsPath}/join` },
    input: z.strictObject({ accountId: accountIdSchema, code: inviteCodeSchema }),
    output: z.strictObject({
      groupId: groupIdSchema,
      status: z.enum(['joined', 'already_member', 'awaiting_approval']),
    }),
    errors: [...pageErrors, 'INVITE_NOT_VALID'],
  }),
  'groups.getJoinInfo': defineOperation({
    name: 'groups.getJoinInfo',
    title: 'See where an invite code leads',
    summary: 'What WhatsApp tells about the group behind a code or link, without joining it.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${groupsPath}/join-info` },
    input: z.strictObject({ accountId: accountIdSchema, code: inviteCodeSchema }),
    output: z.strictObject({
      groupId: groupIdSchema,
      name: z.string(),
      description: z.string().optional(),
      createdMs: z.int().positive().optional(),
      participantCount: z.int().nonnegative().optional(),
      joiningNeedsApproval: z.boolean(),
      isMember: z.boolean(),
    }),
    errors: [...pageErrors, 'INVITE_NOT_VALID'],
  }),
  'groups.getPicture': defineOperation({
    name: 'groups.getPicture',
    title: 'Get the picture of a group',
    summary:
      'The picture with its bytes, fetched through the account’s own page. PICTURE_NOT_FOUND: there is none, or this account may not see it.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${groupsPath}/:groupId/picture` },
    input: z.strictObject(groupInput),
    output: z.strictObject({ picture: pictureSchema }),
    errors: [...groupErrors, 'PICTURE_NOT_FOUND'],
  }),
};
