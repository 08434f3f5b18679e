import { optOuts } from './0001-opt-outs';

/** The steps of the console's own database in order, under the rules of the account database's. */
export const consoleMigrations: readonly string[] = [optOuts];
