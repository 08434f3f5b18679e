export const profileOperations = {};
