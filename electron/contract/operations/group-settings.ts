import { z } from 'zod';
import { groupDescriptionSchema, groupNameSchema } from '../entities/group';
import { mediaIdSchema } from '../entities/outgoing';
import { groupIdSchema } from '../ids';
import { defineOperation } from '../operation';
import { groupErrors, groupInput, groupsPath } from './group-parts';

const changeErrors = [...groupErrors, 'NOT_GROUP_ADMIN'] as const;
const rule = z.strictObject({ ...groupInput, adminsOnly: z.boolean() });
const ruleAnswer = z.strictObject({ groupId: groupIdSchema, adminsOnly: z.boolean() });
const invite = z.strictObject({
  groupId: groupIdSchema,
  code: z.string(),
  /** The code as a link that people can open. */
  link: z.string(),
});

/** What a group looks like, how one is invited into it, and who may do what. */
export const groupSettingOperations = {
  'groups.setPicture': defineOperation({
    name: 'groups.setPicture',
    title: 'Set the picture of a group',
    summary: 'Makes an uploaded picture the group’s; WhatsApp Web cuts it to a square.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: `${groupsPath}/:groupId/picture` },
    input: z.strictObject({ ...groupInput, mediaId: mediaIdSchema }),
    output: z.strictObject({ groupId: groupIdSchema }),
    errors: [...changeErrors, 'MEDIA_NOT_FOUND', 'MEDIA_REFUSED'],
  }),
  'groups.removePicture': defineOperation({
    name: 'groups.removePicture',
    title: 'Remove the picture of a group',
    summary: 'Takes a group’s picture away.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'DELETE', path: `${groupsPath}/:groupId/picture` },
    input: z.strictObject(groupInput),
    output: z.strictObject({ groupId: groupIdSchema }),
    errors: [...changeErrors, 'PICTURE_NOT_FOUND'],
  }),
  'groups.setSubject': defineOperation({
    name: 'groups.setSubject',
    title: 'Rename a group',
    summary: 'Gives a group another name.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: `${groupsPath}/:groupId/subject` },
    input: z.strictObject({ ...groupInput, subject: groupNameSchema }),
    output: z.strictObject({ groupId: groupIdSchema, subject: z.string() }),
    errors: changeErrors,
  }),
  'groups.setDescription': defineOperation({
    name: 'groups.setDescription',
    title: 'Describe a group',
    summary: 'Gives a group another description; an empty one takes it away.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: `${groupsPath}/:groupId/description` },
    input: z.strictObject({ ...groupInput, description: groupDescriptionSchema }),
    output: z.strictObject({ groupId: groupIdSchema, description: z.string() }),
    errors: changeErrors,
  }),
  'groups.getInviteCode': defineOperation({
    name: 'groups.getInviteCode',
    title: 'Get the invite code of a group',
    summary: 'The code and the link that let anybody who has them into the group.',
    effect: 'read',
    idempotent: true,
    scope: 'send',
    http: { method: 'GET', path: `${groupsPath}/:groupId/invite-code` },
    input: z.strictObject(groupInput),
    output: invite,
    errors: changeErrors,
  }),
  'groups.revokeInviteCode': defineOperation({
    name: 'groups.revokeInviteCode',
    title: 'Revoke the invite code of a group',
    summary: 'Makes the code worthless for ever, wherever it was given out, and answers with a new one.',
    effect: 'destroy',
    idempotent: false,
    scope: 'admin',
    http: { method: 'POST', path: `${groupsPath}/:groupId/invite-code/revoke` },
    input: z.strictObject(groupInput),
    output: invite,
    errors: changeErrors,
  }),
  'groups.setMessagesAdminOnly': defineOperation({
    name: 'groups.setMessagesAdminOnly',
    title: 'Let only admins write in a group',
    summary: 'Decides whether everybody in a group writes in it or only its admins.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: `${groupsPath}/:groupId/settings/messages-admin-only` },
    input: rule,
    output: ruleAnswer,
    errors: changeErrors,
  }),
  'groups.setInfoAdminOnly': defineOperation({
    name: 'groups.setInfoAdminOnly',
    title: 'Let only admins change what a group looks like',
    summary: 'Decides whether everybody in a group changes its name, description and picture or only its admins.',
    effect: 'write',
    idempotent: true,
    scope: 'control',
    http: { method: 'POST', path: `${groupsPath}/:groupId/settings/info-admin-only` },
    input: rule,
    output: ruleAnswer,
    errors: changeErrors,
  }),
};
