export const contactOperations = {};
