// `{ ...{ a, b }, c }` only packs several properties into one line. Properties stand one by one.
'use strict';

module.exports = {
  meta: {
    type: 'layout',
    fixable: 'code',
    schema: [],
    messages: {
      spread: 'List these properties one by one instead of spreading an object literal.',
    },
  },
  create(context) {
    return {
      'ObjectExpression > SpreadElement > ObjectExpression'(inner) {
        const spread = inner.parent;
        context.report({
          node: spread,
          messageId: 'spread',
          fix: (fixer) =>
            inner.properties.length === 0
              ? null
              : fixer.replaceText(
                  spread,
                  inner.properties.map((each) => context.sourceCode.getText(each)).join(', '),
                ),
        });
      },
    };
  },
};
