// `{ ...{ a, b }, c }` only puts several properties on one line. Write one property on each line.
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
