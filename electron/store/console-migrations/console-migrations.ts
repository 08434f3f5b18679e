import { optOuts } from './0001-opt-outs';
import { apiKeys } from './0002-api-keys';
import { webhooks } from './0003-webhooks';
import { webhookMarks } from './0004-webhook-marks';
import { campaigns } from './0005-campaigns';

/** The steps of the console's own database in order, under the rules of the account database's. */
export const consoleMigrations: readonly string[] = [optOuts, apiKeys, webhooks, webhookMarks, campaigns];
