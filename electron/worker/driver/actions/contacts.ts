import type { contactOperations } from '../../../contract/operations/contacts';
import type { PageActions } from './page-actions';

export const contactActions: PageActions<typeof contactOperations> = {};
