export const statusOperations = {};
