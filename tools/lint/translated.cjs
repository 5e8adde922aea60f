// A sentence for a person goes through `t` (src/shared/messages.ts) or `vscode.l10n.t`, so that it can be translated. A
// string counts as a sentence if it has two words, the first with a capital letter; so does text between the tags of an
// `html` template. Every message of `t` is a literal, so that `npm run l10n` finds it. Options: `words`: one word with a
// capital letter counts too; `names`: these texts are the same in every language.
'use strict';

const SENTENCE = /^\s*(?:\p{Lu}\p{Ll}*|[^\p{L}]*\p{Lu}\p{Ll}+)[,:]? .*\p{Ll}{2}/u;
const WORD = /^\p{Lu}\p{Ll}+…?$/u;
const TEXT_IN_HTML = /\p{L}{2}/u;
const TEXT_IN_ATTRIBUTE = /(?:aria-label|title|placeholder|alt)="\p{L}/u;

/** Whether this call is `t(…)` or `….l10n.t(…)`. */
function isTranslation({ type, callee }) {
  return (
    type === 'CallExpression' &&
    ((callee.type === 'Identifier' && callee.name === 't') ||
      (callee.type === 'MemberExpression' &&
        callee.property.name === 't' &&
        callee.object.type !== 'ThisExpression' &&
        /l10n$/.test(callee.object.property?.name ?? callee.object.name ?? '')))
  );
}

/** Errors of the program itself (`new Error`, `unreachable`) stay English: they are for its authors. */
function isForAuthors({ type, callee }) {
  return (
    (type === 'NewExpression' && /Error$/.test(callee.name ?? '')) ||
    (type === 'CallExpression' && callee.name === 'unreachable') ||
    type === 'ImportDeclaration' ||
    type === 'TSLiteralType'
  );
}

function isInside(node, matches) {
  for (let each = node.parent; each; each = each.parent) {
    if (matches(each)) {
      return true;
    }
  }
  return false;
}

module.exports = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: {
          words: { type: 'boolean' },
          names: { type: 'array', items: { type: 'string' } },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      sentence:
        'Pass this sentence through `t` or `vscode.l10n.t`. A name that is the same in every language: add it to `names` in eslint.config.mjs.',
      literal: 'Pass a literal as the message: `npm run l10n` reads it from the source.',
    },
  },
  create(context) {
    const { words = false, names = [] } = context.options[0] ?? {};
    const check = (node, text) => {
      if (
        (SENTENCE.test(text) || (words && WORD.test(text))) &&
        !names.includes(text) &&
        !isInside(node, (each) => isTranslation(each) || isForAuthors(each))
      ) {
        context.report({ node, messageId: 'sentence' });
      }
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') {
          check(node, node.value);
        }
      },
      TemplateLiteral(node) {
        if (node.parent.type === 'TaggedTemplateExpression') {
          return;
        }
        check(node, node.quasis.map(({ value }) => value.cooked).join('x'));
      },
      TaggedTemplateExpression(node) {
        if (node.tag.name !== 'html') {
          return;
        }
        const shown = node.quasi.quasis.map(({ value }) => value.cooked).join('=');
        const bare = shown.replace(/<[^<>]*>/g, '\n');
        if (TEXT_IN_HTML.test(bare) || TEXT_IN_ATTRIBUTE.test(shown)) {
          context.report({ node, messageId: 'sentence' });
        }
      },
      CallExpression(node) {
        const [message] = node.arguments;
        if (
          isTranslation(node) &&
          message !== undefined &&
          !(message.type === 'Literal' && typeof message.value === 'string')
        ) {
          context.report({ node: message, messageId: 'literal' });
        }
      },
    };
  },
};
