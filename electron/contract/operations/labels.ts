import { z } from 'zod';
import { labelIdSchema, labelIdsSchema, labelSchema } from '../entities/label';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { defineOperation } from '../operation';
import { pageErrors } from './group-parts';

const labels = z.strictObject({ labels: z.array(labelSchema) });
const chatPath = '/sessions/:accountId/chats/:chatId';
const chatInput = { accountId: accountIdSchema, chatId: chatIdSchema };
const messageInput = { ...chatInput, messageId: messageIdSchema };
const chatErrors = [...pageErrors, 'CHAT_NOT_FOUND', 'NOT_SUPPORTED'] as const;
/** WhatsApp Web offers no way that can be relied on, so these say so. */
const messageErrors = [...pageErrors, 'NOT_SUPPORTED'] as const;

/** Labels are a thing of WhatsApp Business; any other account answers NOT_SUPPORTED. */
export const labelOperations = {
  'labels.list': defineOperation({
    name: 'labels.list',
    title: 'List labels',
    summary: 'All labels of a WhatsApp Business account.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: '/sessions/:accountId/labels' },
    input: z.strictObject({ accountId: accountIdSchema }),
    output: labels,
    errors: [...pageErrors, 'NOT_SUPPORTED'],
  }),
  'labels.listOfChat': defineOperation({
    name: 'labels.listOfChat',
    title: 'List the labels of a chat',
    summary: 'The labels that a chat has.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${chatPath}/labels` },
    input: z.strictObject(chatInput),
    output: labels,
    errors: chatErrors,
  }),
  'labels.setOfChat': defineOperation({
    name: 'labels.setOfChat',
    title: 'Set the labels of a chat',
    summary: 'Gives a chat exactly these labels; every other is taken off.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: `${chatPath}/labels` },
    input: z.strictObject({ ...chatInput, labels: labelIdsSchema }),
    output: labels,
    errors: [...chatErrors, 'LABEL_NOT_FOUND'],
  }),
  'labels.removeFromChat': defineOperation({
    name: 'labels.removeFromChat',
    title: 'Take a label off a chat',
    summary: 'Takes one label off a chat and answers with those that are left.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: `${chatPath}/labels/:labelId` },
    input: z.strictObject({ ...chatInput, labelId: labelIdSchema }),
    output: labels,
    errors: [...chatErrors, 'LABEL_NOT_FOUND'],
  }),
  'labels.listOfMessage': defineOperation({
    name: 'labels.listOfMessage',
    title: 'List the labels of a message',
    summary: 'WhatsApp Web offers no labels of single messages: this always answers NOT_SUPPORTED.',
    effect: 'read',
    idempotent: true,
    scope: 'read',
    http: { method: 'GET', path: `${chatPath}/messages/:messageId/labels` },
    input: z.strictObject(messageInput),
    output: labels,
    errors: messageErrors,
  }),
  'labels.setOfMessage': defineOperation({
    name: 'labels.setOfMessage',
    title: 'Set the labels of a message',
    summary: 'WhatsApp Web offers no labels of single messages: this always answers NOT_SUPPORTED.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'POST', path: `${chatPath}/messages/:messageId/labels` },
    input: z.strictObject({ ...messageInput, labels: labelIdsSchema }),
    output: labels,
    errors: messageErrors,
  }),
  'labels.removeFromMessage': defineOperation({
    name: 'labels.removeFromMessage',
    title: 'Take a label off a message',
    summary: 'WhatsApp Web offers no labels of single messages: this always answers NOT_SUPPORTED.',
    effect: 'write',
    idempotent: true,
    scope: 'send',
    http: { method: 'DELETE', path: `${chatPath}/messages/:messageId/labels/:labelId` },
    input: z.strictObject({ ...messageInput, labelId: labelIdSchema }),
    output: labels,
    errors: messageErrors,
  }),
};
