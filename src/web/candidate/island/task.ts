export function openTask() {}
