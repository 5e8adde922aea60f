import type { PanelSnapshot } from '../shared/panel-protocol.ts';

/**
 * Whether a message is a snapshot as the extension sends it. Other scripts of the page's host may post messages too, so
 * what the page is drawn from is looked at down to the lists that it goes through.
 */
export function isPanelSnapshot(message: unknown): message is PanelSnapshot {
  return (
    isRecord(message) &&
    message.type === 'snapshot' &&
    typeof message.now === 'number' &&
    typeof message.trusted === 'boolean' &&
    isListOf(message.groups, isChoice) &&
    (message.group === null || isGroup(message.group))
  );
}

function isChoice(value: unknown): boolean {
  return hasTexts(value, ['key', 'title', 'source']);
}

function isGroup(value: unknown): boolean {
  return (
    hasTexts(value, ['key', 'id', 'title', 'source', 'status', 'detail']) &&
    isRecord(value) &&
    isRecord(value.counts) &&
    isListOf(value.tasks, isTask) &&
    isListOf(value.problems, (each) => hasTexts(each, ['severity', 'message'])) &&
    (value.run === null || isRun(value.run))
  );
}

function isTask(value: unknown): boolean {
  return (
    hasTexts(value, ['key', 'id', 'title', 'status', 'appearance', 'detail', 'subagent']) &&
    isRecord(value) &&
    isRecord(value.place) &&
    isListOf(value.files, isText) &&
    isListOf(value.dependencies, isRecord) &&
    isListOf(value.blockedBy, (each) => hasTexts(each, ['key', 'id', 'status'])) &&
    isListOf(value.evidence, (each) => hasTexts(each, ['kind', 'detail']))
  );
}

function isRun(value: unknown): boolean {
  return (
    hasTexts(value, ['id', 'phase', 'state', 'holder']) &&
    isRecord(value) &&
    typeof value.startedAt === 'number' &&
    isListOf(value.phases, (each) => hasTexts(each, ['phase', 'state', 'detail'])) &&
    isListOf(value.warnings, isText) &&
    isListOf(value.errors, isText) &&
    isListOf(value.proposedTasks, isText) &&
    (value.tests === null || isTests(value.tests)) &&
    (value.baseline === null || isTests(value.baseline))
  );
}

function isTests(value: unknown): boolean {
  return (
    hasTexts(value, ['status', 'message']) &&
    isRecord(value) &&
    isListOf(value.failures, (each) => hasTexts(each, ['name', 'message']))
  );
}

function hasTexts(value: unknown, keys: readonly string[]): boolean {
  return isRecord(value) && keys.every((key) => isText(value[key]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isOne: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}
