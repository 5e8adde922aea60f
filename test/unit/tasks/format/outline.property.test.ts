import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../../../src/coordinator/plan/markers/marked-text.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import type { Outline } from '../../../../src/tasks/format/outline.ts';
import { formatOf } from '../../../../src/tasks/read/formats.ts';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';
import { checklists, jsonPlans } from '../../../support/arbitrary-plans.ts';

const plans = [
  { name: 'a checklist', path: 'tasks.md', texts: checklists },
  { name: 'a JSON plan', path: 'tasks.json', texts: jsonPlans },
] as const;

/** Every span of an outline, with the words that it says stand there. */
function* spans({ tasks }: Outline): Generator<{ span: Span; says: string }> {
  for (const task of tasks) {
    if (task.idSpan !== null) {
      yield { span: task.idSpan, says: task.id.replace(/^#/, '') };
    }
    for (const group of [task.group ?? [], task.otherGroups].flat()) {
      yield { span: group.span, says: `[P:Group-${group.id}]` };
      yield { span: group.idSpan, says: group.id };
    }
    for (const { span, written } of task.dependencies) {
      yield { span, says: written };
    }
    for (const { span, path } of task.files) {
      yield { span, says: path };
    }
  }
}

describe('the outline of any plan', () => {
  for (const { name, path, texts } of plans) {
    it(`has the tasks that are read of ${name}, in their order`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const plain = text.replace(/^\uFEFF/, '');
          const read = formatOf(path, plain).read(plain, asSourceId(path)).tasks;
          const facts = ({ source, id, fingerprint, title }: (typeof read)[number]) => ({
            source,
            id,
            fingerprint,
            title,
          });
          const outlined = outlineOf(text, path)?.tasks ?? [];
          assert.deepEqual(
            outlined.map(({ source, id, fingerprint, title }) => ({
              source,
              id,
              fingerprint,
              title,
            })),
            read.map(facts),
          );
          for (const [index, { group, files }] of outlined.entries()) {
            assert.equal(group?.id, read[index]?.group?.id);
            assert.deepEqual(new Set(files.map((file) => file.path)), new Set(read[index]?.files));
          }
        }),
        { numRuns: 250 },
      );
    });

    it(`cuts out of ${name} what it says`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const plain = text.replace(/^\uFEFF/, '');
          const outline = outlineOf(text, path);
          assert.ok(outline !== null);
          for (const { span, says } of spans(outline)) {
            const cut = plain.slice(span.start, span.end);
            const words: unknown = path.endsWith('.json') ? JSON.parse(`"${cut}"`) : cut;
            assert.equal(String(words).toLowerCase(), says.toLowerCase());
          }
        }),
        { numRuns: 250 },
      );
    });
  }
});
